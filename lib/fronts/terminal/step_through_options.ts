/** What a lesson is stepped through with, and how that may end. */

import type { Answers } from "../../course/answers/answers.ts";
import type { Engine } from "../../cells/engine/engine.ts";
import type { Lesson } from "../../cells/document/document.ts";
import type { CheckpointStore } from "../../course/progress/checkpoints.ts";
import type { Journal } from "../../course/progress/journal.ts";
import type { Progress } from "../../course/progress/progress.ts";

/** What a lesson is stepped through with. */
export interface StepThroughOptions {
  /** The name of the lesson in the progress. */
  name: string;
  /** Its number in the course. */
  number: string;
  lesson: Lesson;
  /** The path of the file, its URL, and its text. */
  path: string;
  url: string;
  source: string;
  engine: Engine;
  progress: Progress;
  journal: Journal;
  answers: Answers;
  checkpoints: CheckpointStore;
  /** A folder for what type checks need. */
  scratch: string;
  color: boolean;
  /** The lesson that comes after it, for the last line. */
  following?: string;
  /** The course as a list, for the one who wants to go elsewhere. */
  courseList(): string;
  /** Whether there is such a lesson; what is wrong, if not. */
  findLesson(asked: string): string | undefined;
}

/** How it ended: the learner left, went on to the next lesson, or to another one. */
export type Leaving = "left" | "following" | { lesson: string };
