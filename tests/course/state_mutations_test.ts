// State files that are damaged at random: the course starts, looks back, writes its recap and converts back, and says at most one line.
import { assert, assertEquals } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { mutateStates } from "./state_mutations.ts";

testWith(
  { read: true, write: true },
  "2,200 damaged files of progress, journal, checkpoint and notebook are borne, each in less than 2 seconds",
  () =>
    withTempDir(async (directory) => {
      // A progress file is written through to the disk, which takes long.
      const measured = await mutateStates(directory, (name) => name === "progress" ? 100 : 700, 1);
      assertEquals(measured.map(({ name, times }) => [name, times]), [
        ["progress", 100],
        ["journal", 700],
        ["checkpoint", 700],
        ["notebook", 700],
      ]);
      for (const { name, slowest } of measured) assert(slowest < 2000, `${name}: ${slowest} ms`);
    }),
);
