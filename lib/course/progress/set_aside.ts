/** Puts a damaged state file aside under a name that says so, so that nothing in it is lost. */

/**
 * Renames a damaged file.
 *
 * @returns Its new path.
 * @throws {Error} Whatever the file system throws.
 */
export function setAside(path: string): string {
  const backup = freeName(path);
  Deno.renameSync(path, backup);
  return backup;
}

/** Copies a damaged file, of which the valid parts stay in use, and returns the path of the copy. */
export function copyAside(path: string): string {
  const backup = freeName(path);
  try {
    Deno.copyFileSync(path, backup);
  } catch (error) {
    try {
      Deno.removeSync(backup); // a part of a copy would look like one
    } catch {
      // It does not exist.
    }
    throw error;
  }
  return backup;
}

/** A name beside the file that no other file has: an earlier damaged file must not be overwritten. */
function freeName(path: string): string {
  const stem = `${path}.corrupt-${new Date().toISOString().replaceAll(":", "-")}`;
  for (let n = 1;; n++) {
    const name = n === 1 ? stem : `${stem}-${n}`;
    try {
      Deno.lstatSync(name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return name;
      throw error;
    }
  }
}
