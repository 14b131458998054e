/** The front end for the terminal: shows step by step, runs on a key, and keeps the place. */

import type { Engine } from "../engine/engine.ts";
import type { Cell, Lesson } from "../parse.ts";
import type { Progress } from "../progress/progress.ts";
import type { LessonError, Output } from "../engine/protocol.ts";
import { advance, begin, placeOf, type Step, type StepperEvent, type StepperState, stepsOf } from "../stepper.ts";
import { Area, rowsOf } from "./area.ts";
import type { Key, KeyReader } from "./keys.ts";
import { Renderer } from "./renderer.ts";
import { styleOf } from "./style.ts";
import { Terminal } from "./terminal.ts";

/** What a lesson is stepped through with. */
export interface StepThroughOptions {
  /** The name of the lesson in the progress. */
  name: string;
  /** Its number in the course. */
  number: string;
  lesson: Lesson;
  /** The text of the file. */
  source: string;
  engine: Engine;
  progress: Progress;
  color: boolean;
  /** The lesson that comes after it, for the last line. */
  following?: string;
}

/** How it ended: the learner left, went on to the next lesson, or the input was closed. */
export type Leaving = "left" | "following";

/** What a step has put out when it last ran, for reading back. */
interface Record {
  outputs: Output[];
  error?: LessonError;
}

const KEYS: { [key: Key]: StepperEvent } = {
  enter: { type: "next" },
  space: { type: "next" },
  down: { type: "next" },
  right: { type: "next" },
  b: { type: "back" },
  up: { type: "back" },
  left: { type: "back" },
  r: { type: "again" },
  q: { type: "leave" },
  "ctrl-d": { type: "leave" },
  end: { type: "leave" },
};

/** Steps through one lesson, from where the learner left it. */
export class StepThrough {
  readonly #options: StepThroughOptions;
  readonly #engine: Engine;
  readonly #terminal: Terminal;
  readonly #area: Area;
  readonly #renderer: Renderer;
  readonly #records = new Map<number, Record>(); // by the index of the cell
  #state: StepperState;
  #pages: string[] = []; // what of the step is still to be shown, a screenful each
  #note = ""; //            what is going on, in the line of keys

  constructor(options: StepThroughOptions) {
    this.#options = options;
    this.#engine = options.engine;
    this.#terminal = new Terminal((before) => this.#resized(before));
    this.#area = new Area(this.#terminal);
    this.#renderer = new Renderer(styleOf(options.color), this.#terminal.columns);
    this.#state = begin(stepsOf(options.lesson.cells), options.progress.lesson(options.name)?.cell ?? 0);
    if (this.#state.at >= this.#state.steps.length) this.#state = begin(this.#state.steps, 0); // once more from the start
  }

  /** Runs until the learner leaves. */
  async run(keys: KeyReader): Promise<Leaving> {
    this.#terminal.open();
    const signals: [Deno.Signal, () => void][] = [["SIGINT", () => this.#interrupt()]];
    if (Deno.build.os !== "windows") signals.push(["SIGTERM", () => this.#end()]);
    for (const [name, listener] of signals) Deno.addSignalListener(name, listener);
    try {
      this.#resume();
      this.#show();
      this.#save();
      void this.#check();
      while (true) {
        const leaving = this.#react(await keys.next());
        if (leaving) return leaving;
      }
    } finally {
      for (const [name, listener] of signals) Deno.removeSignalListener(name, listener);
      this.#area.status = "";
      this.#engine.close();
      this.#terminal.close();
    }
  }

  #react(key: Key): Leaving | undefined {
    this.#terminal.look();
    if (key === "ctrl-c") {
      this.#interrupt();
      return undefined;
    }
    const event = KEYS[key];
    if (!event) return undefined;
    if (event.type === "next" && this.#pages.length > 0) {
      this.#nextPage();
      return undefined;
    }
    const before = this.#state;
    if (event.type === "next" && before.at >= before.steps.length) {
      return this.#options.following ? "following" : "left";
    }
    this.#move(event);
    return this.#state.left ? "left" : undefined;
  }

  /** Lets an event happen, and does what the new state asks for. */
  #move(event: StepperEvent): void {
    const before = this.#state;
    this.#state = advance(before, event);
    if (this.#state === before || this.#state.left) return;
    this.#note = "";
    if (this.#state.at !== before.at) this.#show();
    if (this.#state.phase === "running" && before.phase !== "running") void this.#run();
    if (this.#state.reached !== before.reached) this.#save();
    this.#drawKeys();
  }

  async #run(): Promise<void> {
    const cell = this.#state.steps[this.#state.at].code!;
    const record: Record = { outputs: [] };
    this.#area.print(this.#pages.splice(0).join("")); // code that is run is shown in full
    const result = await this.#engine.run(cell, (output) => {
      if (record.outputs.length === 0) this.#area.print("\n");
      record.outputs.push(output);
      this.#print(output);
    }, (done, total) => this.#replaying(done, total));
    if (result.status === "failed") record.error = result.error;
    this.#records.set(cell.index, record);
    this.#area.settle();
    if (record.error) this.#area.print("\n" + this.#renderer.error(record.error));
    if (result.status === "interrupted") this.#say("Stopped; the variables are kept as they are");
    if (result.status === "stopped") {
      this.#say("Stopped. The cells before this one will be run again, silently, when they are needed");
    }
    this.#move({ type: "finished", status: result.status });
    if (this.#engine.stale) this.#restore();
  }

  /** Runs again, while the learner reads, what has to be run again. */
  #restore(): void {
    const report = (done: number, total: number): void => this.#replaying(done, total);
    this.#engine.restore(report).catch((error) => this.#say(String(error))).finally(() => {
      this.#note = "";
      this.#drawKeys();
    });
  }

  /** Cells of an earlier session are run again while the learner reads. */
  #resume(): void {
    const place = placeOf(this.#state);
    const behind = this.#options.lesson.cells.filter(({ index, kind }) => kind === "code" && index < place);
    this.#engine.assume(behind, (cell, output) => {
      const record = this.#records.get(cell.index) ?? { outputs: [] };
      record.outputs.push(output);
      this.#records.set(cell.index, record);
    });
    if (behind.length > 0) this.#restore();
  }

  /** A file that does not parse is said at once, not when its cell is reached. */
  async #check(): Promise<void> {
    const wrong = await this.#engine.check(this.#options.source).catch(() => undefined);
    if (wrong) this.#area.print("\n" + this.#renderer.error(wrong));
  }

  #interrupt(): void {
    if (!this.#engine.busy) this.#note = "q leaves the lesson";
    else this.#note = this.#engine.stopping ? "stopping now" : "stopping after this batch · Ctrl-C again stops at once";
    this.#engine.interrupt();
    this.#drawKeys();
  }

  #replaying(done: number, total: number): void {
    this.#note = `running the earlier cells again: ${done + 1} of ${total}`;
    this.#drawKeys();
  }

  #show(): void {
    const { steps, at } = this.#state;
    this.#area.settle();
    if (at >= steps.length) return this.#showEnd();
    const step = steps[at];
    const back = at < this.#state.reached ? " · read back" : "";
    const heading = `${at + 1} of ${steps.length}${titleOf(step)}${back}`;
    const parts = [this.#renderer.rule(heading, `${Number(this.#options.number)} ${this.#options.lesson.title}`)];
    parts.push(...step.cells.map((cell) => this.#renderer.cell(cell)).filter(Boolean));
    this.#pages = this.#paginate("\n" + parts.join("\n"));
    this.#nextPage();
    if (back && step.code) this.#showRecord(step.code);
    this.#drawKeys();
  }

  /** What a step had put out, as it was: of a display, its last state. */
  #showRecord(cell: Cell): void {
    const record = this.#records.get(cell.index);
    if (!record) return;
    this.#area.print(this.#pages.splice(0).join("") + "\n");
    for (const output of record.outputs) this.#print(output);
    this.#area.settle();
    if (record.error) this.#area.print(this.#renderer.error(record.error));
  }

  #showEnd(): void {
    const { lesson, number, following } = this.#options;
    const { style } = this.#renderer;
    this.#pages = [];
    this.#area.print(`\n${style.good(`✓ Lesson ${Number(number)}, ${lesson.title}, is done`)}\n`);
    if (following) this.#area.print(`Next comes ${following}\n`);
    this.#drawKeys();
  }

  #print(output: Output): void {
    const text = this.#renderer.output(output);
    if (output.type === "display") this.#area.show(text, output.displayId);
    else this.#area.print(text);
  }

  #say(text: string): void {
    this.#area.settle();
    this.#area.print(this.#renderer.text(this.#renderer.style.italic(text)));
  }

  #paginate(text: string): string[] {
    const pages: string[] = [];
    let page = "";
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      if (page && rowsOf(page + line, this.#terminal.columns) > this.#terminal.rows - 3) {
        pages.push(page);
        page = "";
      }
      page += line;
    }
    return [...pages, page];
  }

  #nextPage(): void {
    const page = this.#pages.shift();
    if (page) this.#area.print(page);
    this.#drawKeys();
  }

  #drawKeys(): void {
    const { bold } = this.#renderer.style;
    this.#area.status = this.#keys().replace(/(^|· )(Enter|Ctrl-C|[a-z])(?= )/g, (_all, dot, key) => dot + bold(key));
  }

  #keys(): string {
    const { phase, at, steps } = this.#state;
    if (this.#pages.length > 0) return "Enter more · b back · q leave";
    if (phase === "running") return this.#note || "running … Ctrl-C stops";
    const step = steps[at];
    const keys: string[] = [];
    if (!step) keys.push(this.#options.following ? "Enter next lesson" : "Enter leave");
    else if (phase === "waiting" && step.code) keys.push("Enter run");
    else keys.push(at + 1 < steps.length ? "Enter next" : "Enter finish");
    if (at > 0) keys.push("b back");
    if (step?.code && phase !== "waiting") keys.push("r run again");
    keys.push("q leave");
    if (this.#note) keys.push(this.#note);
    return keys.join(" · ");
  }

  #resized(before: number): void {
    const { columns, rows } = this.#terminal;
    this.#renderer.columns = columns;
    this.#area.resized(before);
    this.#engine.resize(columns, rows);
  }

  #save(): void {
    const { progress, name, lesson } = this.#options;
    const done = this.#state.reached >= this.#state.steps.length;
    progress.save(name, { cell: placeOf(this.#state), cells: lesson.cells.length, done });
    for (const notice of progress.notices.splice(0)) this.#say(notice);
  }

  /** Asked to end from outside: the terminal is left as it was found. */
  #end(): never {
    this.#area.status = "";
    this.#terminal.close();
    Deno.exit(143);
  }
}

function titleOf(step: Step): string {
  const title = step.cells.find((cell) => cell.title)?.title;
  return title ? ` · ${title}` : "";
}
