// A short slice of `deno task soak`: network, disk, two processes, kill -9.
import { assert, assertEquals, assertGreater } from "@std/assert";
import { missing, testWhen, testWith, withTempDir } from "../support.ts";
import { downloadFaults } from "./download_faults.ts";
import { killSaving, killTraining } from "./kills.ts";
import { trySmallDisk } from "./small_disk.ts";
import { twoProcesses } from "./two_processes.ts";

testWith(
  { read: true, write: true, net: true },
  "a mirror that does everything wrong leaves a reason, and nothing in the cache",
  async () => assertEquals(await downloadFaults({ stallTimeout: 150 }), 23),
);

testWith(
  { read: true, write: true, run: true },
  "two processes that save to one place leave whole files",
  () => withTempDir(async (folder) => assertGreater(await twoProcesses(folder, 1), 5)),
);

testWith(
  { read: true, write: true, run: true },
  "a training that is killed goes on with the same bits",
  () => withTempDir(async (folder) => assertGreater(await killTraining(folder, { kills: 4 }), 3)),
);

testWith(
  { read: true, write: true, run: true },
  "progress that is killed has all that was saved",
  () => withTempDir(async (folder) => assertEquals(await killSaving(folder, { kills: 4 }), 4)),
);

const PYTHON = "/usr/bin/python3";
const flags = missing({ read: true, write: true, run: [Deno.execPath(), PYTHON] });
const mounted = flags.length > 0 ? undefined : await withTempDir(trySmallDisk).catch((error) => `fault: ${error}`);
testWhen(
  mounted !== undefined,
  flags.length > 0 ? `needs ${flags.join(" ")}` : "this user cannot mount a small disk here",
  "a disk that fills up damages nothing, and the reason is said",
  () => {
    assert(mounted!.startsWith("full: "), mounted);
  },
);
