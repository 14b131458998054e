/** Names the folder in which the learner's progress is kept. */

/** The folder, in the working directory; for a task, that is the project. */
export const STATE = ".gradually";

/** The path of a lesson's journal. */
export function journalPath(lesson: string): string {
  return `${STATE}/journal/${lesson}.jsonl`;
}
