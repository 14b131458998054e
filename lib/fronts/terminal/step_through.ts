/** Steps through one lesson in the terminal: turns keys into events until the learner leaves. */

import type { Engine } from "../../cells/engine/engine.ts";
import type { TypeChecker } from "../../course/answers/type_checker.ts";
import { SessionController } from "../../course/controller.ts";
import type { Lesson } from "../../course/lesson.ts";
import type { LessonStores } from "../../course/lesson_stores.ts";
import type { Journal } from "../../course/progress/journal.ts";
import type { Destination } from "../../course/session_state.ts";
import { exerciseOf } from "../../course/steps.ts";
import { askLesson, askReset, askStep } from "./dialogs.ts";
import { EarlyKeys } from "./early_keys.ts";
import type { JobControl } from "./job_control.ts";
import { ALL_KEYS, MOVES, REQUESTS } from "./key_line.ts";
import type { Key, KeyReader } from "./keys.ts";
import { StepView } from "./step_view.ts";
import { TerminalFront } from "./terminal_front.ts";
import { TerminalUi } from "./terminal_ui.ts";
import { browseVariables } from "./variable_list.ts";

/** What stepping through a lesson needs. */
export interface StepThroughOptions {
  /** The name of the lesson in the progress. */
  name: string;
  /** Its number in the course. */
  number: string;
  lesson: Lesson;
  /** The path of the file, and its text. */
  path: string;
  source: string;
  engine: Engine;
  stores: LessonStores;
  journal: Journal;
  types: TypeChecker;
  jobs: JobControl;
  color: boolean;
  /** The next lesson, for the last line. */
  nextTitle?: string;
  /** The course as a list, for going to a different lesson. */
  courseList(): string;
  /** What is wrong with the name of a lesson; undefined if the lesson exists. */
  problemWith(asked: string): string | undefined;
}

/** Steps through one lesson, from where the learner left off. */
export class StepThrough {
  readonly #options: StepThroughOptions;
  readonly #ui: TerminalUi;
  readonly #steps: StepView;
  readonly #controller: SessionController;
  readonly #early = new EarlyKeys();

  constructor(options: StepThroughOptions, keys: KeyReader) {
    const { engine, stores, journal, name, lesson, types, number, nextTitle } = options;
    this.#options = options;
    const ui = this.#ui = new TerminalUi(keys, options.color, (columns, rows) => engine.resize(columns, rows));
    const steps = this.#steps = new StepView(ui, { number, nextTitle, journal, answers: stores.answers });
    const front = new TerminalFront({
      ...{ ui, steps, engine, journal },
      answer: (id) => stores.answers.read(id),
      post: (event) => this.#controller.post(event),
    });
    const tools = { name, lesson, engine, stores, types, front };
    this.#controller = new SessionController({ ...tools, hasNext: nextTitle !== undefined });
  }

  /** Runs until the learner leaves. */
  async run(): Promise<Destination> {
    const { keys, terminal, region } = this.#ui;
    const controller = this.#controller;
    const { jobs } = this.#options;
    terminal.open();
    jobs.view = {
      lost: () => region.lost(),
      leave: () => this.#ui.suspend(),
      back: (stopped) => this.#back(stopped),
    };
    const signals: [Deno.Signal, () => void][] = [["SIGINT", () => controller.stop()]];
    if (Deno.build.os !== "windows") signals.push(["SIGTERM", () => this.#end()]);
    for (const [name, listener] of signals) Deno.addSignalListener(name, listener);
    try {
      controller.start();
      controller.watch(this.#options.path);
      void this.#checkSource();
      while (true) {
        await controller.settle();
        const { destination, phase } = controller.state;
        if (destination) return destination;
        if (phase !== "running") keys.unread(this.#early.take());
        await Promise.race([keys.ready(), controller.ready()]);
        const key = controller.pending ? undefined : keys.take();
        if (key !== undefined) await this.#react(key);
      }
    } finally {
      for (const [name, listener] of signals) Deno.removeSignalListener(name, listener);
      jobs.view = undefined;
      region.statusLine = "";
      controller.close();
      terminal.close();
    }
  }

  /** Takes the terminal back after the program was stopped; what the shell has left on the screen stays there. */
  #back(stopped: boolean): void {
    const { state } = this.#controller;
    this.#ui.resume();
    if (this.#ui.terminal.suspended) return; // the editor has it again
    if (!stopped) this.#ui.say("Ctrl-Z needs a shell to come back from, and there is none: q leaves the lesson");
    else if (state.phase !== "running") this.#steps.again(state);
  }

  async #react(key: Key): Promise<void> {
    this.#ui.terminal.look();
    const controller = this.#controller;
    const move = MOVES[key];
    if (key === "ctrl-c") return controller.stop();
    if (controller.state.phase === "running") {
      if (move?.type === "goto" || move?.type === "leave") controller.post(move);
      else this.#early.add(key);
    } else if (move?.type === "next" && this.#steps.more) this.#nextPage();
    else if (move) {
      if (move.type === "goto") this.#steps.release();
      controller.post(move);
    } else await this.#command(key);
  }

  /** Handles the keys that do not move through the lesson. */
  async #command(key: Key): Promise<void> {
    const ui = this.#ui;
    const controller = this.#controller;
    const { state } = controller;
    if (key === "?") ui.print(`\n${ui.renderer.table(ALL_KEYS)}`);
    else if (key === "v") await browseVariables(ui, this.#options.engine);
    else if (key === "g") {
      const step = await askStep(ui, state.steps.length);
      if (step !== undefined) controller.post({ type: "goto", at: step - 1 });
    } else if (key === "l") {
      const { courseList, problemWith } = this.#options;
      const lesson = await askLesson(ui, courseList(), problemWith);
      if (lesson !== undefined) controller.post({ type: "leave", to: { lesson } });
    } else if (key === "x") {
      const id = exerciseOf(state.steps[state.at]);
      const what = await askReset(ui, id !== undefined && this.#options.stores.answers.read(id) !== undefined);
      if (what) controller.post({ type: "reset", what });
    } else if (REQUESTS[key]) controller.post(REQUESTS[key]);
    this.#steps.release();
    controller.post({ type: "shown" });
  }

  #nextPage(): void {
    this.#steps.nextPage();
    if (!this.#steps.more) this.#controller.post({ type: "shown" });
    else this.#controller.redraw();
  }

  /** Reports a file that does not parse at once, not only when its cell is reached. */
  async #checkSource(): Promise<void> {
    const wrong = await this.#options.engine.check(this.#options.source).catch(() => undefined);
    if (wrong) this.#controller.post({ type: "errors", errors: [wrong] });
  }

  /** Ends the program after a signal, and restores the terminal. */
  #end(): never {
    this.#ui.region.statusLine = "";
    this.#ui.terminal.close();
    Deno.exit(143);
  }
}
