/** How exercises are judged while a class is graded: nbgrader awards the point for a check if its cell does not throw. */
import type { ExerciseEvent } from "../../lib/exercise/mod.ts";
import { CheckError } from "../../lib/exercise/mod.ts";
import { show } from "../../lib/show/mod.ts";

/**
 * Receives a verdict. `GRADUALLY_GRADING=1` turns this on in the kernel.
 *
 * @throws {CheckError} If the answer is not right, or if the exercise is still open, which a lesson would let pass.
 */
export async function gradingVerdict({ id, kind, message }: ExerciseEvent): Promise<void> {
  if (kind !== "passed") throw new CheckError(`✗ ${id}: ${message}`);
  await show(`✓ ${id}: ${message}`);
}
