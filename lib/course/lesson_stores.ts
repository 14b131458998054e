/** Holds the stores of one lesson: the place, the journal, the answers, and what took long to compute. */

import type { Answers } from "./answers/answers.ts";
import type { KeptPlay } from "./lesson_code.ts";
import type { CheckpointStore } from "./progress/checkpoints.ts";
import type { Journal } from "./progress/journal.ts";
import type { Progress } from "./progress/progress.ts";

/** The stores of one lesson. Without progress and journal nothing is saved: a run that nobody watches leaves no trace. */
export class LessonStores {
  readonly answers: Answers;
  readonly progress?: Progress;
  readonly journal?: Journal;
  readonly checkpoints?: CheckpointStore;
  readonly #name: string;

  /** @param name The name of the lesson in the progress. */
  constructor(name: string, stores: Pick<LessonStores, "answers" | "progress" | "journal" | "checkpoints">) {
    this.#name = name;
    ({ answers: this.answers, progress: this.progress, journal: this.journal, checkpoints: this.checkpoints } = stores);
  }

  /** The code from play that was kept in this lesson. */
  kept(): KeptPlay[] {
    return this.progress?.lesson(this.#name)?.kept ?? [];
  }

  /** What the learner should know about the stores; each notice is returned once. */
  notices(): string[] {
    return [this.progress, this.journal].flatMap((store) => store?.notices.splice(0) ?? []);
  }
}
