// deno task soak [SECONDS [WORD…]]: damaged inputs, faults of network and disk, killed processes, for so many seconds in
// all; words choose what. A short slice of everything is in soak_test.ts and faults_test.ts.
import { format as formatBytes } from "@std/fmt/bytes";
import { withTempDir } from "../support.ts";
import { downloadFaults } from "./download_faults.ts";
import { formats } from "./formats.ts";
import { fuzz } from "./fuzz.ts";
import { killSaving, killTraining } from "./kills.ts";
import { onSmallDisk } from "./small_disk.ts";
import { twoProcesses } from "./two_processes.ts";

const [given = "60", ...words] = Deno.args;
const seconds = Number(given);
if (!(seconds > 0)) {
  console.error(`deno task soak takes seconds and got ${JSON.stringify(given)}: deno task soak 60`);
  Deno.exit(2);
}
const seed = Date.now() % 1000;

/** Each with a share of the time; it says what it found, and throws for a fault. */
const subjects: Record<string, (seconds: number) => Promise<string>> = Object.fromEntries(
  formats().map((format) => [format.name, async (seconds: number) => {
    const { inputs, read, slowest, memory } = await fuzz(format, { seconds }, seed);
    return `${inputs} inputs, ${read} of them readable, the slowest ${slowest.toFixed(0)} ms, ${formatBytes(memory)}`;
  }]),
);
Object.assign(subjects, {
  "download faults": async () => `${await downloadFaults({ stallTimeout: 400 })} faults`,
  "full disk": async () => await withTempDir(onSmallDisk),
  "two processes": async (seconds: number) =>
    `${await withTempDir((at) => twoProcesses(at, seconds))} files read, all whole`,
  "killed training": async (seconds: number) => `${await withTempDir((at) => killTraining(at, { seconds }))} kills`,
  "killed saving": async (seconds: number) => `${await withTempDir((at) => killSaving(at, { seconds }))} kills`,
});

const chosen = Object.entries(subjects).filter(([name]) =>
  words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()))
);
let failed = 0;
for (const [name, run] of chosen) {
  try {
    console.log(`${name}: ${await run(seconds / chosen.length)}`);
  } catch (error) {
    failed++;
    console.error(`${name}: FAILED`, error);
  }
}
console.log(`seed ${seed}, ${failed} of ${chosen.length} failed`);
Deno.exit(failed > 0 ? 1 : 0);
