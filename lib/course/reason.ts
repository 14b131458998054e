/** Why something could not be done, in the words of the system. */

/** The message of an error without Deno's advice on flags: those are not the learner's to give. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, run again with.*/, "") : String(error);
}
