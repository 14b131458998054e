// Type errors are told before the verdict that they may explain, and once; an exercise counts its tries and shows the answer.
import { assertEquals } from "@std/assert";
import type { CellError } from "../../../lib/cells/engine/protocol.ts";
import type { TypeChecker } from "../../../lib/course/answers/type_checker.ts";
import { verdictOf } from "../../../lib/course/verdict.ts";
import { testWith, withTempDir } from "../../support.ts";
import { TestFront } from "../test_front.ts";

const NEEDS = { read: true, write: true, run: true, env: ["NODE_V8_COVERAGE"] } as const;
const LESSON = new URL("../../fixtures/lessons/05_exercises.ts", import.meta.url).pathname;

/** Type checks that find one error, after a while. */
function typesThatFind(after: number): TypeChecker {
  const error: CellError = { name: "TS2322", message: "Type 'number' is not assignable", frames: [] };
  const check = () => new Promise<CellError[]>((resolve) => setTimeout(() => resolve([error]), after));
  return { check, close: () => {} } as unknown as TypeChecker;
}

for (
  const [after, order] of [[10, ["answer", "errors", "output"]], [3000, ["answer", "output", "errors"]]] as const
) {
  testWith(
    NEEDS,
    `type errors that take ${after} ms are told in the order ${order.join(", ")}`,
    () =>
      withTempDir(async (directory) => {
        using front = new TestFront(LESSON, directory, [], typesThatFind(after));
        await front.do({ type: "begin" });
        await front.next();
        front.replies.answer = "function twice(x: number): number {\n  return 7 * x;\n}\n";
        front.seen.views.length = 0;
        await front.do({ type: "edit" });
        for (let i = 0; i < 80 && front.seen.errors.length === 0; i++) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          await front.controller.settle();
        }
        assertEquals(front.seen.views.filter((view) => (order as readonly string[]).includes(view)), [...order]);
        const attempts = front.seen.outputs.flatMap((output) => verdictOf(output)?.attempt ?? []);
        assertEquals(attempts, [1]);
        front.replies.answer = "function twice(x: number): number {\n  return 9 * x;\n}\n";
        await front.do({ type: "edit" });
        assertEquals(front.seen.outputs.flatMap((output) => verdictOf(output)?.attempt ?? []), [1, 2]);
      }),
  );
}
