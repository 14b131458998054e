/** One open lesson: the session, its engine and its stores, and what the page shows of them. */

import type { CellEngine } from "../../../cells/engine/cell_engine.ts";
import type { CellError, Output } from "../../../cells/engine/protocol.ts";
import { Answers } from "../../../course/answers/answers.ts";
import type { LessonSettings } from "../../../contract/contract.ts";
import { SessionController } from "../../../course/controller.ts";
import type { Front } from "../../../course/front.ts";
import { changeBetween } from "../../../course/lesson_change.ts";
import { type Lesson, parseLesson } from "../../../course/lesson.ts";
import { LessonStores } from "../../../course/lesson_stores.ts";
import { CheckpointStore } from "../../../course/progress/checkpoints.ts";
import { Journal } from "../../../course/progress/journal.ts";
import type { SessionEvent, View } from "../../../course/session_events.ts";
import type { SessionState } from "../../../course/session_state.ts";
import { exerciseOf } from "../../../course/steps.ts";
import { verdictOf } from "../../../course/verdict.ts";
import { webLessonEngine } from "../engine/web_lesson_engine.ts";
import { ChangedCells, withSource } from "./changed_cells.ts";
import { Drafts } from "./drafts.ts";
import { keepAnswer } from "./keep_answer.ts";
import type { LessonModelOptions } from "./lesson_model_options.ts";
import { noticeText } from "./notice_text.ts";
import { type Shown, transcriptOf, withOutput } from "./shown.ts";

/** The learner's folder, as under Deno. */
export const STATE = ".gradually";

/** What the session asks for, until it is answered. */
type Question = { type: "guess"; id: string } | { type: "code" } | { type: "keep" };

/** A lesson in the page. */
export class LessonModel implements Front {
  readonly name: string;
  /** The lesson as it was handed out. */
  readonly original: Lesson;
  readonly engine: CellEngine;
  readonly stores: LessonStores & { journal: Journal };
  readonly #controller: SessionController;
  readonly #options: LessonModelOptions;
  readonly #listeners = new Set<() => void>();
  readonly #shown = new Map<number, readonly Shown[]>();
  readonly #changed: ChangedCells;
  readonly drafts: Drafts;
  question?: Question;
  /** Whether something is running that is not a step, such as code in play. */
  attending = false;
  #phase = "waiting";
  #stopWork?: () => void;
  #closed = false;
  /** The step that is to run once the learner is there. */
  #runsAt?: number;
  #due = false;

  constructor(options: LessonModelOptions) {
    const { name, source, progress, hasNext, script, threads, types } = options;
    this.#options = options;
    this.name = name;
    this.original = parseLesson(source, `lessons/${name}.ts`);
    this.#changed = new ChangedCells(`${STATE}/changed/${name}.json`);
    this.drafts = new Drafts(name);
    const lesson = this.#changed.applyTo(this.original);
    const settings: LessonSettings = { mode: "quick", seed: 1 };
    if (threads !== undefined) settings.threads = threads;
    const checkpoints = new CheckpointStore(`${STATE}/checkpoints/${name}`, settings);
    const answers = new Answers(`${STATE}/answers/${name}`);
    const journal = new Journal(`${STATE}/journal/${name}.jsonl`);
    const stores = new LessonStores(name, { answers, progress, journal, checkpoints });
    this.stores = Object.assign(stores, { journal });
    this.engine = webLessonEngine({ lesson, name, settings, columns: 100, checkpoints, script });
    this.engine.start().catch(() => {}); // the first cell reports the problem
    this.#controller = new SessionController({
      name,
      lesson,
      engine: this.engine,
      stores,
      types,
      front: this,
      hasNext,
    });
  }

  get state(): SessionState {
    return this.#controller.state;
  }

  /** What stands below a step. */
  shownAt(step: number): readonly Shown[] {
    return this.#shown.get(step) ?? this.#recorded(step);
  }

  /** Follows the session until the learner leaves. */
  async run(): Promise<void> {
    const controller = this.#controller;
    controller.start();
    while (!this.#closed) {
      await controller.settle();
      if (controller.state.destination) return this.#options.left(controller.state.destination);
      await controller.ready();
    }
  }

  post(event: SessionEvent): void {
    this.#controller.post(event);
  }

  /** Runs the step, or goes on; an answer that is still being written is checked first. */
  act(event: SessionEvent): void {
    const { state } = this;
    const id = exerciseOf(state.steps[state.at]);
    const draft = id === undefined ? undefined : this.drafts.of(id);
    const runs = event.type === "next" || event.type === "again";
    if (runs && draft !== undefined && state.phase !== "running") this.check(state.at, draft);
    else this.post(event);
  }

  stop(): void {
    if (this.#stopWork) this.#stopWork(); // the session waits for this work, and takes no event meanwhile
    else this.#controller.stop();
  }

  close(): void {
    this.#closed = true;
    this.#controller.close();
    this.#controller.post({ type: "leave" });
  }

  /** Calls `listener` when something has changed, at most once for each picture of the screen. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Saves what the learner has written as the answer to the exercise of a step, and has it checked. */
  check(step: number, code: string): void {
    const { state, stores: { answers } } = this;
    const id = exerciseOf(state.steps[step]);
    const cell = state.lesson.cells.find((each) => each.id === id && each.tags.includes("exercise"));
    if (!cell) return;
    const kept = keepAnswer(this.name, state.lesson, cell, code, answers);
    if (typeof kept === "object") {
      const text = noticeText({ type: "answer not kept", path: "", reason: kept.problem });
      return this.#add(step, { type: "notice", text });
    }
    this.drafts.keep(cell.id, undefined);
    if (kept) this.post({ type: "opened", id: cell.id });
    if (state.at === step) return this.#runHere();
    this.#runsAt = step;
    this.post({ type: "goto", at: step });
  }

  /** Runs the step, with the answer as it is now. */
  #runHere(): void {
    const { state, stores: { answers } } = this;
    const id = exerciseOf(state.steps[state.at]);
    if (id !== undefined) answers.hasChanged(id); // it is known now, and runs in any case
    this.post({ type: state.phase === "waiting" && state.at >= state.reached ? "next" : "again" });
  }

  /**
   * Puts other code into a cell, and runs it: a step that has run does so by itself, for the session sees that the lesson has changed.
   *
   * @throws {RangeError} When the code would begin a cell of its own.
   */
  change(step: number, cell: number, code: string): void {
    const { state } = this;
    const lesson = withSource(state.lesson, cell, code);
    const change = changeBetween(state.lesson, lesson);
    if (change) {
      this.#changed.keep(this.original, lesson);
      this.post({ type: "changed", change });
      if (step < state.reached) return;
    }
    if (state.at === step) return this.#runHere();
    this.#runsAt = step;
    this.post({ type: "goto", at: step });
  }

  /** The learner's answer to an exercise, without the question above it. */
  answerCode(id: string): string | undefined {
    return this.stores.answers.read(id)?.replace(/^(\/\/[^\n]*\n|\s*\n)+/, "").trimEnd();
  }

  view(view: View, state: SessionState): void {
    const { at } = state;
    switch (view.type) {
      case "step":
        this.post({ type: "shown" });
        break;
      case "output":
        this.#output(at, view.output);
        break;
      case "errors":
        for (const error of view.errors) this.#add(at, { type: "error", error });
        break;
      case "notice":
        this.#add(at, { type: "notice", text: noticeText(view.notice) });
        break;
      case "hint":
        this.#add(at, view);
        break;
      case "solution":
        this.#add(at, { type: "solution", help: view.help });
        break;
      case "guesses":
        this.#add(at, { type: "guesses", guesses: view.guesses });
        break;
      case "frames":
        this.#add(at, { type: "picture", bundle: { "text/plain": "" }, frames: view.frames });
        break;
      case "ask guess":
        this.question = { type: "guess", id: view.id };
        break;
      case "ask code":
        this.question = { type: "code" };
        break;
      case "ask keep":
        this.question = { type: "keep" };
        break;
    }
    this.#tell();
  }

  changed(state: SessionState): void {
    if (state.phase === "running" && this.#phase !== "running") this.#shown.set(state.at, []);
    this.#phase = state.phase;
    if (this.#runsAt !== undefined && state.phase !== "running" && state.until === undefined) {
      if (state.at === this.#runsAt) this.#runHere(); // otherwise a cell on the way there has failed
      this.#runsAt = undefined;
    }
    this.#tell();
  }

  async attend<T>(work: Promise<T>, stop: () => void): Promise<T> {
    this.attending = true;
    this.#stopWork = stop;
    this.#tell();
    try {
      return await work;
    } finally {
      this.attending = false;
      this.#stopWork = undefined;
      this.#tell();
    }
  }

  /** The answer is written in the page itself. */
  edit(): boolean {
    return false;
  }

  transcribe(outputs: readonly Output[], error?: CellError): { text: string } {
    return { text: transcriptOf(outputs, error) };
  }

  /** Answers what the session has asked. */
  answer(event: SessionEvent): void {
    this.question = undefined;
    this.post(event);
  }

  #output(step: number, output: Output): void {
    const verdict = verdictOf(output);
    if (verdict) return this.#add(step, { type: "verdict", verdict });
    this.#shown.set(step, withOutput(this.shownAt(step), output));
  }

  #add(step: number, shown: Shown): void {
    this.#shown.set(step, [...this.shownAt(step), shown]);
    this.#tell();
  }

  /** What a step put out in an earlier session, from the journal. */
  #recorded(step: number): readonly Shown[] {
    const { steps, lesson, reached } = this.state;
    const { code } = steps[step] ?? {};
    if (!code || step >= reached) return [];
    const run = this.stores.journal.lastRun(code.index, lesson.cells[code.index].source);
    return run?.text ? [{ type: "text", stream: "stdout", text: run.text }] : [];
  }

  #tell(): void {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
