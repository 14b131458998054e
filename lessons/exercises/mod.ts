/** What a lesson needs for its exercises: the blank, and the calls that judge, help and solve. */
export { blank } from "../../lib/exercise/mod.ts";
export { check, hint, solution } from "../course_exercises.ts";
