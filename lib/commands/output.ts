/** Writes the texts of a command: results go to stdout, problems to stderr. */

import { clean } from "../fronts/text/clean.ts";
import { write } from "../fronts/text/write.ts";
import { writeAll } from "../text/write_all.ts";

/** Writes a line to stdout; it may quote anything. */
export function print(line: string): void {
  write(`${clean(line, { color: false })}\n`);
}

/** Writes a line to stderr; it may quote anything. */
export function complain(line: string): void {
  writeAll(Deno.stderr, `${clean(line, { color: false })}\n`);
}
