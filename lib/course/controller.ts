/** Runs one lesson: takes events one after the other, lets the session decide, and carries out the decisions. */

import type { Cell } from "../cells/document/document.ts";
import type { Lesson } from "./lesson.ts";
import { codeBefore } from "./lesson_code.ts";
import { LessonFile } from "./lesson_file.ts";
import { perform, type SessionTools } from "./session_effects.ts";
import { isTimely, reduce } from "./session.ts";
import type { SessionEvent } from "./session_events.ts";
import { begin, type ExerciseState, placeOf, type SessionState } from "./session_state.ts";

/** What a controller needs, in addition to the tools for its effects. */
interface ControllerOptions extends Omit<SessionTools, "post" | "help" | "typed" | "missing"> {
  readonly lesson: Lesson;
  /** Whether nobody is watching; then nothing is saved. */
  unattended?: boolean;
  /** Whether another lesson follows. */
  hasNext?: boolean;
}

/** One lesson that somebody is working through. */
export class SessionController {
  readonly #tools: SessionTools;
  #state: SessionState;
  #queue: SessionEvent[] = [];
  #wake = (): void => {};
  readonly #watching = new AbortController();

  constructor({ lesson, unattended, hasNext, ...tools }: ControllerOptions) {
    this.#tools = {
      ...tools,
      post: (event) => this.post(event),
      help: new Map(),
      typed: new Map(),
      missing: new Set(),
    };
    const { name, stores } = tools;
    const known = stores.progress?.lesson(name);
    this.#state = begin({
      ...{ lesson, unattended, hasNext },
      cell: known?.cell,
      guesses: known?.guesses,
      exercises: Object.fromEntries(exercisesIn(lesson.cells).map((id) => [id, this.#exercise(id)])),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Begins: shows the step, and runs the cells before it again while the learner reads. */
  start(): void {
    const { engine, stores } = this.#tools;
    for (const id of exercisesIn(this.#state.lesson.cells)) stores.answers.hasChanged(id);
    engine.assume(codeBefore(this.#state.lesson.cells, placeOf(this.#state), stores.answers, stores.kept()));
    this.post({ type: "begin" });
  }

  /** Watches the lesson's file and the answers: after a save, the learner sees the result. */
  watch(path: string): void {
    const { answers } = this.#tools.stores;
    const { signal } = this.#watching;
    answers.watch((id) => this.post({ type: "saved", id, gone: false }), signal);
    new LessonFile(path, this.#state.lesson).watch((change) => this.post({ type: "changed", change }), signal);
  }

  /** Adds an event, which is handled in its turn. */
  post(event: SessionEvent): void {
    this.#queue.push(event);
    this.#wake();
  }

  /** Stops what is running, before any event that waits. */
  stop(): void {
    const { busy, stopping } = this.#tools.engine;
    this.#queue.unshift({ type: "stop", busy, stopping });
    this.#wake();
  }

  /** Shows again what the learner can do now. */
  redraw(): void {
    this.#tools.front.changed(this.#state);
  }

  /** Whether there is a waiting event that can be handled now. */
  get pending(): boolean {
    return this.#next() >= 0;
  }

  /** Resolves when an event can be handled, perhaps at once. */
  async ready(): Promise<void> {
    while (!this.pending) await new Promise<void>((resolve) => this.#wake = resolve);
  }

  /** Handles all events that can be handled, each with all of its effects. */
  async settle(): Promise<void> {
    for (let i = this.#next(); i >= 0 && !this.#state.destination; i = this.#next()) {
      await this.#take(this.#queue.splice(i, 1)[0]);
    }
  }

  /** Ends everything in the background. */
  close(): void {
    this.#watching.abort();
    this.#tools.types?.close();
    this.#tools.engine.close();
  }

  #next(): number {
    return this.#queue.findIndex((event) => isTimely(this.#state, event));
  }

  async #take(event: SessionEvent): Promise<void> {
    const actual = this.#lookAt(event);
    if (!actual) return;
    const { state, effects } = reduce(this.#state, actual);
    this.#state = state;
    for (const effect of effects) await perform(effect, this.#tools, state);
    this.#sayNotices();
    this.#tools.front.changed(this.#state);
  }

  /** A saved answer is read only when its event is handled: by then it may be unchanged again, or gone. */
  #lookAt(event: SessionEvent): SessionEvent | undefined {
    if (event.type !== "saved") return event;
    const { answers } = this.#tools.stores;
    return answers.hasChanged(event.id) ? { ...event, gone: answers.read(event.id) === undefined } : undefined;
  }

  /** Shows each notice of the progress once. */
  #sayNotices(): void {
    for (const text of this.#tools.stores.notices()) {
      void this.#tools.front.view({ type: "notice", notice: { type: "text", text } }, this.#state);
    }
  }

  #exercise(id: string): ExerciseState {
    const { progress } = this.#tools.stores;
    if (!progress) return { hints: 0, opened: false, passed: false };
    const { hints, opened, passed } = progress.exerciseOf(progress.lesson(this.#tools.name), id);
    return { hints, opened, passed };
  }
}

/** The exercises of a lesson. */
function exercisesIn(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ id, tags }) => id && tags.includes("exercise") ? [id] : []);
}
