import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseLesson } from "../../lib/cells/document/parse.ts";
import { advance, begin, placeOf, type StepperEvent, type StepperState, stepsOf } from "../../lib/course/stepper.ts";

const SOURCE = `// %% [markdown]
// one

// %% [markdown]
// two

// %%
1;

// %%
2;

// %% tags=["predict"]
// What comes now?

// %% [markdown]
// end
`;
const steps = stepsOf(parseLesson(SOURCE, "x.ts").cells);
const play = (state: StepperState, ...events: (StepperEvent | StepperEvent["type"])[]): StepperState =>
  events.reduce(
    (now, event) => advance(now, typeof event === "string" ? { type: event } as StepperEvent : event),
    state,
  );
const done: StepperEvent = { type: "finished", status: "done" };

Deno.test("text belongs to the code below it; text before text, and code that is only a comment, stand alone", () => {
  assertEquals(steps.map((step) => step.cells.map(({ index }) => index)), [[0], [1, 2], [3], [4], [5]]);
  assertEquals(steps.map((step) => step.code?.index), [undefined, 2, 3, undefined, undefined]);
});

Deno.test("Enter reads, runs, and only then goes on", () => {
  let state = play(begin(steps, 0), "next");
  assertEquals([state.at, state.phase], [1, "waiting"]);
  state = play(state, "next");
  assertEquals([state.at, state.phase], [1, "running"]);
  state = play(state, "next", "back", "again"); // keys while it runs change nothing
  assertEquals([state.at, state.phase], [1, "running"]);
  state = play(state, done);
  assertEquals([state.at, state.phase, state.reached], [1, "done", 2]);
  assertEquals(play(state, "next").at, 2);
});

Deno.test("reading back runs nothing, and going on from there comes back to where one was", () => {
  let state = play(begin(steps, 0), "next", "next", done, "next", "back");
  assertEquals([state.at, state.phase], [1, "done"]);
  state = play(state, "back", "back", "next", "next");
  assertEquals([state.at, state.phase], [2, "waiting"]);
});

Deno.test("a cell that failed or was stopped may be run again or left behind", () => {
  for (const status of ["failed", "stopped"] as const) {
    const state = play(begin(steps, 0), "next", "next", { type: "finished", status });
    assertEquals([state.phase, placeOf(state)], [status, 1]); // coming back, it is found again
    assertEquals(play(state, "again").phase, "running");
    assertEquals(play(state, "next").at, 2);
  }
});

Deno.test("the place is a cell, and beginning there shows its step", () => {
  const state = play(begin(steps, 0), "next", "next", done);
  assertEquals(placeOf(state), 3);
  assertEquals(begin(steps, 3).at, 2);
  assertEquals(begin(steps, 2).at, 1); // in the middle of a step
  assertEquals(begin(steps, 99).at, steps.length);
  assertEquals(placeOf(begin(steps, 99)), 6);
});

Deno.test("no sequence of events leaves the lesson, goes backwards in place, or runs what has no code", () => {
  const event = fc.oneof(
    fc.constantFrom<StepperEvent>({ type: "next" }, { type: "back" }, { type: "again" }),
    fc.constantFrom("done", "failed", "interrupted", "stopped" as const)
      .map((status) => ({ type: "finished", status }) as StepperEvent),
  );
  fc.assert(fc.property(fc.array(event, { maxLength: 60 }), (events) => {
    let state = begin(steps, 0);
    for (const next of events) {
      const before = structuredClone({ ...state, steps: [] });
      const after = advance(state, next);
      assertEquals({ ...state, steps: [] }, before, "the state that was given is not changed");
      assert(after.at >= 0 && after.at <= steps.length && after.reached <= steps.length);
      assert(after.reached >= state.reached);
      if (after.phase === "running") assert(steps[after.at].code);
      state = after;
    }
  }));
});
