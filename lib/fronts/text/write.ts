/** Writes text to stdout. */

import { writeAll } from "../../text/write_all.ts";
import { clean } from "./clean.ts";

/** Writes text that may quote anything; only its colors reach the terminal. */
export function write(text: string): void {
  writeControls(clean(text, { tabs: true }));
}

/**
 * Writes all of a text to stdout as it is, with the sequences that drive the terminal. If the reader is gone, as in `… | head`, the program
 * ends quietly.
 */
export function writeControls(text: string): void {
  try {
    writeAll(Deno.stdout, text);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}
