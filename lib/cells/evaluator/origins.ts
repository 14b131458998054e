/** Finds where in the learner's files code stands that was evaluated. */

import { LineTable } from "./line_table.ts";
import type { OffsetMap } from "./offset_map.ts";
import type { SourceLocation } from "./types.ts";

/** One piece of evaluated code. */
interface Origin {
  file: string;
  /** The line of the file on which the source begins. */
  line: number;
  source: string;
  script: string;
  /** How much of the script stands in front of the rewritten source. */
  head: number;
  map: OffsetMap;
}

/** How much code this realm has evaluated. No script is like another: V8 shares what it learns of equal ones, and that makes each of them slow. */
let count = 0;

/** All code that was evaluated, by the name under which V8 knows it. */
export class Origins {
  readonly #all = new Map<string, Origin>();

  /** A name for code of a file, without spaces: `04_linear_regression.ts#12`. */
  nameFor(file: string): string {
    return `${encodeURI(file.replace(/^.*[\\/]/, ""))}#${++count}`;
  }

  /** Remembers a script. */
  add(name: string, origin: Origin): void {
    this.#all.set(name, origin);
  }

  /** The place in the learner's file; undefined for what is not theirs. */
  locate(name: string, line: number, column: number): SourceLocation | undefined {
    const origin = this.#all.get(name);
    if (!origin) return undefined;
    const offset = new LineTable(origin.script).offset(line, column) - origin.head;
    return placeIn(origin, origin.source, offset < 0 ? 0 : origin.map.original(offset));
  }
}

/** The place of an offset of a source that begins on a line of a file. */
export function placeIn(
  { file, line }: { file: string; line: number },
  source: string,
  offset: number,
): SourceLocation {
  const place = new LineTable(source).place(offset);
  return { file, line: line + place.line - 1, column: place.column };
}
