/** How an exercise is judged while a class is graded: nbgrader gives the point of a check whose cell does not throw. */
import type { ExerciseEvent } from "../../lib/exercise/mod.ts";
import { CheckError } from "../../lib/exercise/mod.ts";
import { show } from "../../lib/show/mod.ts";

/**
 * Takes a verdict. Set in the kernel by `GRADUALLY_GRADING=1`.
 *
 * @throws {CheckError} When the answer is not right; also when the exercise is still open, which a lesson would pass over.
 */
export async function gradingVerdict({ id, kind, message }: ExerciseEvent): Promise<void> {
  if (kind !== "passed") throw new CheckError(`✗ ${id}: ${message}`);
  await show(`✓ ${id}: ${message}`);
}
