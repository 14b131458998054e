/** Captures everything that a cell outputs: through the console, stdout, stderr and displays. */

import type { Console } from "node:console";
import type { DisplayOptions, FrameSource } from "./bridge.ts";
import type { Frames, Output } from "./protocol.ts";

/** Once a cell has written this much, the output says so, and the rest is left out. */
const MAX_CHARACTERS = 1_000_000;
const MAX_OUTPUTS = 10_000;
/** The shortest time between two updates of one display, in milliseconds; the last update is always sent. */
const UPDATE_PAUSE = 40;

/** Loads what makes a console that writes to two streams, with or without colors. */
export type LoadConsole = (
  write: (stream: "stdout" | "stderr", text: string) => void,
) => Promise<(color: boolean) => Pick<Console, "log">>;

/** What {@linkcode installCapture} returns. */
interface Capture {
  /**
   * Loads what writes the console's values. The console has to be complete before the first cell runs; the realm is ready before that,
   * because it takes longer than all the rest.
   */
  load(): Promise<void>;
  /** Whether text may be colored. */
  color: boolean;
  /** Outputs text. */
  write(stream: "stdout" | "stderr", text: string): void;
  /** Outputs a display. */
  display(bundle: Record<string, string>, options?: DisplayOptions): void;
  /** Resets the limits for a new cell. */
  restart(): void;
  /** Sends the updates that are waiting. */
  flush(): void;
}

/**
 * Replaces the console, stdout and stderr of this realm with ones that call `send`.
 *
 * @param keep Keeps the frames of a picture until they are needed.
 * @param loadConsole Loads what writes the console's values.
 */
export function installCapture(
  send: (output: Output) => void,
  keep: (source: FrameSource) => Frames,
  loadConsole: LoadConsole,
): Capture {
  let characters = 0;
  let outputs = 0;
  let loading: Promise<void> | undefined;
  let consoleOf: Awaited<ReturnType<LoadConsole>> | undefined;
  let consoles: { color: boolean; console: Pick<Console, "log"> } | undefined;
  const held = new Map<string, Output>(); // the newest waiting update of each display
  const sentAt = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const capture: Capture = {
    color: false,
    load: () => loading ??= prepare(),
    write(stream, text) {
      if (outputs > MAX_OUTPUTS || characters > MAX_CHARACTERS) return;
      outputs++;
      characters += text.length;
      const full = outputs > MAX_OUTPUTS || characters > MAX_CHARACTERS;
      const cut = full ? text.slice(0, 1000) + "\n… and more: this cell writes too much to show\n" : text;
      send({ type: "text", stream, text: cut });
    },
    display(bundle, { displayId, update, frames } = {}) {
      const output: Output = { type: "display", bundle: { ...bundle }, displayId, update };
      if (frames) output.frames = keep(frames);
      if (!update || displayId === undefined) return send(output);
      held.delete(displayId);
      held.set(displayId, output);
      const wait = (sentAt.get(displayId) ?? -Infinity) + UPDATE_PAUSE - performance.now();
      if (wait <= 0) capture.flush();
      else timer ??= setTimeout(capture.flush, wait);
    },
    restart() {
      characters = outputs = 0;
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      for (const [id, output] of held) {
        sentAt.set(id, performance.now());
        send(output);
      }
      held.clear();
    },
  };

  async function prepare(): Promise<void> {
    consoleOf = await loadConsole(capture.write);
  }

  const target = globalThis.console as unknown as Record<string, unknown>;
  for (const method of Object.keys(console)) {
    if (typeof target[method] !== "function") continue;
    target[method] = (...values: unknown[]): void => {
      // A module that prints while it is loaded may come first: its text follows.
      if (consoleOf === undefined) return void capture.load().then(() => call(method, values));
      call(method, values);
    };
  }

  function call(method: string, values: unknown[]): void {
    if (consoles?.color !== capture.color) {
      consoles = { color: capture.color, console: consoleOf!(capture.color) };
    }
    (consoles.console as unknown as Record<string, (...values: unknown[]) => void>)[method]?.(...values);
  }

  for (const [stream, writer] of [["stdout", Deno.stdout], ["stderr", Deno.stderr]] as const) {
    const decoder = new TextDecoder();
    writer.writeSync = (bytes) => {
      capture.write(stream, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    };
    writer.write = (bytes) => Promise.resolve(writer.writeSync(bytes));
  }

  refuseEnding(capture);
  return capture;
}

/** A cell shares the program with a front end and the realm with the other cells: it may not end either, and it may not read the keyboard. */
function refuseEnding(capture: Capture): void {
  Deno.exit = (code) => {
    throw new Error(
      `Deno.exit(${code ?? ""}) in a cell: a cell cannot end the program; throw an error to stop the cell`,
    );
  };
  globalThis.close = () => {
    throw new Error("close() in a cell: a cell cannot end the program; throw an error to stop the cell");
  };
  globalThis.alert = (message = "Alert") => capture.write("stdout", `${message}\n`);
  globalThis.confirm = () => false;
  globalThis.prompt = () => null;
}
