// The rules for working through a lesson, without a screen and without an engine.
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { CellStatus } from "../../lib/cells/engine/protocol.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { changeBetween } from "../../lib/course/lesson_change.ts";
import { isTimely, reduce } from "../../lib/course/session.ts";
import type { Effect, Ended, SessionEvent } from "../../lib/course/session_events.ts";
import { begin, exerciseState, placeOf, type SessionStart, type SessionState } from "../../lib/course/session_state.ts";
import type { ExerciseVerdict } from "../../lib/course/verdict.ts";

const SOURCE = `// %% [markdown]
// one

// %% [markdown]
// two

// %%
1;

// %%
2;

// %% tags=["predict"] id="next"
// What comes now?

// %% [markdown]
// end
`;
const EXERCISE = `// %% [markdown]
// # Halves

// %% tags=["predict"] id="half"
// What is half of 8?

// %%
8 / 2;

// %% tags=["exercise"] id="halve"
const halve = (x: number): number => blank(x);

// %% tags=["check"] id="halve"
await check("halve", halve);
`;
const lesson = parseLesson(SOURCE, "x.ts");
const { steps } = begin({ lesson });

/** A session that is driven by events; steps that follow without a pause follow at once. */
class Played {
  state: SessionState;
  effects: Effect[] = [];

  constructor(start: Partial<SessionStart> = {}) {
    this.state = begin({ lesson, ...start });
  }

  /** Applies events, and returns their effects. */
  do(...events: (SessionEvent | "next" | "back" | "again" | "shown")[]): Effect[] {
    const from = this.effects.length;
    for (const given of events) {
      const queue: SessionEvent[] = [typeof given === "string" ? { type: given } : given];
      for (let event = queue.shift(); event; event = queue.shift()) {
        const { state, effects } = reduce(this.state, event);
        this.state = state;
        this.effects.push(...effects);
        if (effects.some(({ type }) => type === "advance")) queue.push({ type: "advance" });
      }
    }
    return this.effects.slice(from);
  }

  get where(): [number, string] {
    return [this.state.at, this.state.phase];
  }
}

function ended(status: CellStatus, verdicts: ExerciseVerdict[] = []): SessionEvent {
  const error = { name: "Error", message: "no", frames: [] };
  const result = status === "failed" ? { status, milliseconds: 1, error } : { status, milliseconds: 1 };
  return { type: "ended", ended: { result, outputs: [], verdicts, frames: [], stale: status === "killed" } };
}

const types = (effects: Effect[]): string[] =>
  effects.map((effect) => effect.type === "view" ? `view ${effect.view.type}` : effect.type);
const notices = (effects: Effect[]): string[] =>
  effects.flatMap((effect) => effect.type === "view" && effect.view.type === "notice" ? [effect.view.notice.type] : []);
const done = ended("done");
const verdict = (kind: ExerciseVerdict["kind"]): ExerciseVerdict => (
  { id: "halve", kind, message: kind, hints: ["a", "b"], solution: "x / 2", explanation: "half" }
);

Deno.test("text belongs to the code below it; text before text, and code that is only a comment, stand alone", () => {
  assertEquals(steps.map((step) => step.cells.map(({ index }) => index)), [[0], [1, 2], [3], [4], [5]]);
  assertEquals(steps.map((step) => step.code?.index), [undefined, 2, 3, undefined, undefined]);
});

Deno.test("an exercise and its check are one step", () => {
  const { steps } = begin({ lesson: parseLesson(EXERCISE, "x.ts") });
  assertEquals(steps.map(({ code, check }) => [code?.index, check?.index]), [
    [undefined, undefined],
    [2, undefined],
    [3, 4],
  ]);
});

Deno.test("Enter shows a step, runs it, and only then continues", () => {
  const session = new Played();
  session.do("next");
  assertEquals(session.where, [1, "waiting"]);
  assertEquals(types(session.do("next")), ["run"]);
  assertEquals(session.where, [1, "running"]);
  assertEquals(session.do("next", "back", "again"), [], "keys change nothing while a cell runs");
  assertEquals(session.where, [1, "running"]);
  assertEquals(types(session.do(done)), ["view settle", "journal run", "save place"]);
  assertEquals([...session.where, session.state.reached], [1, "done", 2]);
  session.do("next");
  assertEquals(session.state.at, 2);
});

Deno.test("going back runs nothing, and going forward leads to the previous place again", () => {
  const session = new Played();
  session.do("next", "next", done, "next");
  assertEquals(types(session.do("back")), ["view step"]);
  assertEquals(session.where, [1, "done"]);
  session.do("back", "back", "next", "next");
  assertEquals(session.where, [2, "waiting"]);
});

Deno.test("a cell that failed or was killed may be run again or skipped; an interrupted one counts as finished", () => {
  for (const status of ["failed", "killed"] as const) {
    const session = new Played();
    session.do("next", "next", ended(status));
    assertEquals([session.state.phase, placeOf(session.state)], [status, 1]); // a learner who comes back finds it again
    const { state } = session;
    session.do("again");
    assertEquals(session.state.phase, "running");
    session.state = state;
    session.do("next");
    assertEquals(session.state.at, 2);
  }
  const session = new Played();
  const effects = session.do("next", "next", ended("interrupted"));
  assertEquals([session.state.phase, placeOf(session.state)], ["interrupted", 3]);
  assertEquals(notices(effects), ["interrupted"]);
  session.do("next");
  assertEquals(session.where, [2, "waiting"]);
});

Deno.test("after a kill, the earlier cells run again", () => {
  const effects = new Played().do("next", "next", ended("killed"));
  assertEquals(notices(effects), ["killed"]);
  assertEquals(types(effects).at(-1), "restore");
});

Deno.test("the place is a cell, and a session that begins there shows its step", () => {
  const session = new Played();
  session.do("next", "next", done);
  assertEquals(placeOf(session.state), 3);
  assertEquals(begin({ lesson, cell: 3 }).at, 2);
  assertEquals(begin({ lesson, cell: 2 }).at, 1); // in the middle of a step
  assertEquals(begin({ lesson, cell: 99 }).at, 0, "a lesson that is done starts over");
  assertEquals(types(new Played({ cell: 3 }).do({ type: "begin" })), ["restore", "view step", "save place"]);
});

Deno.test("without pauses, every cell on the way runs, up to one that fails", () => {
  const session = new Played();
  const ran: number[] = [];
  session.do({ type: "goto", at: Infinity });
  for (let i = 0; i < 20 && session.state.phase === "running"; i++) {
    ran.push(session.state.at);
    session.do(done);
  }
  assertEquals([ran, session.state.at, session.state.reached, session.state.until], [[1, 2], 5, 5, undefined]);
  session.do({ type: "goto", at: 1 });
  assertEquals([...session.where, session.state.until], [1, "done", undefined]);

  const failing = new Played();
  failing.do({ type: "goto", at: 3 }, ended("failed"));
  assertEquals([...failing.where, failing.state.until], [1, "failed", undefined], "it stops where a cell fails");
  failing.do({ type: "goto", at: 3 });
  assertEquals(failing.where, [1, "running"], "from there, that cell runs first");

  const stopped = new Played();
  stopped.do({ type: "goto", at: Infinity }, { type: "stop", busy: true, stopping: false }, done);
  assertEquals([...stopped.where, stopped.state.until], [1, "done", undefined], "a stop ends the run without pauses");
});

Deno.test("if nobody is watching, an answer that does not run is skipped, and there are no questions", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const attended = new Played({ lesson: exercise, cell: 3 });
  attended.do({ type: "goto", at: Infinity }, ended("failed"));
  assertEquals(attended.where, [2, "failed"]);
  const unattended = new Played({ lesson: exercise, cell: 3, unattended: true });
  unattended.do({ type: "goto", at: Infinity }, ended("failed"));
  assertEquals(unattended.state.at, 3);
  const reading = new Played({ lesson: exercise, unattended: true });
  assertEquals(types(reading.do("shown")).includes("view ask guess"), false);
});

Deno.test("a question is asked once, after all of it was shown; the guess is saved and shown next to the answer", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const session = new Played({ lesson: exercise });
  assertEquals(
    types(session.do({ type: "begin" })),
    ["restore", "view step", "save place"],
    "not before all of it was shown",
  );
  assertEquals(types(session.do("shown")), ["view ask guess"]);
  assertEquals(types(session.do("shown")), [], "once");
  const effects = session.do({ type: "guess", id: "half", text: "  5 " });
  assertEquals(types(effects), ["save guess", "journal", "view step", "save place"]);
  assertEquals(session.where, [1, "waiting"]);
  const answer = session.do("next", done);
  assertEquals(answer.find((effect) => effect.type === "view" && effect.view.type === "guesses"), {
    type: "view",
    view: { type: "guesses", guesses: ["5"], answered: true },
  });
  const passed = new Played({ lesson: exercise });
  passed.do("shown");
  assertEquals(passed.do({ type: "guess", id: "half", text: " " }), [], "an empty guess does not count");
  assertEquals(passed.where, [0, "waiting"]);
  const known = new Played({ lesson: exercise, guesses: { half: "4" } });
  assertEquals(types(known.do("shown")).includes("view ask guess"), false, "it is already answered");
});

Deno.test("hints come one by one; the solution is unlocked after the last one, or once the answer passes", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const session = new Played({ lesson: exercise, cell: 3 });
  assertEquals(session.do({ type: "hint" }), [{ type: "look up help", id: "halve", want: "hint" }]);
  const help = { hints: ["a", "b"], solution: "x / 2", explanation: "half" };
  const helped = (want: "hint" | "solution"): SessionEvent => ({ type: "helped", id: "halve", want, help });
  assertEquals(notices(session.do(helped("solution"))), ["solution locked"]);
  const hint = session.do(helped("hint"));
  assertEquals(types(hint), ["save exercise", "journal", "view hint"]);
  assertEquals(notices(session.do(helped("hint"))), ["last hint"]);
  assertEquals(types(session.do(helped("solution"))), ["journal", "view solution"]);
  const solved = new Played({ lesson: exercise, cell: 3 });
  solved.do("next", ended("done", [verdict("passed")]));
  assertEquals(types(solved.do(helped("solution"))), ["journal", "view solution"]);
  assertEquals(notices(new Played().do({ type: "hint" })), ["no exercise here"]);
});

Deno.test("a judged answer counts as a try, and a blank does not; an exercise that passed once stays passed", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const session = new Played({ lesson: exercise, cell: 3 });
  const saved = (effects: Effect[]): unknown[] => effects.filter(({ type }) => type === "save exercise");
  assertEquals(saved(session.do("next", ended("done", [verdict("open")]))), []);
  assertEquals(exerciseState(session.state, "halve").judged, "open");
  assertEquals(saved(session.do("again", ended("done", [verdict("mistake")]))), [
    { type: "save exercise", id: "halve", change: { tried: true, passed: false } },
  ]);
  session.do("again", ended("done", [verdict("passed")]));
  session.do("again", ended("done", [verdict("wrong")]));
  assertEquals(exerciseState(session.state, "halve"), { hints: 0, passed: true, opened: false, judged: "wrong" });
});

Deno.test("a saved answer is checked in its step, and waits for the running cell", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const saved: SessionEvent = { type: "saved", id: "halve", gone: false };
  const here = new Played({ lesson: exercise, cell: 3 });
  assertEquals(types(here.do(saved)), ["view answer", "run"]);
  assertEquals(isTimely(here.state, saved), false);
  here.do(done);
  assertEquals(isTimely(here.state, saved), true);
  assertEquals(types(here.do(saved)), ["view answer", "run"]);
  const elsewhere = new Played({ lesson: exercise });
  elsewhere.do(saved);
  assertEquals([elsewhere.state.phase, elsewhere.state.note], ["waiting", { type: "saved", id: "halve" }]);
  assertEquals(types(elsewhere.do({ ...saved, gone: true })), ["report missing answer"]);
});

Deno.test("the changes from play are kept, or the variables are restored", () => {
  const session = new Played({ cell: 3 });
  assertEquals(types(session.do({ type: "play" })), ["view ask code"]);
  assertEquals(types(session.do({ type: "code", source: "1 + 1" })), ["run code"]);
  const ran: SessionEvent = {
    type: "played",
    source: "1 + 1",
    outputs: [],
    result: { status: "done", milliseconds: 1 },
  };
  assertEquals(types(session.do(ran)), ["view settle", "journal", "view ask code"]);
  assertEquals(types(session.do({ type: "code" })), ["view ask keep"]);
  const { state } = session;
  assertEquals(session.do({ type: "keep", kept: true }).at(-1), { type: "save play", sources: ["1 + 1"] });
  session.state = state;
  assertEquals(types(session.do({ type: "keep", kept: false })), ["view notice", "remake", "restore"]);
  assertEquals(session.state.play, undefined);
  const nothing = new Played();
  assertEquals(
    types(nothing.do({ type: "play" }, { type: "code" })),
    ["view ask code"],
    "nothing ran, so there is nothing to ask",
  );
});

Deno.test("starting over forgets the place, the guesses and the outputs, but not which exercises passed", () => {
  const exercise = parseLesson(EXERCISE, "x.ts");
  const session = new Played({ lesson: exercise, guesses: { half: "4" }, cell: 3 });
  session.do("next", ended("done", [verdict("passed")]));
  assertEquals(types(session.do({ type: "reset", what: "lesson" })), [
    "forget",
    "remake",
    "view notice",
    "view step",
    "save place",
  ]);
  const { at, reached, phase, guesses, records } = session.state;
  assertEquals([at, reached, phase, guesses, records.size], [0, 0, "waiting", {}, 0]);
  assertEquals(exerciseState(session.state, "halve").passed, true);
});

Deno.test("a change of the file runs the changed step again, and marks the later cells as stale", () => {
  const session = new Played();
  session.do("next", "next", done, "next", "next", done);
  const changed = changeBetween(lesson, parseLesson(SOURCE.replace("1;", "10;"), "x.ts"))!;
  assertEquals(isTimely({ ...session.state, phase: "running" }, { type: "changed", change: changed }), false);
  const effects = session.do({ type: "changed", change: changed });
  assertEquals(notices(effects), ["lesson changed", "cells stale"]);
  assertEquals(types(effects).at(-1), "run");
  assertEquals([...session.where, session.state.reached], [1, "running", 1]);
  assertEquals([...session.state.stale], [3]);
  session.do(done, "next", "next", done);
  assertEquals([...session.state.stale], []);
  const later = changeBetween(
    session.state.lesson,
    parseLesson(SOURCE.replace("1;", "10;").replace("// end", "// The end"), "x.ts"),
  )!;
  const place = session.state.at;
  session.do({ type: "changed", change: later });
  assertEquals(session.state.at, place, "a change of a later step leaves the learner where they are");
});

Deno.test("leaving, and continuing with the next lesson at the end", () => {
  const session = new Played({ cell: 5, hasNext: true });
  session.do("next");
  assertEquals(session.state.destination, undefined);
  session.do("next");
  assertEquals(session.state.destination, "next lesson");
  const other = new Played();
  other.do({ type: "leave", to: { lesson: "conv" } });
  assertEquals(other.state.destination, { lesson: "conv" });
});

Deno.test("a lesson can be left for the next one from anywhere, if there is one", () => {
  const tour = new Played({ hasNext: true });
  tour.do({ type: "leave", to: "next lesson" });
  assertEquals(tour.state.destination, "next lesson");
  const last = new Played();
  last.do({ type: "leave", to: "next lesson" });
  assertEquals(last.state.destination, undefined);
});

Deno.test("no sequence of events leads outside the lesson, moves the place back, or runs a step without code", () => {
  const event = fc.oneof(
    fc.constantFrom<SessionEvent>(
      ...(["next", "back", "again", "advance", "shown", "hint", "play"] as const).map((type) => ({ type })),
      { type: "goto", at: 0 },
      { type: "goto", at: 3 },
      { type: "goto", at: Infinity },
      { type: "stop", busy: true, stopping: false },
    ),
    fc.constantFrom("done", "failed", "interrupted", "killed" as const).map(ended),
  );
  fc.assert(fc.property(fc.array(event, { maxLength: 60 }), (events) => {
    const session = new Played();
    for (const next of events) {
      const before = session.state;
      const kept = structuredClone({ ...before, steps: [], lesson: undefined });
      session.do(next);
      const after = session.state;
      assertEquals(
        { ...before, steps: [], lesson: undefined },
        kept as typeof kept & { steps: [] },
        "the earlier state must not change",
      );
      assert(after.at >= 0 && after.at <= steps.length && after.reached <= steps.length);
      assert(after.reached >= before.reached);
      if (after.phase === "running") assert(steps[after.at].code);
    }
  }));
});

Deno.test("a cell that is run again and puts out something else says so; the same output, or a judged one, says nothing", () => {
  const text = (written: string) => [{ type: "text", stream: "stdout", text: written }] as Ended["outputs"];
  const end = (outputs: Ended["outputs"], verdicts: Ended["verdicts"] = []): SessionEvent => ({
    type: "ended",
    ended: { result: { status: "done", milliseconds: 1 }, outputs, verdicts, frames: [], stale: false },
  });
  const told = (effects: readonly Effect[]) =>
    effects.some((effect) =>
      effect.type === "view" && effect.view.type === "notice" && effect.view.notice.type === "other output"
    );
  const played = new Played({ cell: 2 });
  assertEquals(told(played.do("next", end(text("0.12\n")))), false, "the first run");
  assertEquals(told(played.do("again", end(text("0.12\n")))), false, "the same");
  assertEquals(told(played.do("again", end(text("0.94\n")))), true, "another number");
  const verdict = { id: "a", kind: "wrong", message: "", hints: [], solution: "", explanation: "" } as ExerciseVerdict;
  assertEquals(told(played.do("again", end(text("0.5\n"), [verdict]))), false, "a verdict");
});
