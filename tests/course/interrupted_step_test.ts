// An interrupted cell: its results are kept, so it counts as finished, but the next cells do not follow by themselves.
import { assertEquals } from "@std/assert";
import type { CellStatus } from "../../lib/cells/engine/protocol.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { reduce } from "../../lib/course/session.ts";
import type { SessionEvent } from "../../lib/course/session_events.ts";
import { begin, placeOf, type SessionState } from "../../lib/course/session_state.ts";

const lesson = parseLesson("// %%\n1;\n\n// %%\n2;\n\n// %%\n3;\n\n// %%\n4;\n", "x.ts");
const finished = (status: CellStatus): SessionEvent => {
  const error = { name: "Error", message: "no", frames: [] };
  const result = status === "failed" ? { status, milliseconds: 1, error } : { status, milliseconds: 1 };
  return { type: "ended", ended: { result, outputs: [], verdicts: [], frames: [], stale: false } };
};
const advance = (state: SessionState, event: SessionEvent): SessionState => reduce(state, event).state;
const play = (...events: SessionEvent[]): SessionState => events.reduce(advance, begin({ lesson }));
const facts = ({ at, phase, reached, until }: SessionState) => ({ at, phase, reached, until });

Deno.test("an interrupted cell counts as finished, like one that is done; one that failed or was killed does not", () => {
  const after = (status: Parameters<typeof finished>[0]) => play({ type: "next" }, finished(status));
  assertEquals(facts(after("interrupted")), { at: 0, phase: "interrupted", reached: 1, until: undefined });
  assertEquals(
    (["done", "interrupted", "failed", "killed"] as const).map((status) => placeOf(after(status))),
    [1, 1, 0, 0],
  );
});

Deno.test("after an interrupt, the next key continues, and a learner who goes back finds the cell done", () => {
  const next = play({ type: "next" }, finished("interrupted"), { type: "next" });
  assertEquals(facts(next), { at: 1, phase: "waiting", reached: 1, until: undefined });
  assertEquals(advance(next, { type: "back" }).phase, "done");
});

Deno.test("an interrupt on the way to a later step ends the run without pauses: the learner wants to look", () => {
  const going = play({ type: "goto", at: 3 }, finished("done"), { type: "advance" });
  assertEquals(facts(going), { at: 1, phase: "running", reached: 1, until: 3 });
  for (const status of ["interrupted", "failed", "killed"] as const) {
    const ended = advance(going, finished(status));
    assertEquals([ended.at, ended.phase, ended.until], [1, status, undefined]);
    assertEquals(facts(advance(ended, { type: "advance" })), facts(ended));
  }
  assertEquals(advance(going, finished("done")).until, 3);
});

Deno.test("an interrupted cell may be run again, and still counts as finished while it runs", () => {
  const again = play({ type: "next" }, finished("interrupted"), { type: "again" });
  assertEquals(facts(again), { at: 0, phase: "running", reached: 1, until: undefined });
  assertEquals(facts(advance(again, finished("failed"))), { at: 0, phase: "failed", reached: 1, until: undefined });
});
