/** Loads Node's console, which writes values as Deno's own does, to streams that are ours. */

import type { Writable } from "node:stream";
import type { LoadConsole } from "./capture.ts";

/** A console whose text goes to `write`. */
export const loadConsole: LoadConsole = async (write) => {
  const [{ Console }, { Writable }] = await Promise.all([import("node:console"), import("node:stream")]);
  const streamTo = (stream: "stdout" | "stderr"): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        write(stream, String(chunk));
        done();
      },
    });
  const [stdout, stderr] = [streamTo("stdout"), streamTo("stderr")];
  return (colorMode) => new Console({ stdout, stderr, colorMode });
};
