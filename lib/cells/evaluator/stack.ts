/** Reads the stack of an error, as Deno and Chromium write it, and keeps the frames that are the learner's or the library's. */

import type { Origins } from "./origins.ts";
import type { CellError, Host } from "./types.ts";

type Frame = CellError["frames"][number];

/**
 * The frames of a stack, from the innermost call outwards.
 *
 * Deno writes `at f (04.ts#7, <anonymous>:2:9)` and Chromium `at f (04.ts#7:2:9)`. The code of a cell itself is called `eval` by both.
 */
export function framesOf(stack: string, origins: Origins, host: Host): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const match = /^\s+at (?:async )?(?:(.*) \()?(.*?)(?:, <anonymous>)?:(\d+):(\d+)\)?$/.exec(text);
    if (!match) continue;
    const [, name = "", where, line, column] = match;
    const place = origins.locate(where, Number(line), Number(column));
    if (place) frames.push({ name: name === "eval" ? "" : name, ...place });
    else {
      const file = /^[a-z][a-z+.-]+:/.test(where) ? host.fileOf(where) : undefined;
      if (file !== undefined) frames.push({ name, file, line: Number(line), column: Number(column) });
    }
  }
  return frames;
}
