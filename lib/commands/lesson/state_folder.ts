/** Where what is kept of the learner lies. */

/** In the working directory, which for a task is the project. */
export const STATE = ".gradually";

/** The journal of a lesson. */
export function journalPath(lesson: string): string {
  return `${STATE}/journal/${lesson}.jsonl`;
}
