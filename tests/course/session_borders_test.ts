// The session at its borders: how far it runs by itself, what it does not do while a cell runs, when help opens, what a change touches.
import { assertEquals } from "@std/assert";
import type { CellStatus } from "../../lib/cells/engine/protocol.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { changeBetween, type ChangedLesson, moved, placeAfter } from "../../lib/course/lesson_change.ts";
import { reduce } from "../../lib/course/session.ts";
import type { Effect, SessionEvent } from "../../lib/course/session_events.ts";
import { begin, type SessionState } from "../../lib/course/session_state.ts";

const SOURCE = "// %%\n0;\n\n// %%\n1;\n\n// %%\n2;\n\n// %%\n3;\n";
const lesson = parseLesson(SOURCE, "x.ts");
const ended = (status: CellStatus): SessionEvent => {
  const result = { status, milliseconds: 1 } as { status: "done"; milliseconds: number };
  return { type: "ended", ended: { result, outputs: [], verdicts: [], frames: [], stale: false } };
};
const done = ended("done");

/** The state after these events, and the effects of the last one. */
function play(state: SessionState, ...events: SessionEvent[]): { state: SessionState; effects: Effect[] } {
  let effects: Effect[] = [];
  for (const event of events) ({ state, effects } = reduce(state, event));
  return { state, effects };
}

Deno.test("on the way to a step all before it runs, and that step waits for the learner", () => {
  const start = begin({ lesson });
  let { state, effects } = play(start, { type: "goto", at: 2 });
  assertEquals([state.at, state.phase], [0, "running"]);
  assertEquals(effects.at(-1), { type: "run", at: 0, frames: false });
  ({ state, effects } = play(state, done, { type: "advance" }));
  assertEquals([state.at, state.phase, effects.at(-1)], [1, "running", { type: "run", at: 1, frames: false }]);
  ({ state, effects } = play(state, done, { type: "advance" }, { type: "advance" }));
  assertEquals([state.at, state.phase, state.until, effects], [2, "waiting", undefined, []]);
  assertEquals(play(state, { type: "next" }).effects, [{ type: "run", at: 2, frames: true }]);
});

Deno.test("from a step that is read again, the way goes on where the learner was, and does not show what lies between", () => {
  const { state } = play(
    begin({ lesson }),
    { type: "next" },
    done,
    { type: "next" },
    { type: "next" },
    done,
    {
      type: "next",
    },
    { type: "back" },
    { type: "back" },
  );
  assertEquals([state.at, state.reached], [0, 2]);
  const going = play(state, { type: "goto", at: 4 });
  assertEquals([going.state.at, going.state.phase, going.state.until], [2, "running", 4]);
  assertEquals(going.effects, [{ type: "view", view: { type: "step" } }, { type: "run", at: 2, frames: false }]);
});

const EXERCISE = '// %% tags=["exercise"] id="x"\nblank();\n\n// %% tags=["check"] id="x"\nawait check("x", 1);\n';

Deno.test("while a cell runs there is no help, no editor, no play and no reset", () => {
  const running = play(begin({ lesson: parseLesson(EXERCISE, "x.ts") }), { type: "next" }).state;
  assertEquals(running.phase, "running");
  const events: SessionEvent[] = [
    { type: "hint" },
    { type: "solution" },
    { type: "edit" },
    { type: "play" },
    { type: "reset", what: "lesson" },
    { type: "reset", what: "answer" },
  ];
  for (const event of events) assertEquals(reduce(running, event), { state: running, effects: [] }, event.type);
  const waiting = play(running, done).state;
  for (const event of events) assertEquals(reduce(waiting, event).effects.length > 0, true, event.type);
});

Deno.test("the solution opens after the last hint, not one before", () => {
  const help = { hints: ["one", "two"], solution: "2;", explanation: "why" };
  const state = (hints: number) =>
    begin({
      lesson: parseLesson(EXERCISE, "x.ts"),
      exercises: { x: { hints, passed: false, opened: true } },
    });
  const views = (hints: number) =>
    reduce(state(hints), { type: "helped", id: "x", want: "solution", help }).effects.flatMap((effect) =>
      effect.type === "view" ? [effect.view] : []
    );
  assertEquals(views(0), [{ type: "notice", notice: { type: "solution locked", hintsLeft: 2 } }]);
  assertEquals(views(1), [{ type: "notice", notice: { type: "solution locked", hintsLeft: 1 } }]);
  assertEquals(views(2), [{ type: "solution", id: "x", help }]);
});

Deno.test("the cell that changed runs again, those before it keep what they gave, with their new lines", () => {
  const change = changeBetween(lesson, parseLesson(`\n${SOURCE.replace("2;", "2 + 2;")}`, "x.ts")) as ChangedLesson;
  assertEquals(change.first, 2);
  const code = (index: number) => moved(change, { index, source: "", line: 1 });
  assertEquals([0, 1, 2, 3].map((index) => code(index)?.line), [3, 6, undefined, undefined]);
  assertEquals(
    moved(change, { index: 1, source: "", line: 7, file: "answer.ts" })?.line,
    7,
    "an answer has its own lines",
  );
});

Deno.test("a change of a step that ran leads back to it; a change of one that is still to come leads nowhere", () => {
  const change = (text: string) =>
    changeBetween(lesson, parseLesson(SOURCE.replace(text, "9;"), "x.ts")) as ChangedLesson;
  const { state } = play(begin({ lesson }), { type: "next" }, done, { type: "next" }, { type: "next" }, done);
  assertEquals([state.at, state.reached], [1, 2]);
  const facts = (text: string) => {
    const { ran, touched, place: { at, reached } } = placeAfter(change(text), state);
    return { ran, touched, at, reached };
  };
  assertEquals(facts("1;"), { ran: true, touched: 1, at: 1, reached: 1 });
  assertEquals(facts("2;"), { ran: false, touched: 2, at: 1, reached: 2 });
  assertEquals(facts("3;"), { ran: false, touched: 3, at: 1, reached: 2 });
});
