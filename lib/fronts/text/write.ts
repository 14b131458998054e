/** Writes text to stdout. */

import { clean } from "./clean.ts";

const encoder = new TextEncoder();

/** Writes text that may quote anything; only its colors reach the terminal. */
export function write(text: string): void {
  writeControls(clean(text, { tabs: true }));
}

/**
 * Writes all of a text to stdout as it is, with the sequences that drive the terminal. If the reader is gone, as in `… | head`, the program
 * ends quietly.
 */
export function writeControls(text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}
