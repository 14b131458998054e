/** The exercises of this course: the default export of `exercises/relu_backward.ts` judges `relu-backward`, and so on. */
import * as library from "../mod.ts";
import { type CourseExercises, exercisesIn } from "../lib/exercise/mod.ts";

// With the folder written out in the template, the files are part of the program: a lesson needs no permission to read them.
const course: CourseExercises = exercisesIn(
  (file) => import(`./exercises/${file}.ts`),
  (file) => import(`./exercises/${file}.ts`, { with: { type: "text" } }),
  library,
);

/** Judges an answer: `await check("relu-backward", reluBackward)`. */
export const check: CourseExercises["check"] = course.check;
/** Shows the next hint; also `check.hint`, for a lesson that imports only `check`. */
export const hint: CourseExercises["hint"] = course.hint;
/** Shows the solution with its explanation, after passing or after the last hint; also `check.solution`. */
export const solution: CourseExercises["solution"] = course.solution;
