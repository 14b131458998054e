/** Sends what a cell prints the same way as pictures: the kernel's own queue for text can lose the last lines. */

import { Console } from "node:console";
import { Writable } from "node:stream";
import type { Broadcast } from "./output_echo.ts";

/** Replaces the methods of the console with ones that send their text as separate messages, in the order of the calls. */
export function streamConsole(broadcast: Broadcast): void {
  // No promises here. While the promises of a cell run, the kernel holds only a weak reference to the result of the cell:
  // with many promises, V8 may collect the result as garbage, and then nobody sees the error that the cell threw.
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
