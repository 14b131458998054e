// Cells that are run one after the other, for tests of the evaluator.
import { assert, assertEquals } from "@std/assert";
import { DenoEvaluator } from "../../../lib/cells/evaluator/deno_evaluator.ts";
import type { Evaluator } from "../../../lib/cells/evaluator/evaluator.ts";
import type { CellError, Evaluated } from "../../../lib/cells/evaluator/types.ts";

/** The place of the lesson; there is no such file. */
export const LESSON = new URL("../../fixtures/lessons/99_test.ts", import.meta.url);
const FOLDER = new URL("./", import.meta.url).href; // what calls the evaluator here is the Worker elsewhere
const RUNTIME = new URL("../../../lib/cells/", import.meta.url).href;
/** On which line a cell of a test begins, so that no line is right by chance. */
export const LINE = 40;

/** An evaluator, and short ways to ask it. */
export class Cells {
  readonly evaluator: Evaluator = new DenoEvaluator(LESSON.href, {
    ...{ runtime: [FOLDER, RUNTIME], libraries: [], sandboxAdvice: "the cells are sandboxed" },
  });

  run(source: string, line = LINE): Promise<Evaluated> {
    return this.evaluator.run({ source, line });
  }

  /** The value of the last cell, none of which may fail. */
  async value(...sources: string[]): Promise<unknown> {
    let value: unknown;
    for (const source of sources) {
      const ran = await this.run(source);
      if (ran.error) throw new Error(`${source}\n${ran.error.name}: ${ran.error.message}`);
      value = ran.value;
    }
    return value;
  }

  /** The error of a cell that has to fail. */
  async error(source: string): Promise<CellError> {
    const { error } = await this.run(source);
    assert(error, `this did not fail:\n${source}`);
    return error;
  }

  /** The error of a cell as one line, its place counted from the cell's first line: `TypeError at 1:5: …`. */
  async failure(source: string): Promise<string> {
    const { name, message, place } = await this.error(source);
    if (!place) return `${name}: ${message}`;
    assertEquals(place.file, decodeURIComponent(LESSON.pathname));
    return `${name} at ${place.line - LINE + 1}:${place.column}: ${message}`;
  }
}

/** The address of a module with this code. */
export function moduleOf(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
