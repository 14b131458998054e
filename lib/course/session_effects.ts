/** Carries out what the session has decided: on the engine, in the learner's files, on the screen. */

import type { Cell } from "../cells/document/document.ts";
import type { CellEngine } from "../cells/engine/cell_engine.ts";
import type { CellError, Code, Frames, Output } from "../cells/engine/protocol.ts";
import { absolutePath } from "./absolute_path.ts";
import { answerFile } from "./answers/answer_file.ts";
import type { TypeChecker } from "./answers/type_checker.ts";
import type { Front } from "./front.ts";
import { codeBefore, codeIn, codeOf, playCode } from "./lesson_code.ts";
import type { LessonStores } from "./lesson_stores.ts";
import { reasonOf } from "./reason.ts";
import { runStep } from "./run_step.ts";
import type { Effect, Help, Notice, SessionEvent } from "./session_events.ts";
import { exerciseOf } from "./steps.ts";
import { exerciseState, placeOf, type SessionState } from "./session_state.ts";
import { StepVerdicts } from "./step_verdicts.ts";
import { type ExerciseVerdict, verdictOf } from "./verdict.ts";

/** The tools for performing effects. */
export interface SessionTools {
  /** The name of the lesson in the progress. */
  readonly name: string;
  readonly engine: CellEngine;
  readonly stores: LessonStores;
  readonly front: Front;
  /** Checks the types of answers in the background, if that is possible. */
  readonly types?: Pick<TypeChecker, "check" | "close">;
  post(event: SessionEvent): void;
  /** What is known about the exercises, by their id. */
  readonly help: Map<string, Help>;
  /** Type checks of answers whose errors have not been told yet, by exercise. */
  readonly typed: Map<string, Promise<CellError[]>>;
  /** Lost answers that the learner has been told about. */
  readonly missing: Set<string>;
}

/** Performs one effect. An effect that takes long continues by itself and ends with an event. */
export async function perform(effect: Effect, tools: SessionTools, state: SessionState): Promise<void> {
  const { engine, stores, front, name, post } = tools;
  switch (effect.type) {
    case "view":
      return await front.view(effect.view, state);
    case "run":
      return void run(effect, tools, state);
    case "run code":
      return await runCode(effect.source, tools, state);
    case "advance":
      return post({ type: "advance" });
    case "interrupt":
      return engine.interrupt();
    case "restore":
      return restore(tools);
    case "remake":
      return engine.remake(codeBefore(state.lesson.cells, effect.place, stores.answers, stores.kept()));
    case "moved":
      engine.expect(codeIn(state.lesson.cells));
      return engine.moved(effect.move);
    case "look up help":
      return await lookUp(effect, tools);
    case "open answer":
      return await openAnswer(effect.id, tools, state);
    case "reset answer":
      return await resetAnswer(effect.id, tools, state);
    case "report missing answer":
      return await reportMissing(effect.id, tools, state);
    case "check types":
      return void tools.typed.get(effect.id)?.then((errors) => {
        if (errors.length > 0 && tools.typed.delete(effect.id)) post({ type: "errors", errors });
      });
    case "save place": {
      const done = state.reached >= state.steps.length;
      return stores.progress?.save(name, { cell: placeOf(state), cells: state.lesson.cells.length, done });
    }
    case "save guess":
      return stores.progress?.guess(name, effect.id, effect.guess);
    case "save exercise": {
      const { tried, passed, hints, opened } = effect.change;
      return stores.progress?.exercise(name, effect.id, (before) => ({
        tries: before.tries + (tried ? 1 : 0),
        passed: before.passed || passed === true,
        hints: hints ?? before.hints,
        opened: opened ?? before.opened,
      }));
    }
    case "save play":
      return stores.progress?.keep(name, placeOf(state), effect.sources);
    case "forget":
      stores.progress?.reset(name);
      return stores.checkpoints?.clear();
    case "journal": {
      const { entry } = effect;
      if (entry.type === "answer") stores.journal?.add({ ...entry, source: stores.answers.read(entry.id) ?? "" });
      else if (entry.type === "play") {
        stores.journal?.add({ type: "play", source: entry.source, text: front.transcribe(entry.outputs).text });
      } else stores.journal?.add(entry);
      return;
    }
    case "journal run": {
      const { cell, result, outputs } = effect;
      const error = result.status === "failed" ? result.error : undefined;
      return stores.journal?.add({
        ...{ type: "ran", cell, source: state.lesson.cells[cell].source },
        ...{ status: result.status, milliseconds: result.milliseconds, ...front.transcribe(outputs, error) },
      });
    }
  }
}

/** Runs a step; its outputs are shown at once. */
async function run(
  { at, frames: keepFrames }: { at: number; frames: boolean },
  tools: SessionTools,
  state: SessionState,
): Promise<void> {
  const { engine, front, post } = tools;
  const outputs: Output[] = [];
  const verdicts = new StepVerdicts(state.lesson.cells);
  const frames: Frames[] = [];
  const id = exerciseOf(state.steps[at]);
  const watched = id !== undefined && !state.unattended;
  const types = watched ? startTypeCheck(id, tools, state) : undefined;
  const held: Output[] = []; // verdicts that a type error may explain
  const result = await runStep(state.steps[at], {
    engine,
    code: (cell) => codeFor(cell, tools, state),
    onReplay: (done, total) => post({ type: "replaying", done, total }),
    onOutput: (given) => {
      let output = given;
      if (given.type === "custom") {
        const taken = verdicts.take(given);
        if (!taken) return;
        const verdict = watched ? numbered(taken, tools) : taken;
        output = { type: "custom", name: "verdict", data: verdict };
        if (verdict.solution) tools.help.set(verdict.id, verdict);
        outputs.push(output);
        if (types && (verdict.kind === "error" || verdict.kind === "wrong")) return void held.push(output);
      } else outputs.push(output);
      if (output.type === "display" && output.frames && keepFrames) frames.push(output.frames);
      else void front.view({ type: "output", output }, state);
    },
  });
  if (types && (held.length > 0 || result.status === "failed")) {
    const errors = await Promise.race([types, delay(longestWait)]);
    if (errors?.length) await front.view({ type: "errors", errors }, state);
    if (errors) tools.typed.delete(id!); // they have been told
  }
  for (const output of held) await front.view({ type: "output", output }, state);
  post({ type: "ended", ended: { result, outputs, verdicts: verdicts.last, frames, stale: engine.stale } });
}

/** How long a verdict waits for the type errors that may explain it, in milliseconds. Later ones come after it. */
const longestWait = 2000;

function delay(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Begins to check the types of an answer while it runs. */
function startTypeCheck(id: string, tools: SessionTools, state: SessionState): Promise<CellError[]> | undefined {
  const errors = tools.types?.check(id, state.lesson.cells, tools.stores.answers);
  if (errors) tools.typed.set(id, errors);
  return errors;
}

/** A verdict with the number of the try; an exercise that is open was not tried. */
function numbered(verdict: ExerciseVerdict, { stores, name }: SessionTools): ExerciseVerdict {
  if (verdict.kind === "open" || !stores.progress) return verdict;
  const { tries } = stores.progress.exerciseOf(stores.progress.lesson(name), verdict.id);
  return { ...verdict, attempt: tries + 1 };
}

/** The code of a cell; reports an answer that has disappeared. */
function codeFor(cell: Cell, tools: SessionTools, state: SessionState): Code {
  const code = codeOf(cell, tools.stores.answers);
  if (code.leaf && code.file === undefined) void reportMissing(cell.id, tools, state);
  return code;
}

async function reportMissing(id: string, tools: SessionTools, state: SessionState): Promise<void> {
  if (!exerciseState(state, id).opened || tools.missing.has(id)) return;
  tools.missing.add(id);
  await say({ type: "answer missing", path: absolutePath(tools.stores.answers.path(id)) }, tools, state);
}

async function runCode(source: string, { engine, front, post }: SessionTools, state: SessionState): Promise<void> {
  const outputs: Output[] = [];
  const work = engine.run(playCode(source), (output) => {
    outputs.push(output);
    void front.view({ type: "output", output }, state);
  });
  const result = await front.attend(work, () => engine.interrupt());
  post({ type: "played", source, outputs, result });
}

function restore({ engine, post }: SessionTools): void {
  if (!engine.stale) return;
  engine.restore((done, total) => post({ type: "replaying", done, total }))
    .catch(() => {}) // the next cell reports the problem
    .finally(() => post({ type: "restored" }));
}

/** Looks up the help for an exercise: in its last check, or by checking an empty answer. */
async function lookUp({ id, want }: { id: string; want: "hint" | "solution" }, tools: SessionTools): Promise<void> {
  const { engine, front, help, post } = tools;
  if (!help.has(id)) {
    const code = playCode(`await check(${JSON.stringify(id)}, undefined);`);
    const look = engine.runApart(code, (output) => {
      const verdict = verdictOf(output);
      if (verdict?.id === id) help.set(id, verdict);
    });
    await front.attend(look, () => engine.interrupt());
  }
  post({ type: "helped", id, want, help: help.get(id) });
}

/** Opens the learner's file; the first time, it is created from the exercise. */
async function openAnswer(id: string, tools: SessionTools, state: SessionState): Promise<void> {
  const { stores: { answers }, front, missing, post } = tools;
  const starter = starterOf(id, tools, state);
  if (starter === undefined) return await say({ type: "nothing to edit", id }, tools, state);
  const path = absolutePath(answers.path(id));
  const fresh = answers.read(id) === undefined;
  try {
    answers.create(id, starter);
  } catch (error) {
    return await say({ type: "answer not kept", path, reason: reasonOf(error) }, tools, state);
  }
  missing.delete(id);
  post({ type: "opened", id });
  const back = await front.edit(path);
  if (!back) {
    if (fresh) answers.hasChanged(id, starter);
    return;
  }
  const changed = answers.hasChanged(id);
  post({ type: "edited", id, changed: changed || fresh });
}

/** The first text of the answer file of an exercise; undefined if the lesson has no such exercise. */
function starterOf(id: string, { name }: SessionTools, { lesson }: SessionState): string | undefined {
  const cell = lesson.cells.find((found) => found.id === id && found.tags.includes("exercise"));
  if (!cell) return undefined;
  const above = lesson.cells[cell.index - 1];
  return answerFile(name, cell, above?.kind === "markdown" ? above : undefined);
}

async function resetAnswer(id: string, tools: SessionTools, state: SessionState): Promise<void> {
  const { answers } = tools.stores;
  const backup = answers.reset(id);
  tools.help.delete(id);
  answers.hasChanged(id);
  await say(backup ? { type: "answer reset", backup: absolutePath(backup) } : { type: "no answer" }, tools, state);
}

async function say(notice: Notice, { front }: SessionTools, state: SessionState): Promise<void> {
  await front.view({ type: "notice", notice }, state);
}
