/** The error for wrong usage of a command. */

/** Wrong usage of a command. The message is one line to print; the exit code is 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
