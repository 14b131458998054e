/** Exercises: their definition, the judge, and the functions that a lesson calls. */
export { blank, BlankError } from "./blank.ts";
export {
  type Check,
  CheckError,
  type CourseExercises,
  type ExerciseEvent,
  type ExerciseLoader,
  exercisesIn,
  type Helper,
  type SourceLoader,
  VERDICT,
  type VerdictKind,
} from "./check.ts";
export { type AnswerFunction, type Exercise, exercise, type Mistake, type Value } from "./exercise.ts";
export type { Sources } from "./changes/change_that_explains.ts";
export type { Grounds } from "./diagnose.ts";
export { judge, type Verdict } from "./judge.ts";
export type { RightParts } from "./since.ts";
export { type Guesses, guesses } from "./guesses.ts";
