/** Gives the reason for a failure, in the words of the system. */

/** The message of an error without Deno's advice on flags, which the learner cannot set. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, run again with.*/, "") : String(error);
}
