/** pathOf: the path of a file that is named by a path or by a URL; without Node, which a page does not have. */

/**
 * The path as text.
 *
 * @throws {TypeError} If a URL is not one of a file.
 */
export function pathOf(path: string | URL): string {
  if (typeof path === "string") return path;
  if (path.protocol !== "file:") throw new TypeError(`a file takes a path or a file: URL and got ${path.href}`);
  return decodeURIComponent(path.pathname).replace(/^\/(?=[A-Za-z]:)/, "");
}
