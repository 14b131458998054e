/** The front end for the terminal: shows step by step, runs on a key, and keeps the place. */

import type { CellResult, Frames, LessonError, Output } from "../../cells/engine/protocol.ts";
import type { Engine } from "../../cells/engine/engine.ts";
import { advance, begin, placeOf, type StepperEvent, type StepperState, stepsOf } from "../../course/stepper.ts";
import { askLesson, askReset, askStep } from "./dialogs.ts";
import { ExerciseDesk } from "./exercise_desk.ts";
import { ALL_KEYS, keysNow, MOVES } from "./key_line.ts";
import type { Key, KeyReader } from "./keys.ts";
import { afterChange, type LessonChange, LessonFile } from "./lesson_file.ts";
import { play } from "./play.ts";
import { ask } from "./prompt.ts";
import { Stage } from "./stage.ts";
import type { Leaving, StepThroughOptions } from "./step_through_options.ts";
import { StepView } from "./step_view.ts";
import { browseVariables } from "./variable_list.ts";
import { walkFrames } from "./walk_frames.ts";

/** Steps through one lesson, from where the learner left it. */
export class StepThrough {
  readonly #options: StepThroughOptions;
  readonly #engine: Engine;
  readonly #stage: Stage;
  readonly #view: StepView;
  readonly #desk: ExerciseDesk;
  readonly #file: LessonFile;
  readonly #watching = new AbortController();
  #state: StepperState;
  #note = ""; //                          what is going on, in the line of keys
  #modal = false; //                      a prompt or a list has the keys
  #todo: (() => Promise<void> | void)[] = []; // what waits for its turn between two keys
  #wake = (): void => {};
  #waiting = new Set<string>(); //        answers that were saved while a cell ran
  #early?: { key: Key; at: number }; //   a key that came before the cell was done
  #asked = new Set<string>(); //          guesses that were asked for in this session

  constructor(options: StepThroughOptions, keys: KeyReader) {
    this.#options = options;
    this.#engine = options.engine;
    this.#stage = new Stage(keys, options.color, (columns, rows) => this.#engine.resize(columns, rows));
    this.#desk = new ExerciseDesk(this.#stage, options);
    this.#view = new StepView(this.#stage, options, this.#desk);
    this.#file = new LessonFile(options.path, options.lesson);
    this.#state = begin(stepsOf(options.lesson.cells), options.progress.lesson(options.name)?.cell ?? 0);
    if (this.#state.at >= this.#state.steps.length) this.#state = begin(this.#state.steps, 0); // once more from the start
  }

  /** Runs until the learner leaves. */
  async run(): Promise<Leaving> {
    const { keys, terminal } = this.#stage;
    terminal.open();
    const signals: [Deno.Signal, () => void][] = [["SIGINT", () => this.#interrupt()]];
    if (Deno.build.os !== "windows") signals.push(["SIGTERM", () => this.#end()]);
    for (const [name, listener] of signals) Deno.addSignalListener(name, listener);
    try {
      const behind = this.#view.codeBefore(placeOf(this.#state));
      this.#engine.assume(behind); // they are run again while the learner reads
      if (behind.length > 0) this.#restore();
      this.#show();
      this.#save();
      void this.#check();
      this.#watch();
      while (true) {
        const todo = this.#todo.shift();
        if (todo) await this.#alone(todo);
        else await Promise.race([keys.ready(), new Promise<void>((resolve) => this.#wake = resolve)]);
        if (this.#todo.length > 0) continue;
        const key = keys.take();
        const leaving = key === undefined ? undefined : await this.#react(key);
        if (leaving) return leaving;
      }
    } finally {
      for (const [name, listener] of signals) Deno.removeSignalListener(name, listener);
      this.#watching.abort();
      this.#desk.close();
      this.#stage.area.status = "";
      this.#engine.close();
      terminal.close();
    }
  }

  async #react(key: Key): Promise<Leaving | undefined> {
    this.#stage.terminal.look();
    if (key === "ctrl-c") {
      this.#interrupt();
      return undefined;
    }
    const event = MOVES[key];
    const before = this.#state;
    if (!event && before.phase !== "running") return await this.#command(key);
    if (event?.type === "next" && this.#view.more) {
      this.#view.nextPage();
      this.#drawKeys();
      return undefined;
    }
    if (event?.type === "next" && before.at >= before.steps.length) {
      return this.#options.following ? "following" : "left";
    }
    if (event?.type === "goto") this.#goTo(event.at);
    else if (event) this.#move(event);
    if (before.phase === "running" && this.#state === before) this.#early = { key, at: performance.now() };
    return this.#state.left ? "left" : undefined;
  }

  /** Keys that do not move through the lesson. */
  async #command(key: Key): Promise<Leaving | undefined> {
    const id = this.#desk.idOf(this.#state.steps[this.#state.at]);
    let leaving: Leaving | undefined;
    await this.#alone(async () => {
      if (key === "?") this.#stage.print(`\n${this.#stage.renderer.table(ALL_KEYS)}`);
      else if (key === "p") await this.#play();
      else if (key === "v") await browseVariables(this.#stage, this.#engine);
      else if (key === "g") {
        const step = await askStep(this.#stage, this.#state.steps.length);
        if (step !== undefined) this.#later(() => this.#goTo(step - 1));
      } else if (key === "l") {
        const lesson = await askLesson(this.#stage, this.#options.courseList(), this.#options.findLesson);
        if (lesson !== undefined) leaving = { lesson };
      } else if (key === "x") await this.#reset(id);
      else if (key === "e" || key === "h" || key === "s") {
        if (!id) this.#stage.say("There is no exercise in this step");
        else if (key === "h") await this.#desk.hint(id);
        else if (key === "s") await this.#desk.solution(id);
        else await this.#edit(id);
      }
      this.#view.release();
    });
    return leaving;
  }

  /** Lets something have the keys to itself. */
  async #alone(work: () => Promise<void> | void): Promise<void> {
    this.#modal = true;
    try {
      await work();
    } finally {
      this.#modal = false;
      this.#sayNotices();
      this.#drawKeys();
    }
  }

  /** Lets something happen once no prompt and no list has the keys. */
  #later(work: () => Promise<void> | void): void {
    this.#todo.push(work);
    this.#wake();
  }

  /** Lets an event happen, and does what the new state asks for. */
  #move(event: StepperEvent): void {
    const before = this.#state;
    this.#state = advance(before, event);
    if (this.#state === before || this.#state.left) return;
    this.#note = "";
    if (this.#state.at !== before.at || event.type === "reset") this.#show();
    if (this.#state.phase === "running" && before.phase !== "running") void this.#run();
    if (this.#state.reached !== before.reached) this.#save();
    this.#drawKeys();
    if (this.#state.until !== undefined && this.#state.phase !== "running") {
      this.#later(() => this.#move({ type: "on" }));
    } else if (this.#state.until === undefined) this.#later(() => this.#askGuess());
  }

  #goTo(step: number): void {
    this.#view.release();
    this.#move({ type: "goto", at: Math.min(step, this.#state.steps.length) });
  }

  async #run(): Promise<void> {
    const { at, steps, until } = this.#state;
    const { code: cell, check } = steps[at];
    const id = this.#desk.idOf(steps[at]);
    const outputs: Output[] = [];
    const frames: Frames[] = [];
    this.#view.release(); // code that is run is shown in full
    const take = (output: Output): void => {
      if (outputs.length === 0) this.#stage.print("\n");
      outputs.push(output);
      if (output.type === "verdict") this.#desk.judged(output.verdict);
      if (output.type === "display" && output.frames && until === undefined) frames.push(output.frames);
      else this.#stage.output(output);
    };
    const replaying = (done: number, total: number): void => this.#replaying(done, total);
    const code = this.#desk.code(cell!);
    const judges = cell!.tags.includes("check");
    let result: CellResult = judges
      ? await this.#engine.aside(code, take)
      : await this.#engine.run(code, take, replaying);
    const open = result.status === "failed" && id !== undefined && this.#desk.stopped(id, result.error) === "open";
    if (check && result.status === "done") result = await this.#engine.aside(this.#desk.code(check), take);
    else if (open && result.status === "failed") {
      take({ type: "verdict", verdict: { id: id!, kind: "open", message: result.error.message, ...NOTHING } });
      result = { status: "done", milliseconds: result.milliseconds };
    }
    this.#ran(cell!.index, outputs, result);
    for (const each of frames) this.#later(() => walkFrames(this.#stage, this.#engine, each));
    const showGuess = (): void => this.#view.showGuess(this.#state, true);
    if (frames.length > 0) this.#later(showGuess);
    else showGuess();
    if (id !== undefined) this.#desk.checkTypes(id, (errors) => this.#later(() => this.#showErrors(errors)));
    this.#move({ type: "finished", status: result.status });
    if (this.#engine.stale) this.#restore();
    for (const saved of this.#waiting) this.#later(() => this.#saved(saved));
    this.#waiting.clear();
    const early = this.#early;
    this.#early = undefined;
    if (early && performance.now() - early.at < EARLY_MS) this.#later(() => this.#stage.keys.unread([early.key]));
  }

  /** Says and writes down what became of a cell. */
  #ran(index: number, outputs: Output[], result: CellResult): void {
    const error = result.status === "failed" ? result.error : undefined;
    this.#stage.area.settle();
    this.#view.ran(index, outputs, result);
    if (error) this.#showErrors([error]);
    if (result.status === "interrupted") this.#stage.say("Stopped; the variables are kept as they are");
    if (result.status === "stopped") {
      this.#stage.say("Stopped. The cells before this one will be run again, silently, when they are needed");
    }
  }

  #showErrors(errors: readonly LessonError[]): void {
    for (const error of errors) this.#stage.print("\n" + this.#stage.renderer.error(error));
  }

  /** Runs again, while the learner reads, what has to be run again. */
  #restore(): void {
    const report = (done: number, total: number): void => this.#replaying(done, total);
    this.#engine.restore(report).catch((error) => this.#stage.say(String(error))).finally(() => {
      this.#note = "";
      this.#drawKeys();
    });
  }

  /** A file that does not parse is said at once, not when its cell is reached. */
  async #check(): Promise<void> {
    const wrong = await this.#engine.check(this.#options.source).catch(() => undefined);
    if (wrong) this.#showErrors([wrong]);
  }

  /** The lesson's file and the answers are watched: whoever saves one sees what comes of it. */
  #watch(): void {
    const { signal } = this.#watching;
    this.#options.answers.watch((id) => this.#later(() => this.#saved(id)), signal);
    this.#file.watch((change) => this.#later(() => this.#changed(change)), signal);
  }

  /** An answer was saved; while a cell runs, that waits. */
  #saved(id: string): void {
    const { at, phase, steps } = this.#state;
    if (phase === "running") this.#waiting.add(id);
    if (phase === "running" || !this.#view.isNews(id)) return;
    if (this.#options.answers.read(id) === undefined) {
      const code = steps.find((step) => step.code?.id === id)?.code;
      if (code) this.#desk.code(code); // says that it is gone
    } else if (this.#desk.idOf(steps[at]) === id) this.#judge();
    else this.#note = `saved ${id}; its step checks it`;
  }

  #judge(): void {
    this.#move(this.#state.phase === "waiting" ? { type: "next" } : { type: "again" });
  }

  async #edit(id: string): Promise<void> {
    const fresh = this.#options.answers.read(id) === undefined;
    const back = await this.#desk.edit(id);
    if (fresh && !back) this.#view.isNews(id, true);
    if (back && (this.#view.isNews(id) || fresh)) this.#later(() => this.#judge());
  }

  /** The author, or a curious learner, has changed the lesson. */
  #changed(change: LessonChange): void {
    if (this.#state.phase === "running") return this.#later(() => this.#changed(change));
    if ("error" in change) return this.#showErrors([change.error]);
    const { lesson, first, moved } = change;
    this.#view.lesson = this.#desk.lesson = lesson;
    this.#engine.moved(moved);
    const stale = this.#view.markStale(first, placeOf(this.#state));
    const { touched, ran, event } = afterChange(change, this.#state);
    this.#state = advance(this.#state, event);
    this.#stage.say(`The lesson's file has changed, from step ${touched + 1} on`);
    if (ran && stale > 0) this.#stage.say("What ran after it is stale: Enter runs it again, step by step");
    this.#show();
    this.#save();
    if (ran && this.#state.steps[touched]?.code) this.#move({ type: "next" });
  }

  #interrupt(): void {
    if (this.#state.until !== undefined) this.#state = { ...this.#state, until: undefined };
    if (!this.#engine.busy) this.#note = "q leaves the lesson";
    else this.#note = this.#engine.stopping ? "stopping now" : "stopping after this batch · Ctrl-C again stops at once";
    this.#engine.interrupt();
    this.#drawKeys();
  }

  #replaying(done: number, total: number): void {
    this.#note = `running the earlier cells again: ${done + 1} of ${total}`;
    this.#drawKeys();
  }

  async #play(): Promise<void> {
    const { journal, progress, name } = this.#options;
    const history = journal.entries.flatMap((entry) => entry.type === "play" ? [entry.source] : []);
    const before = placeOf(this.#state);
    const { sources, kept } = await play(this.#stage, this.#engine, history, (source, outputs) => {
      journal.add({ type: "play", source, text: this.#view.plain(outputs) });
    });
    if (sources.length > 0 && kept) progress.keep(name, before, sources);
    if (sources.length > 0 && !kept) {
      this.#engine.remake(this.#view.codeBefore(before));
      this.#restore();
    }
  }

  async #reset(id: string | undefined): Promise<void> {
    const answered = id !== undefined && this.#options.answers.read(id) !== undefined;
    const what = await askReset(this.#stage, answered);
    if (what === "answer") {
      this.#desk.setAside(id!);
      this.#view.isNews(id!);
    }
    if (what !== "lesson") return;
    this.#options.progress.reset(this.#options.name);
    this.#options.checkpoints.clear();
    this.#engine.remake([]);
    this.#asked.clear();
    this.#view.reset();
    this.#stage.say("The lesson starts anew. Your answers are kept in their files");
    this.#move({ type: "reset" });
    this.#save();
  }

  /** A question waits for a guess, once. */
  async #askGuess(): Promise<void> {
    const cell = this.#view.question(this.#state);
    if (!cell || this.#view.more || this.#state.until !== undefined || this.#asked.has(cell.id)) return;
    this.#asked.add(cell.id);
    const { progress, journal, name } = this.#options;
    if (progress.lesson(name)?.guesses?.[cell.id] !== undefined) return;
    const guess = await ask(this.#stage, { label: "Your guess: ", keys: "Enter keeps it · Esc or nothing passes" });
    if (guess === undefined || guess.trim() === "") return;
    progress.guess(name, cell.id, guess.trim());
    journal.add({ type: "guess", id: cell.id, guess: guess.trim() });
    this.#move({ type: "next" });
  }

  #show(): void {
    this.#view.show(this.#state);
    this.#drawKeys();
    this.#later(() => this.#askGuess());
  }

  #drawKeys(): void {
    if (this.#modal) return;
    const id = this.#desk.idOf(this.#state.steps[this.#state.at]);
    const { opened, passed } = this.#desk.known(id ?? "");
    const moment = {
      state: this.#state,
      pages: this.#view.more,
      following: this.#options.following !== undefined,
      exercise: id === undefined ? undefined : { opened, passed, judged: this.#desk.last(id) },
      note: this.#note,
    };
    this.#stage.area.status = this.#stage.keyLine(keysNow(moment, this.#stage.terminal.columns));
  }

  #save(): void {
    const { progress, name } = this.#options;
    const done = this.#state.reached >= this.#state.steps.length;
    progress.save(name, { cell: placeOf(this.#state), cells: this.#view.lesson.cells.length, done });
    this.#sayNotices();
  }

  #sayNotices(): void {
    for (const notice of this.#options.progress.notices.splice(0)) this.#stage.say(notice);
  }

  /** Asked to end from outside: the terminal is left as it was found. */
  #end(): never {
    this.#stage.area.status = "";
    this.#stage.terminal.close();
    Deno.exit(143);
  }
}

/** Whoever sees the output presses the next key, and the cell may not be quite done: a key of so late counts. */
const EARLY_MS = 300;

/** What is not known of an exercise that was never judged. */
const NOTHING = { hints: [], solution: "", explanation: "" };
