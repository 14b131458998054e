/** The exercises of this course: `relu-backward` is judged by `exercises/relu_backward.ts`, its default export. */
import { type CourseExercises, exercisesIn } from "../lib/exercise/mod.ts";

// Written out like this, with the folder in the text, the files belong to the program: a lesson needs no permission to read them.
const course: CourseExercises = exercisesIn(
  (file) => import(`./exercises/${file}.ts`),
  (file) => import(`./exercises/${file}.ts`, { with: { type: "text" } }),
);

/** Judges an answer: `await check("relu-backward", reluBackward)`. */
export const check: CourseExercises["check"] = course.check;
/** Shows the next hint; also `check.hint`, for a lesson that imports `check` alone. */
export const hint: CourseExercises["hint"] = course.hint;
/** Shows the solution with its explanation, after passing or after the last hint; also `check.solution`. */
export const solution: CourseExercises["solution"] = course.solution;
