/** How a command speaks: what was asked for goes to stdout, what went wrong to stderr. */

import { write } from "../fronts/text/write.ts";

/** Writes a line to stdout. */
export function print(line: string): void {
  write(`${line}\n`);
}

/** Writes a line to stderr. */
export function complain(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
