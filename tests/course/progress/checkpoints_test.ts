import { assertEquals } from "@std/assert";
import { CheckpointStore } from "../../../lib/course/progress/checkpoints.ts";
import { testWith, withTempDir } from "../../support.ts";

const DISK = { read: true, write: true } as const;

testWith(
  DISK,
  "checkpoints: found by name, settings and code; only a few are kept; a failure to write stops nothing",
  () =>
    withTempDir((directory) => {
      const store = new CheckpointStore(`${directory}/c`, { mode: "quick", seed: 1 });
      store.save("cnn", ["a", "b"], new Uint8Array([1, 2]));
      assertEquals(store.load("cnn", ["a", "b"]), new Uint8Array([1, 2]));
      assertEquals(store.load("cnn", ["a", "c"]), undefined, "the code has changed");
      assertEquals(store.load("other", ["a", "b"]), undefined);
      assertEquals(new CheckpointStore(`${directory}/c`, { mode: "full", seed: 1 }).load("cnn", ["a", "b"]), undefined);
      for (let i = 0; i < 9; i++) store.save("cnn", [`${i}`], new Uint8Array([i]));
      assertEquals([...Deno.readDirSync(`${directory}/c`)].length, 4);
      Deno.writeTextFileSync(`${directory}/file`, "");
      new CheckpointStore(`${directory}/file/c`, { mode: "quick", seed: 1 }).save("cnn", [], new Uint8Array(1));
      store.clear();
      assertEquals(store.load("cnn", ["8"]), undefined);
    }),
);
