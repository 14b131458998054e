/** Makes a path absolute, so that a message or an error names a file that can be opened from anywhere. */

/**
 * The path from the root of the file system; relative ones begin at the working directory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(absolutePath("/a/b.ts"), "/a/b.ts");
 * assertEquals(absolutePath("./a/../b.ts", "/home"), "/home/b.ts");
 * ```
 */
export function absolutePath(path: string, folder?: string): string {
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === ".." && parts.length > 0) parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return `${(folder ?? Deno.cwd()).replace(/[\\/]$/, "")}/${parts.join("/")}`;
}
