/** Holds what everything in the terminal uses: the screen, its live region, the keys. */

import type { Output } from "../../cells/engine/protocol.ts";
import { clean } from "../text/clean.ts";
import { OutputRenderer } from "../text/output_renderer.ts";
import { LiveRegion } from "./live_region.ts";
import type { KeyReader } from "./keys.ts";
import { Renderer } from "../text/renderer.ts";
import { styleOf } from "../text/style.ts";
import { type Screen, Terminal } from "./terminal.ts";

/** The terminal of one lesson. */
export class TerminalUi {
  readonly terminal: Terminal;
  readonly region: LiveRegion;
  readonly renderer: Renderer;
  readonly #outputs: OutputRenderer;

  /** @param onResize Called when the size of the terminal changes. */
  constructor(
    readonly keys: Pick<KeyReader, "next" | "ready" | "take" | "unread">,
    color: boolean,
    onResize: (columns: number, rows: number) => void,
    screen?: Screen,
  ) {
    this.terminal = new Terminal((before) => {
      const { columns, rows } = this.terminal;
      this.renderer.columns = columns;
      this.region.resized(before);
      onResize(columns, rows);
    }, screen);
    this.region = new LiveRegion(this.terminal);
    this.renderer = new Renderer(styleOf(color), this.terminal.columns);
    this.#outputs = new OutputRenderer(this.renderer);
  }

  /** Writes control codes, which take no room on the screen. */
  write(text: string): void {
    this.terminal.write(text);
  }

  /** Hands the terminal to another program, until `resume`. Text printed meanwhile appears then. */
  suspend(): void {
    if (!this.terminal.suspended) this.region.hidden = true;
    this.terminal.suspend();
  }

  resume(): void {
    this.terminal.resume();
    if (!this.terminal.suspended) this.region.hidden = false;
  }

  /** Prints a message from the course. */
  say(text: string): void {
    this.region.settle();
    this.region.print(this.renderer.text(this.renderer.style.italic(clean(text, { color: false }))));
  }

  /** Prints text that is ready to be shown. */
  print(text: string): void {
    this.region.print(text);
  }

  /** Prints an output of a cell. */
  output(output: Output): void {
    const text = this.#outputs.render(output);
    if (output.type === "display") this.region.show(text, output.displayId);
    else if (output.type === "text") this.region.output(text);
    else this.region.print(text);
  }

  /** Ends the outputs of a cell: they are final now. */
  settle(): void {
    this.region.output(this.#outputs.end());
    this.region.settle();
  }

  /** A line of keys, with the keys in bold. */
  keyLine(keys: string): string {
    const { bold } = this.renderer.style;
    return keys.replace(
      /(^|· )(Enter|Esc|Space|Ctrl-[A-Z]|Alt-Enter|[←→↑↓]+|[a-z?])(?= )/g,
      (_all, dot, key) => dot + bold(key),
    );
  }

  /**
   * Waits for something that may take long, and lets Ctrl-C stop it. Other keys are kept for later.
   *
   * @param stop Called on Ctrl-C.
   */
  async attend<T>(work: Promise<T>, stop: () => void): Promise<T> {
    let done = false;
    const settled = work.then(() => {}, () => {}).then(() => {
      done = true;
    });
    const later: string[] = [];
    while (true) {
      await Promise.race([settled, this.keys.ready()]);
      if (done) break;
      const key = this.keys.take();
      if (key === "ctrl-c") stop();
      else if (key !== undefined) later.push(key);
      if (key === "end") break; // the input is closed
    }
    this.keys.unread(later);
    return await work;
  }
}
