/** Goes through a lesson without pauses: for a pipe, for CI, and for whoever wants to see it all at once. */

import type { Engine } from "../../cells/engine/engine.ts";
import { shortPath } from "../../course/course.ts";
import type { CellResult, LessonError } from "../../cells/engine/protocol.ts";
import type { Cell, Lesson } from "../../cells/document/document.ts";
import { highlight } from "../text/highlight.ts";
import type { Renderer } from "../text/renderer.ts";

/** Where text goes. A terminal's `Area` is one; a pipe has {@linkcode PipeSink}. */
export interface Sink {
  /** Prints text; more may follow on the same line. */
  print(text: string): void;
  /** Prints a display; one with an `id` may come again and replaces what it was. */
  show(text: string, id?: string): void;
  /** Nothing printed so far changes any more. */
  settle(): void;
}

/** What a learner has written for an exercise. */
export interface Answer {
  source: string;
  /** The path of the file. */
  file: string;
}

/**
 * Prints every cell, runs it and prints what it puts out. An exercise that is open, or whose answer is wrong, is reported and passed over.
 *
 * @param wrap Whether long lines of output are wrapped, as on a screen; in a pipe they stay whole.
 * @param answerTo Gives the learner's answer to an exercise, if there is one; it is shown and run in the place of the cell.
 * @returns The result of the cell that ended it, or of the last one.
 */
export async function runThrough(
  lesson: Lesson,
  engine: Engine,
  renderer: Renderer,
  sink: Sink,
  wrap: boolean,
  answerTo: (cell: Cell) => Answer | undefined = () => undefined,
): Promise<CellResult> {
  let last: CellResult = { status: "done", milliseconds: 0 };
  let broken: string | undefined; // the exercise whose answer does not run: what its check says of that is nothing new
  for (const cell of lesson.cells) {
    const [exercise, check] = ["exercise", "check"].map((tag) => cell.tags.includes(tag));
    const answer = exercise && cell.id ? answerTo(cell) : undefined;
    const text = answer ? answerText(answer, renderer) : renderer.cell(cell);
    if (text) sink.print(text + "\n");
    if (cell.kind !== "code" || cell.source.trim() === "") continue;
    let some = false;
    const { index, source, line } = cell;
    last = await engine.run(
      { index, source, line, ...answer && { ...answer, line: 1 }, exercise, quiet: check },
      (output) => {
        some = true;
        if (output.type === "text") sink.print(wrap ? renderer.output(output) : output.text);
        else sink.show(renderer.output(output), output.type === "display" ? output.displayId : undefined);
      },
    );
    sink.settle();
    if (last.status === "failed") {
      if (!exercise && !check) sink.print(renderer.error(last.error));
      else {
        if (exercise || cell.id !== broken) sink.print(openText(cell, last.error, renderer));
        if (exercise) broken = cell.id;
        last = { ...last, status: "done" };
      }
    }
    if (last.status !== "done") return last;
    if (some) sink.print("\n");
  }
  return last;
}

/** An answer without the question at its head, which stands above it already; its lines are those of its file. */
function answerText({ source, file }: Answer, renderer: Renderer): string {
  const head = /^(\/\/[^\n]*\n|\s*\n)*/.exec(source)![0];
  const line = head.split("\n").length;
  return `Your answer, ${shortPath(file)}:\n` +
    renderer.code(highlight(source.slice(head.length), renderer.style), line);
}

/** An exercise that cannot be judged is open; what stopped it is said with its place. */
function openText({ id }: Cell, error: LessonError, renderer: Renderer): string {
  if (error.name === "BlankError") return `○ ${id} is still open\n`;
  return `○ ${id} is still open: the answer does not run\n${renderer.error(error)}\n`;
}

/** For a pipe: of a display that changes, only the last state is printed, when something else comes or the cell ends. */
export class PipeSink implements Sink {
  #waiting?: { text: string; id: string };
  #midLine = false;
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(text: string): void {
    this.#release();
    this.#put(text);
  }

  show(text: string, id?: string): void {
    if (this.#waiting?.id !== id) this.#release();
    if (id === undefined) {
      this.#endLine();
      this.#put(text);
    } else this.#waiting = { text, id };
  }

  settle(): void {
    this.#release();
    this.#endLine();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    this.#endLine();
    this.#put(waiting.text);
  }

  #endLine(): void {
    if (this.#midLine) this.#put("\n");
  }

  #put(text: string): void {
    if (text === "") return;
    this.#midLine = !text.endsWith("\n");
    this.#write(text);
  }
}
