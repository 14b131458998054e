/** Writes the texts of a command: results go to stdout, problems to stderr. */

import { clean } from "../fronts/text/clean.ts";
import { write } from "../fronts/text/write.ts";

/** Writes a line to stdout; it may quote anything. */
export function print(line: string): void {
  write(`${clean(line, { color: false })}\n`);
}

/** Writes a line to stderr; it may quote anything. */
export function complain(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${clean(line, { color: false })}\n`));
}
