/** Sends what a cell prints the way pictures go: the kernel's own way for text is a queue that its last lines can be lost in. */

import { Console } from "node:console";
import { Writable } from "node:stream";
import type { Broadcast } from "./output_echo.ts";

/** Replaces the methods of the console by ones that hand their text over as a message of its own, in the order of the calls. */
export function streamConsole(broadcast: Broadcast): void {
  // Nothing is left to a promise here. The kernel holds what a cell comes to only weakly while promises of the cell's own are
  // run: with many of them V8 collects it as garbage, and the error that the cell threw is never told.
  const streamTo = (name: "stdout" | "stderr"): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done): void {
        broadcast("stream", { name, text: String(chunk) });
        done();
      },
    });
  const printing = new Console({ stdout: streamTo("stdout"), stderr: streamTo("stderr"), colorMode: false });
  const [target, source] = [console, printing] as unknown as Record<string, (...values: unknown[]) => void>[];
  for (const method of Object.keys(console)) {
    if (typeof target[method] === "function" && typeof source[method] === "function") {
      target[method] = (...values) => source[method](...values);
    }
  }
}
