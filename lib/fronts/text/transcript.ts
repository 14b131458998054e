/** Writes the outputs of a cell as text for the journal. */

import type { CellError, Output } from "../../cells/engine/protocol.ts";
import { OutputRenderer } from "./output_renderer.ts";
import { Renderer } from "./renderer.ts";
import { styleOf } from "./style.ts";

/** The text without colors, and, if there are any colors, also with them as `ansi`. */
export function transcript(
  outputs: readonly Output[],
  error: CellError | undefined,
  renderer: Renderer,
): { text: string; ansi?: string } {
  const written = (by: Renderer): string => {
    const stream = new OutputRenderer(by);
    return outputs.map((output) => stream.render(output)).join("") + stream.end() + (error ? by.error(error) : "");
  };
  const text = written(new Renderer(styleOf(false), renderer.columns));
  const ansi = written(renderer);
  return ansi === text ? { text } : { text, ansi };
}
