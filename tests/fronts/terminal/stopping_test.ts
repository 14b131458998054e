// Every way in which a cell does not end, once or twice each; tests/bench/stopping.ts does each twenty times and holds it to the real limits.
import { assert, assertEquals } from "@std/assert";
import { missing, testWhen, withTempDir } from "../../support.ts";
import { ENDLESS, stopRepeatedly } from "./stopping.ts";

const lacking = missing({ read: true, write: true, run: true });
const able = lacking.length === 0 && Deno.build.os === "linux";
const reason = lacking.length > 0 ? `needs ${lacking.join(" ")}` : "needs /proc, which says how busy a process is";
/** What a busy machine may take, in milliseconds; on a quiet one it is 300. */
const KEYS_BACK = 3000;
/** A loop that runs on would use 100 % of a core. */
const USED = 30;

for (const [name, endless] of Object.entries(ENDLESS)) {
  const times = name === "loops" || name === "awaits" ? 2 : 1;
  testWhen(able, reason, `stopping: a cell that ${name}`, () =>
    withTempDir(async (directory) => {
      const stops = await stopRepeatedly(directory, endless, times, 0.5);
      assertEquals(stops.length, times);
      for (const { keysBack, used } of stops) {
        assert(keysBack < KEYS_BACK, `the keys were back after ${keysBack} ms`);
        assert(used < USED, `${used} % of a core is used after the stop`);
      }
    }));
}
