/** What of a lesson is on the screen: steps in pages, what they put out, the guesses beside the answers. */

import type { Answers } from "../../course/answers/answers.ts";
import type { CellResult, Code, LessonError, Output } from "../../cells/engine/protocol.ts";
import type { Cell, Lesson } from "../../cells/document/document.ts";
import type { Journal } from "../../course/progress/journal.ts";
import type { Progress } from "../../course/progress/progress.ts";
import { isToRun, type Step, type StepperState } from "../../course/stepper.ts";
import { rowsOf } from "./area.ts";
import type { ExerciseDesk } from "./exercise_desk.ts";
import { Renderer } from "../text/renderer.ts";
import type { Stage } from "./stage.ts";
import { styleOf } from "../text/style.ts";

/** What the view needs of the lesson. */
export interface StepViewOptions {
  name: string;
  number: string;
  lesson: Lesson;
  following?: string;
  progress: Progress;
  journal: Journal;
  answers: Answers;
}

/** What a cell has put out, for reading back. */
interface Record {
  outputs: Output[];
  error?: LessonError;
}

/** Shows the steps of one lesson. */
export class StepView {
  lesson: Lesson;
  readonly #options: StepViewOptions;
  readonly #stage: Stage;
  readonly #desk: ExerciseDesk;
  readonly #records = new Map<number, Record>(); // by the index of the cell
  readonly #stale = new Set<number>(); //           cells that ran before a change of one above them
  readonly #known = new Map<string, string | undefined>(); // the answers as they were last looked at
  #pages: string[] = []; //                         what of the step is still to be shown, a screenful each

  constructor(stage: Stage, options: StepViewOptions, desk: ExerciseDesk) {
    this.#stage = stage;
    this.#options = options;
    this.#desk = desk;
    this.lesson = options.lesson;
    for (const { id, tags } of this.lesson.cells) if (tags.includes("exercise")) this.isNews(id);
  }

  /** Whether there is more of the step to be shown. */
  get more(): boolean {
    return this.#pages.length > 0;
  }

  /** Shows a step from its top. */
  show(state: StepperState): void {
    const { steps, at } = state;
    this.#stage.area.settle();
    this.#pages = [];
    if (at >= steps.length) return this.#showEnd();
    const step = steps[at];
    const { renderer } = this.#stage;
    const back = at < state.reached;
    const stale = step.code && this.#stale.has(step.code.index);
    const notes = `${titleOf(step)}${back ? " · read back" : stale ? " · stale" : ""}`;
    const heading = renderer.rule(
      `${at + 1} of ${steps.length}${notes}`,
      `${Number(this.#options.number)} ${this.lesson.title}`,
    );
    const cells = step.cells.map((cell) => renderer.cell(cell)).filter(Boolean);
    this.#pages = this.#paginate("\n" + [heading, ...cells].join("\n"));
    this.nextPage();
    if (back && step.code) this.#showRecord(step.code);
    if (back) this.showGuess(state, false);
  }

  nextPage(): void {
    const page = this.#pages.shift();
    if (page) this.#stage.print(page);
  }

  /** Shows the rest of the step at once. */
  release(): void {
    this.#stage.print(this.#pages.splice(0).join(""));
  }

  /** Keeps what a cell has put out. */
  ran(index: number, outputs: Output[], result: CellResult): void {
    const error = result.status === "failed" ? result.error : undefined;
    this.#records.set(index, { outputs, error });
    this.#stale.delete(index);
    const { renderer } = this.#stage;
    const shown = outputs.map((output) => renderer.output(output)).join("") + (error ? renderer.error(error) : "");
    const plain = this.plain(outputs, error);
    this.#options.journal.add({
      type: "ran",
      cell: index,
      source: this.lesson.cells[index].source,
      status: result.status,
      milliseconds: result.milliseconds,
      text: plain,
      ...(shown === plain ? {} : { ansi: shown }),
    });
  }

  /** What was put out, without colours. */
  plain(outputs: readonly Output[], error?: LessonError): string {
    const renderer = new Renderer(styleOf(false), this.#stage.renderer.columns);
    const text = outputs.map((output) => renderer.output(output)).join("") + (error ? renderer.error(error) : "");
    // deno-lint-ignore no-control-regex
    return text.replace(/\x1b\[[\d;:]*m/g, "");
  }

  /** The question of a step that waits for a guess. */
  question({ steps, at, phase }: StepperState): Cell | undefined {
    return phase === "waiting" ? questionOf(steps[at]) : undefined;
  }

  /** The learner's guesses beside the answer: to the questions since the cell of code before, or to the one that is read back. */
  showGuess({ steps, at }: StepperState, answered: boolean): void {
    const guesses = this.#options.progress.lesson(this.#options.name)?.guesses ?? {};
    const { style } = this.#stage.renderer;
    let first = at;
    while (first > 0 && !steps[first - 1].code) first--;
    for (const step of steps[at]?.code ? steps.slice(first, at) : [steps[at]]) {
      const question = questionOf(step);
      const guess = question && guesses[question.id];
      if (typeof guess !== "string") continue;
      this.#stage.print(
        `${answered ? "\n" : ""}${this.#stage.renderer.text(`${style.bold("Your guess was:")} ${guess}`)}`,
      );
    }
  }

  /** The code that stands before a place, with the answers that there are, and what was kept from play. */
  codeBefore(place: number): Code[] {
    const { progress, name } = this.#options;
    const kept = progress.lesson(name)?.kept;
    const played = Array.isArray(kept) ? kept.filter(({ source }) => typeof source === "string") : [];
    const play = (at: number): Code[] =>
      played.filter(({ before }) => before === at)
        .map(({ source }) => ({ index: -1, source, line: 1, file: "play" }));
    const code: Code[] = [];
    for (const cell of this.lesson.cells) {
      if (cell.index > place) break;
      code.push(...play(cell.index));
      if (cell.index === place) break;
      if (isToRun(cell) && !cell.tags.includes("check")) code.push(this.#desk.code(cell));
    }
    if (place >= this.lesson.cells.length) code.push(...play(this.lesson.cells.length));
    return code;
  }

  /**
   * Whether an answer is another one than when this was last asked.
   *
   * @param starter Takes it for what a fresh file holds, whatever is in it by now.
   */
  isNews(id: string, starter = false): boolean {
    const text = starter ? this.#desk.starter(id)?.trimEnd() : this.#options.answers.read(id);
    const news = text !== this.#known.get(id);
    this.#known.set(id, text);
    return news;
  }

  /**
   * Marks what ran after a cell that has changed.
   *
   * @returns How many there are.
   */
  markStale(changed: number, place: number): number {
    const after = this.lesson.cells.filter(({ index, kind }) => kind === "code" && index > changed && index < place);
    for (const { index } of after) this.#stale.add(index);
    for (const index of [...this.#records.keys()]) if (index >= changed) this.#records.delete(index);
    return after.length;
  }

  /** Forgets what was put out. */
  reset(): void {
    this.#records.clear();
    this.#stale.clear();
    this.#pages = [];
  }

  /** What a step had put out, as it was: of a display, its last state. */
  #showRecord(cell: Cell): void {
    const record = this.#records.get(cell.index);
    const written = record ? undefined : this.#options.journal.lastRun(cell.index, cell.source);
    if (!record && !written) return;
    this.release();
    this.#stage.print("\n");
    for (const output of record?.outputs ?? []) this.#stage.output(output);
    if (written) this.#stage.print((this.#stage.renderer.style.color ? written.ansi : undefined) ?? written.text);
    this.#stage.area.settle();
    if (record?.error) this.#stage.print(this.#stage.renderer.error(record.error));
  }

  #showEnd(): void {
    const { number, following } = this.#options;
    const { style } = this.#stage.renderer;
    this.#stage.print(`\n${style.good(`✓ Lesson ${Number(number)}, ${this.lesson.title}, is done`)}\n`);
    const open = this.lesson.cells.filter(({ tags, id }) => tags.includes("exercise") && !this.#desk.known(id).passed);
    if (open.length > 0) this.#stage.print(`Still open: ${open.map(({ id }) => id).join(", ")} (g goes to a step)\n`);
    if (following) this.#stage.print(`Next comes ${following}\n`);
  }

  #paginate(text: string): string[] {
    const { columns, rows } = this.#stage.terminal;
    const pages: string[] = [];
    let page = "";
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      if (page && rowsOf(page + line, columns) > rows - 3) {
        pages.push(page);
        page = "";
      }
      page += line;
    }
    return [...pages, page];
  }
}

function questionOf(step: Step | undefined): Cell | undefined {
  return step?.cells.find(({ tags, id }) => tags.includes("predict") && id !== "");
}

function titleOf(step: Step): string {
  const title = step.cells.find((cell) => cell.title)?.title;
  return title ? ` · ${title}` : "";
}
