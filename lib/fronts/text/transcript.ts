/** Writes the outputs of a cell as text for the journal. */

import { stripAnsi } from "../../text/strip_ansi.ts";
import type { CellError, Output } from "../../cells/engine/protocol.ts";
import { Renderer } from "./renderer.ts";
import { styleOf } from "./style.ts";

/** The text without colors, and, if there are any colors, also with them as `ansi`. */
export function transcript(
  outputs: readonly Output[],
  error: CellError | undefined,
  renderer: Renderer,
): { text: string; ansi?: string } {
  const written = (by: Renderer): string =>
    outputs.map((output) => by.output(output)).join("") + (error ? by.error(error) : "");
  const text = stripAnsi(written(new Renderer(styleOf(false), renderer.columns)));
  const ansi = written(renderer);
  return ansi === text ? { text } : { text, ansi };
}
