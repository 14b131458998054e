/** The front end without pauses: for pipes, for CI, and for anyone who wants to see a whole lesson at once. */

import type { Cell } from "../../cells/document/document.ts";
import type { CellError, Code, Output } from "../../cells/engine/protocol.ts";
import { shortPath } from "../../course/catalog.ts";
import type { Front } from "../../course/front.ts";
import type { View } from "../../course/session_events.ts";
import type { SessionState } from "../../course/session_state.ts";
import { exerciseOf } from "../../course/steps.ts";
import { highlight } from "../text/highlight.ts";
import { OutputRenderer } from "../text/output_renderer.ts";
import type { Renderer } from "../text/renderer.ts";
import { transcript } from "../text/transcript.ts";
import { visibleLine } from "../text/visible.ts";

/** Where text goes: `LiveRegion` for a terminal, `PipeOutput` for a pipe. */
export interface PlainOutput {
  /** Prints text of the course; more may follow on the same line. */
  print(text: string): void;
  /** Prints text that a cell has written; more may follow on the same line, or write over it. */
  output(text: string): void;
  /** Prints a display; one with an `id` may be printed again and replaces its earlier state. */
  show(text: string, id?: string): void;
  /** Makes everything that was printed so far final. */
  settle(): void;
}

/** How to print a lesson. */
interface PlainFrontOptions {
  renderer: Renderer;
  output: PlainOutput;
  /** Whether to wrap long lines of output, as on a screen; in a pipe they stay whole. */
  wrap: boolean;
  /** The code that runs for a cell: the learner's answer instead of the exercise. */
  code(cell: Cell): Code;
}

/** Prints what the session shows. It never asks: the session knows that nobody is watching. */
export class PlainFront implements Front {
  readonly #options: PlainFrontOptions;
  readonly #outputs: OutputRenderer;
  #printed = false; // whether the running cell has output something

  constructor(options: PlainFrontOptions) {
    this.#options = options;
    this.#outputs = new OutputRenderer(options.renderer, options.wrap);
  }

  view(view: View, state: SessionState): void {
    const { output } = this.#options;
    if (view.type === "step") this.#step(state);
    else if (view.type === "output") this.#output(view.output);
    else if (view.type === "errors") { for (const error of view.errors) this.#error(error, state); }
    else if (view.type === "settle") {
      output.output(this.#outputs.end());
      output.settle();
      if (this.#printed && state.phase === "done") output.print("\n");
      this.#printed = false;
    }
  }

  changed(): void {}

  attend<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  edit(): boolean {
    return false;
  }

  transcribe(outputs: readonly Output[], error?: CellError): { text: string; ansi?: string } {
    return transcript(outputs, error, this.#options.renderer);
  }

  #step({ steps, at }: SessionState): void {
    const { renderer, output } = this.#options;
    for (const cell of steps[at]?.cells ?? []) {
      const answer = this.#answer(cell);
      const text = answer ? answerText(answer, renderer) : renderer.cell(cell);
      if (text) output.print(text + "\n");
    }
  }

  #answer(cell: Cell): Code | undefined {
    const code = cell.kind === "code" ? this.#options.code(cell) : undefined;
    return code?.file === undefined ? undefined : code;
  }

  #output(put: Output): void {
    const { output } = this.#options;
    this.#printed = true;
    const text = this.#outputs.render(put);
    if (put.type === "text") output.output(text);
    else output.show(text, put.type === "display" ? put.displayId : undefined);
  }

  /** Prints an error with its location; an exercise whose answer does not run is still open. */
  #error(error: CellError, { steps, at }: SessionState): void {
    const { renderer, output } = this.#options;
    const id = exerciseOf(steps[at]);
    if (id === undefined) output.print(renderer.error(error));
    else output.print(`○ ${id} is still open: the answer does not run\n${renderer.error(error)}\n`);
  }
}

/** An answer without the question at its top, which is shown above it already; lines are numbered as in its file. */
function answerText({ source, file }: Code, renderer: Renderer): string {
  const head = /^(\/\/[^\n]*\n|\s*\n)*/.exec(source)![0];
  const line = head.split("\n").length;
  const code = renderer.code(highlight(source.slice(head.length), renderer.style), line);
  return `Your answer, ${visibleLine(shortPath(file!))}:\n${code}`;
}
