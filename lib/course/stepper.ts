/** The steps of a lesson and where the learner is in them: pure, (state, event) → state. */

import type { Cell } from "../cells/document/parse.ts";
import { tokenize } from "../cells/document/tokenize.ts";

/** What is shown at once: a cell of code with the text above it, or text alone. */
export interface Step {
  cells: Cell[];
  /** The cell to run, if there is one. */
  code?: Cell;
  /** The cell that judges it, if it is an exercise and that comes right after it. */
  check?: Cell;
}

/**
 * Where the learner is.
 *
 * `waiting`: it is shown, and its code has not been run · `running` · `done` · `interrupted`: stopped early, variables kept ·
 * `stopped`: ended with its Worker · `failed`: it threw.
 */
export type Phase = "waiting" | "running" | "done" | "interrupted" | "stopped" | "failed";

/** The state of a lesson that is stepped through. */
export interface StepperState {
  readonly steps: readonly Step[];
  /** The step that is looked at; `steps.length` after the last one. */
  readonly at: number;
  /** What became of the step that is looked at. */
  readonly phase: Phase;
  /** How many steps, from the first, are behind the learner: the place to come back to. */
  readonly reached: number;
  readonly left: boolean;
  /** The step up to which it goes without pauses; undefined while the learner presses a key for each. */
  readonly until?: number;
}

/** What can happen. */
export type StepperEvent =
  | { type: "next" }
  | { type: "back" }
  | { type: "again" }
  /** To a step: back at once; forward by running what lies between, so that no cell runs before one that it needs. */
  | { type: "goto"; at: number }
  /** One step further on the way to `until`. */
  | { type: "on" }
  | { type: "reset" }
  /** The file has changed. */
  | { type: "replaced"; steps: readonly Step[]; at: number; reached: number }
  | { type: "finished"; status: Exclude<Phase, "waiting" | "running"> }
  | { type: "leave" };

/** Groups cells into steps: text belongs to the code right below it; text followed by text is a step of its own. */
export function stepsOf(cells: readonly Cell[]): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < cells.length; i++) {
    const shown = [cells[i]];
    if (cells[i].kind !== "code" && cells[i + 1]?.kind === "code") shown.push(cells[++i]);
    const code = shown.at(-1)!;
    const step: Step = isToRun(code) ? { cells: shown, code } : { cells: shown };
    const next = cells[i + 1];
    if (code.tags.includes("exercise") && next?.tags.includes("check") && next.id === code.id) {
      step.check = next;
      shown.push(cells[++i]);
    }
    steps.push(step);
  }
  return steps;
}

/** A cell of comments, such as a question to think about, is there to be read. */
export function isToRun(cell: Cell): boolean {
  return cell.kind === "code" && tokenize(cell.source).some(({ kind }) => kind !== "comment");
}

/**
 * Begins, or comes back.
 *
 * @param cell The index of the first cell that is not behind the learner.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseLesson } from "../cells/document/parse.ts";
 *
 * const { cells } = parseLesson("// %% [markdown]\n// Look:\n\n// %%\n1 + 1;\n", "x.ts");
 * let state = begin(stepsOf(cells), 0);
 * state = advance(state, { type: "next" });
 * assertEquals(state.phase, "running");
 * state = advance(state, { type: "finished", status: "done" });
 * assertEquals([state.at, state.reached], [0, 1]);
 * ```
 */
export function begin(steps: readonly Step[], cell: number): StepperState {
  const found = steps.findIndex((step) => step.cells.some(({ index }) => index >= cell));
  const at = found < 0 ? steps.length : found;
  return { steps, at, phase: "waiting", reached: at, left: false };
}

/** What the state is after an event. An event that does not fit, such as a key while a cell runs, changes nothing. */
export function advance(state: StepperState, event: StepperEvent): StepperState {
  const { steps, at, phase, reached } = state;
  switch (event.type) {
    case "leave":
      return { ...state, left: true };
    case "finished": {
      if (phase !== "running") return state;
      // A cell that failed is not behind the learner: coming back, they find it again. They may still go on.
      const behind = event.status === "done" || event.status === "interrupted";
      const until = event.status === "done" ? state.until : undefined;
      return { ...state, phase: event.status, reached: behind ? Math.max(reached, at + 1) : reached, until };
    }
    case "goto": {
      const target = Math.max(0, Math.min(event.at, steps.length));
      if (phase === "running") return target > at ? { ...state, until: target } : state;
      if (target <= reached) return target === at ? state : look({ ...state, until: undefined }, target);
      return run(look({ ...state, until: target }, Math.max(at, reached)));
    }
    case "replaced": {
      const { type: _, ...changed } = event;
      return { ...look({ ...state, ...changed, until: undefined }, event.at), left: false };
    }
  }
  if (phase === "running") return state;
  switch (event.type) {
    case "reset":
      return begin(steps, 0);
    case "again":
      return steps[at]?.code ? { ...state, phase: "running" } : state;
    case "back":
      return at > 0 ? look(state, at - 1) : state;
    case "on": {
      if (state.until === undefined) return state;
      if (at >= state.until) return { ...state, until: undefined };
      return run(look({ ...state, reached: Math.max(reached, at + 1) }, at + 1));
    }
    case "next":
      if (at >= steps.length) return state;
      if (phase === "waiting" && steps[at].code) return { ...state, phase: "running" };
      return look({ ...state, reached: Math.max(reached, at + 1) }, at + 1);
  }
}

/** On the way without pauses, a cell that was not run before is run as soon as it is there. */
function run(state: StepperState): StepperState {
  const { steps, at, phase, until } = state;
  return until !== undefined && at < until && phase === "waiting" && steps[at]?.code
    ? { ...state, phase: "running" }
    : state;
}

/** The place to keep: the index of the first cell that is not behind the learner. */
export function placeOf(state: StepperState): number {
  const last = state.steps.at(-1)?.cells.at(-1)?.index ?? -1;
  return state.steps[state.reached]?.cells[0].index ?? last + 1;
}

function look(state: StepperState, at: number): StepperState {
  return { ...state, at, phase: at < state.reached ? "done" : "waiting" };
}
