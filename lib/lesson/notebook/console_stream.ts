/** Sends what a cell prints the way pictures go: the kernel's own way for text is a queue that its last lines can be lost in. */

import { Console } from "node:console";
import { Writable } from "node:stream";

type Broadcast = (type: string, content: unknown) => unknown;

/**
 * Replaces the methods of the console by ones that send their text as a message of their own, in the order of the calls.
 *
 * @returns Waits until all that was printed so far has been handed over.
 */
export function streamConsole(broadcast: Broadcast): () => Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  const streamTo = (name: "stdout" | "stderr"): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done): void {
        const handed = broadcast("stream", { name, text: String(chunk) });
        sent = Promise.allSettled([sent, handed]);
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
  return async () => {
    await sent;
  };
}
