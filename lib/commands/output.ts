/** Writes the texts of a command: results go to stdout, problems to stderr. */

import { write } from "../fronts/text/write.ts";
import { writeAll } from "../text/write_all.ts";

/** Writes a line to stdout. */
export function print(line: string): void {
  write(`${line}\n`);
}

/** Writes a line to stderr. */
export function complain(line: string): void {
  writeAll(Deno.stderr, `${line}\n`);
}
