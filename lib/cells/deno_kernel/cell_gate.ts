/** Says why a cell did not run: the Deno kernel sends no error for a cell that does not parse, and its old functions stay. */

import type { CellProblem } from "./cell_problem.ts";
import type { Broadcast } from "./console_stream.ts";
import type { KernelLink } from "./kernel_link.ts";

/**
 * After a cell, the kernel may get the next one within this many milliseconds; this thread waits for it, so that its error is sent before
 * the kernel says that the cell is done. Later, when somebody types, a front end still takes the error.
 */
const WINDOW_MS = 200;
/** A cell that follows so soon after one that did not run was not sent by somebody who had seen that. */
const AT_ONCE_MS = 1000;

/** Looks at each cell before it runs. */
export class CellGate {
  readonly #broadcast: Broadcast;
  readonly #broken = new Map<string, string>(); // by the names that they would have declared
  #untold: { text: string; at: number; again?: boolean } | undefined;
  #newest = "";

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast;
  }

  /** Called when a cell may follow, with the number of those before it; tells whether one runs now. */
  look(link: KernelLink, before: number): boolean {
    const problem = link.nextCell(before, WINDOW_MS);
    if (typeof problem === "string") return problem === "runs";
    const text = this.#newest = textOf(problem);
    const traceback = [`SyntaxError: ${text}`, ...problem.excerpt, "Nothing in this cell has run."];
    this.#broadcast("error", { ename: "SyntaxError", evalue: text, traceback });
    link.settleNow();
    return false;
  }

  /** A front end may have missed the newest problem, or something else that was printed between two cells. */
  missed(text: string = `The cell before did not run: SyntaxError: ${this.#newest}\n`): void {
    this.#untold = { text, at: performance.now() };
  }

  /** Keeps in mind what a cell declares, if it does not parse. */
  cell(code: string, problem?: CellProblem): void {
    for (const [, name] of code.matchAll(DECLARATIONS)) {
      if (problem) this.#broken.set(name, textOf(problem));
      else this.#broken.delete(name);
    }
    this.#decide();
  }

  /** What has to be told again; once. */
  takeMissed(): string {
    this.#decide();
    const untold = this.#untold;
    this.#untold = undefined;
    return untold?.again ? untold.text : "";
  }

  /** A cell runs: what came between it and the one before is told again, unless somebody has had the time to read it. */
  #decide(): void {
    if (this.#untold) this.#untold.again ??= performance.now() - this.#untold.at <= AT_ONCE_MS;
  }

  /** Why a function with this name is not from the newest version of its cell. */
  staleReason(name: string): string | undefined {
    const problem = this.#broken.get(name);
    return problem && `the newest version of the cell with ${name} did not run: SyntaxError: ${problem}`;
  }
}

const DECLARATIONS = /(?<![.\w$])(?:function\s*\*?|class|const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

function textOf({ message, line, column }: CellProblem): string {
  return `${message} (line ${line}, column ${column})`;
}
