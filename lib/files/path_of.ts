/** pathOf: a path as text. */

/** The path, also of a file that is given as a URL. */
export function pathOf(path: string | URL): string {
  if (!(path instanceof URL)) return path;
  // deno-lint-ignore no-process-global -- a page imports nothing of Node, and has no files
  return process.getBuiltinModule("node:url").fileURLToPath(path);
}
