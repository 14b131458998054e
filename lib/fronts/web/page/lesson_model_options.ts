/** Says what a lesson is opened with. */

import type { TypeChecker } from "../../../course/answers/type_checker.ts";
import type { Progress } from "../../../course/progress/progress.ts";
import type { Destination } from "../../../course/session_state.ts";

/** What a lesson is opened with. */
export interface LessonModelOptions {
  name: string;
  source: string;
  progress: Progress;
  hasNext: boolean;
  /** The address of the script of the Worker. */
  script: URL;
  threads?: number;
  /** Checks the types of answers, where there is a server. */
  types?: Pick<TypeChecker, "check" | "close">;
  /** Called when the learner leaves. */
  left(to: Destination): void;
}
