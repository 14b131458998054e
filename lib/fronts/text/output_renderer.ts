/** Renders the outputs of one cell, one after the other. */

import { visibleWidth } from "../../text/visible_width.ts";
import type { Output } from "../../cells/engine/protocol.ts";
import { verdictOf } from "../../course/verdict.ts";
import { TextCleaner } from "./clean.ts";
import type { Renderer } from "./renderer.ts";
import { wrap } from "./wrap.ts";

/** Nobody reads a longer line word by word; the terminal wraps it. */
const MAX_LINE = 10_000;

/** What a cell writes is a stream: a color, or a sequence for the terminal, may begin in one output and end in a later one. */
export class OutputRenderer {
  readonly #renderer: Renderer;
  readonly #wrap: boolean;
  readonly #streams: Record<"stdout" | "stderr", TextCleaner>;

  /** @param wrap Whether the text is for a screen: long lines are wrapped, and tabs become spaces. In a pipe both stay. */
  constructor(renderer: Renderer, wrap = true) {
    const options = { color: renderer.style.color, returns: true, tabs: !wrap };
    this.#renderer = renderer;
    this.#wrap = wrap;
    this.#streams = { stdout: new TextCleaner(options), stderr: new TextCleaner(options) };
  }

  /** An output as text. Words are not split at the edge of the screen; pictures already have the right width. */
  render(output: Output): string {
    if (output.type === "text") return this.#wrapped(this.#streams[output.stream].write(output.text));
    if (output.type === "display") return this.#renderer.bundle(output.bundle);
    const verdict = verdictOf(output);
    return verdict ? this.#renderer.verdict(verdict) : "";
  }

  /** Ends the streams with the cell; what is left of them comes back. */
  end(): string {
    return this.#streams.stdout.end() + this.#streams.stderr.end();
  }

  #wrapped(text: string): string {
    if (!this.#wrap) return text;
    const { columns } = this.#renderer;
    return text.split("\n").map((line) =>
      line.length > MAX_LINE || visibleWidth(line) <= columns ? line : wrap(line, columns, { hard: true, trim: false })
    ).join("\n");
  }
}
