/** Writes text to stdout. */

import { writeAll } from "../../text/write_all.ts";

/** Writes all of a text to stdout. If the reader is gone, as in `… | head`, the program ends quietly. */
export function write(text: string): void {
  try {
    writeAll(Deno.stdout, text);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}
