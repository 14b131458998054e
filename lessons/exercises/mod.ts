/** What a lesson needs for its exercises: the blank, and the calls that judge an answer, give a hint and show the solution. */
export { blank } from "../../lib/exercise/mod.ts";
export { check, hint, solution } from "../course_exercises.ts";
