/** Shows a step of a lesson, one screen at a time; when a step is reviewed, with its earlier outputs. */

import type { Cell } from "../../cells/document/document.ts";
import type { Answers } from "../../course/answers/answers.ts";
import { shortPath } from "../../course/catalog.ts";
import type { Journal } from "../../course/progress/journal.ts";
import { exerciseState, type SessionState } from "../../course/session_state.ts";
import { type Step, stepOf } from "../../course/steps.ts";
import { highlight } from "../text/highlight.ts";
import { visibleLine } from "../text/visible.ts";
import { mostRows } from "../text/width.ts";
import type { TerminalUi } from "./terminal_ui.ts";

/** What the view needs to know about the lesson. */
interface StepViewOptions {
  /** Its number in the course. */
  number: string;
  /** The next lesson, for the last line. */
  nextTitle?: string;
  journal: Journal;
  /** The learner's answers, to be shown instead of the exercises. */
  answers?: Answers;
}

/** Shows the steps of one lesson. */
export class StepView {
  readonly #ui: TerminalUi;
  readonly #options: StepViewOptions;
  #pages: string[] = []; // the rest of the step, one string for each screen

  constructor(ui: TerminalUi, options: StepViewOptions) {
    this.#ui = ui;
    this.#options = options;
  }

  /** Whether there is more of the step to show. */
  get more(): boolean {
    return this.#pages.length > 0;
  }

  /** Shows a step from its top; one that is looked back at, with its earlier outputs. */
  show(state: SessionState, back = state.at < state.reached): void {
    const { steps, at, lesson } = state;
    this.#ui.region.settle();
    this.#pages = [];
    if (at >= steps.length) return this.#showEnd(state);
    const step = steps[at];
    const { renderer } = this.#ui;
    const stale = step.code && state.stale.has(step.code.index);
    const notes = `${titleOf(step)}${back ? " · review" : stale ? " · stale" : ""}`;
    const heading = renderer.rule(
      `${at + 1} of ${steps.length}${notes}`,
      `${Number(this.#options.number)} ${lesson.title}`,
    );
    const cells = step.cells.map((cell) => this.#cell(cell)).filter(Boolean);
    this.#pages = this.#paginate("\n" + [heading, ...cells].join("\n"));
    this.nextPage();
    if (back && step.code) this.#showRecord(state, step.code.index);
  }

  /** Shows the step again, as far as it was shown, with its outputs: other programs have used the screen. */
  again(state: SessionState): void {
    const whole = !this.more;
    const { code } = state.steps[state.at] ?? {};
    const waits = state.phase === "waiting";
    this.show(state, waits && state.at < state.reached);
    if (whole) this.release();
    if (whole && code && !waits && state.records.has(code.index)) this.#showRecord(state, code.index);
  }

  /** Shows the learner's answer as it is now. */
  showAnswer(id: string): void {
    const text = this.#answer(id);
    if (text) this.#ui.print(`\n${text}`);
  }

  /** A cell; instead of an exercise, the learner's answer, once there is one. */
  #cell(cell: Cell): string {
    const own = cell.tags.includes("exercise") && cell.id ? this.#answer(cell.id) : undefined;
    return own ?? this.#ui.renderer.cell(cell);
  }

  /** The learner's code, with the numbers of its lines; the question above it, which came from the lesson, is left out. */
  #answer(id: string): string | undefined {
    const { answers } = this.#options, { renderer } = this.#ui;
    const text = answers?.read(id);
    if (!answers || text === undefined) return undefined;
    const question = /^(\/\/[^\n]*\n|\s*\n)+/.exec(text)?.[0] ?? "";
    const code = highlight(text.slice(question.length), renderer.style);
    const path = visibleLine(shortPath(answers.path(id)));
    return renderer.style.dim(`Your answer, ${path}`) + "\n" + renderer.code(code, question.split("\n").length);
  }

  nextPage(): void {
    const page = this.#pages.shift();
    if (page) this.#ui.print(page);
  }

  /** Shows the rest of the step at once. */
  release(): void {
    this.#ui.print(this.#pages.splice(0).join(""));
  }

  /** Shows the earlier outputs of a cell: of each display, only the last state. */
  #showRecord({ records, lesson }: SessionState, cell: number): void {
    const { renderer, region } = this.#ui;
    const record = records.get(cell);
    const written = record ? undefined : this.#options.journal.lastRun(cell, lesson.cells[cell].source);
    if (!record && !written) return;
    this.release();
    this.#ui.print("\n");
    for (const output of record?.outputs ?? []) this.#ui.output(output);
    if (written) region.output((renderer.style.color ? written.ansi : undefined) ?? written.text);
    this.#ui.settle();
    if (record?.error) this.#ui.print(renderer.error(record.error));
  }

  #showEnd(state: SessionState): void {
    const { number, nextTitle } = this.#options;
    const { lesson, steps } = state;
    const { style } = this.#ui.renderer;
    const name = `Lesson ${Number(number)}, ${lesson.title}`;
    const open = lesson.cells.filter(({ tags, id }) => tags.includes("exercise") && !exerciseState(state, id).passed);
    const places = open.map(({ id, index }) => `${id} (step ${stepOf(steps, index) + 1})`);
    this.#ui.print(
      open.length === 0
        ? `\n${style.good(`✓ ${name}, is done`)}\n`
        : `\n${style.bold(`${name}: you have read all of it`)}\nStill open: ${places.join(", ")}. g goes to a step\n`,
    );
    if (nextTitle) this.#ui.print(`Next: ${nextTitle}\n`);
  }

  #paginate(text: string): string[] {
    const { columns, rows } = this.#ui.terminal;
    const pages: string[] = [];
    let page = "";
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      if (page && mostRows(page + line, columns) > rows - 3) {
        pages.push(page);
        page = "";
      }
      page += line;
    }
    return [...pages, page];
  }
}

function titleOf(step: Step): string {
  const title = step.cells.find((cell) => cell.title)?.title;
  return title ? ` · ${title}` : "";
}
