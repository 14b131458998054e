/** Sends what a cell prints the same way as pictures, and in few messages: the kernel's own queue for text loses the last lines. */

import { Console } from "node:console";
import { Writable } from "node:stream";

/** Sends a message to the front ends. */
export type Broadcast = (type: string, content: unknown, extra?: unknown) => unknown;

/** The console of a kernel. */
interface ConsoleStream {
  /** Prints text, after what was printed before. */
  write(name: "stdout" | "stderr", text: string): void;
  /** Sends what is still held. */
  flush(): void;
  /** A cell has ended: says how much of its text was left out. */
  cellEnded(): void;
}

/** Text is sent when there is so much of it, or when it has waited so long, in milliseconds. */
const CHUNK = 32_768;
const HOLD_MS = 30;
/** The most that one cell may print, in characters: Jupyter's server drops what comes faster than a megabyte a second, without a word. */
const MOST = 2_500_000;

/** Replaces the methods of the console with ones that join what is printed in a turn, in the order of the calls. */
export function streamConsole(broadcast: Broadcast): ConsoleStream {
  let held: { name: string; text: string } | undefined;
  let since = 0;
  let [printed, leftOut] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;

  // No promises here. While the promises of a cell run, the kernel holds only a weak reference to the result of the cell:
  // with many promises, V8 may collect the result as garbage, and then nobody sees the error that the cell threw.
  const stream: ConsoleStream = {
    write(name, text) {
      if (printed + text.length > MOST) {
        leftOut += text.length;
        return;
      }
      printed += text.length;
      if (held && held.name !== name) stream.flush();
      if (!held) {
        held = { name, text: "" };
        since = performance.now();
        timer = setTimeout(stream.flush, HOLD_MS);
      }
      held.text += text;
      if (held.text.length >= CHUNK || performance.now() - since > HOLD_MS) stream.flush();
    },
    flush() {
      clearTimeout(timer);
      const sent = held;
      held = undefined;
      if (sent) broadcast("stream", sent);
    },
    cellEnded() {
      stream.flush();
      if (leftOut) {
        const text = `… and ${leftOut} more characters: a cell of a notebook shows at most ${MOST}\n`;
        broadcast("stream", { name: "stderr", text });
      }
      printed = leftOut = 0;
    },
  };
  const streamTo = (name: "stdout" | "stderr"): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done): void {
        stream.write(name, String(chunk));
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
  return stream;
}
