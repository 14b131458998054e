/** A command line that cannot be followed. */

/** One line to print; the exit code is 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
