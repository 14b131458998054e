/** Leads through one lesson: takes events one after the other, lets the session decide, and does what it decides. */

import type { Cell } from "../cells/document/document.ts";
import type { Lesson } from "./lesson.ts";
import { codeBefore } from "./lesson_code.ts";
import { LessonFile } from "./lesson_file.ts";
import { perform, type SessionTools } from "./session_effects.ts";
import { isTimely, reduce } from "./session.ts";
import type { SessionEvent } from "./session_events.ts";
import { begin, type ExerciseState, placeOf, type SessionState } from "./session_state.ts";

/** What a controller needs, besides what its effects are done with. */
export interface ControllerOptions extends Omit<SessionTools, "post" | "help" | "missing"> {
  readonly lesson: Lesson;
  /** Whether nobody is there; nothing is written down then. */
  unattended?: boolean;
  /** Whether a lesson follows. */
  hasNext?: boolean;
}

/** One lesson that somebody goes through. */
export class SessionController {
  readonly #tools: SessionTools;
  #state: SessionState;
  #queue: SessionEvent[] = [];
  #wake = (): void => {};
  readonly #watching = new AbortController();

  constructor({ lesson, unattended, hasNext, ...tools }: ControllerOptions) {
    this.#tools = { ...tools, post: (event) => this.post(event), help: new Map(), missing: new Set() };
    const { name, stores } = tools;
    const known = stores.progress?.lesson(name);
    this.#state = begin({
      ...{ lesson, unattended, hasNext },
      cell: known?.cell,
      guesses: textsOf(known?.guesses),
      exercises: Object.fromEntries(exercisesIn(lesson.cells).map((id) => [id, this.#exercise(id)])),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Begins: shows the step, and runs again, while the learner reads, what stands before it. */
  start(): void {
    const { engine, stores } = this.#tools;
    for (const id of exercisesIn(this.#state.lesson.cells)) stores.answers.hasChanged(id);
    engine.assume(codeBefore(this.#state.lesson.cells, placeOf(this.#state), stores.answers, stores.kept()));
    this.post({ type: "begin" });
  }

  /** Follows the lesson's file and the answers: whoever saves one sees what comes of it. */
  watch(path: string): void {
    const { answers } = this.#tools.stores;
    const { signal } = this.#watching;
    answers.watch((id) => this.post({ type: "saved", id, gone: false }), signal);
    new LessonFile(path, this.#state.lesson).watch((change) => this.post({ type: "changed", change }), signal);
  }

  /** Lets an event happen, in its turn. */
  post(event: SessionEvent): void {
    this.#queue.push(event);
    this.#wake();
  }

  /** Stops what runs; at once, whatever else waits. */
  stop(): void {
    const { busy, stopping } = this.#tools.engine;
    this.#queue.unshift({ type: "stop", busy, stopping });
    this.#wake();
  }

  /** Shows again what can be done now. */
  redraw(): void {
    this.#tools.front.changed(this.#state);
  }

  /** Whether an event waits that can be taken now. */
  get pending(): boolean {
    return this.#next() >= 0;
  }

  /** Resolves when an event can be taken, perhaps at once. */
  async ready(): Promise<void> {
    while (!this.pending) await new Promise<void>((resolve) => this.#wake = resolve);
  }

  /** Takes all events that can be taken, each with all that comes of it. */
  async settle(): Promise<void> {
    for (let i = this.#next(); i >= 0 && !this.#state.destination; i = this.#next()) {
      await this.#take(this.#queue.splice(i, 1)[0]);
    }
  }

  /** Ends what runs in the background. */
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

  /** An answer is looked at when its turn has come: it may be the same again, or gone. */
  #lookAt(event: SessionEvent): SessionEvent | undefined {
    if (event.type !== "saved") return event;
    const { answers } = this.#tools.stores;
    return answers.hasChanged(event.id) ? { ...event, gone: answers.read(event.id) === undefined } : undefined;
  }

  /** What the progress has to say is said once. */
  #sayNotices(): void {
    for (const text of this.#tools.stores.notices()) {
      void this.#tools.front.view({ type: "notice", notice: { type: "text", text } }, this.#state);
    }
  }

  #exercise(id: string): ExerciseState {
    const { progress } = this.#tools.stores;
    const { hints = 0, opened = false, passed = false } = progress?.exerciseOf(
      progress.lesson(this.#tools.name),
      id,
    ) ?? {};
    return { hints, opened, passed };
  }
}

/** The exercises of a lesson. */
function exercisesIn(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ id, tags }) => id && tags.includes("exercise") ? [id] : []);
}

/** What of a record is text. */
function textsOf(record: Record<string, unknown> | undefined): Record<string, string> {
  const texts = Object.entries(record ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
