/**
 * `deno task mutations`: are there tests that notice when the library is wrong? Makes one small change at a time in a copy
 * of the project and runs the tests that should fail. `deno task mutations show kernel` tries the files whose path holds
 * one of these words; `--stale` only looks whether what is to be changed is still there, which takes no time.
 */
// deno-lint-ignore-file no-console
import { format } from "@std/fmt/duration";
import { fileURLToPath } from "node:url";
import { readOrExit } from "../../lib/commands/read_words.ts";
import { copyProject } from "./copy.ts";
import { cells } from "./lists/cells.ts";
import { course } from "./lists/course.ts";
import { exercise } from "./lists/exercise.ts";
import { kernel } from "./lists/kernel.ts";
import { network } from "./lists/network.ts";
import { show } from "./lists/show.ts";
import { mutate, type Mutated, type Verdict, verdictOf } from "./mutation.ts";

/** A mutated loop may never end: that counts as noticed. */
const LONGEST = 240_000;

const root = fileURLToPath(new URL("../../", import.meta.url));
const { on, rest: words } = readOrExit(Deno.args, { flags: ["stale"], values: {} });
const wanted = [...kernel, ...network, ...show, ...exercise, ...cells, ...course].filter(({ file }) =>
  words.length === 0 || words.some((word) => file.includes(word))
);
if (on.has("stale")) Deno.exit(await countStale() === 0 ? 0 : 1);
const copy = await copyProject(root);

/** Tells which changes have no place anymore, and which tests are gone. */
async function countStale(): Promise<number> {
  const found: string[] = [];
  for (const { file, tests, changes } of wanted) {
    const text = await Deno.readTextFile(root + file).catch(() => "");
    for (const change of changes) if (mutate(text, change) === "stale") found.push(`${file}: ${change[0]}`);
    for (const path of tests) if (!await Deno.stat(root + path).catch(() => undefined)) found.push(`${file}: ${path}`);
  }
  for (const line of found) console.log(`stale: ${line}`);
  return found.length;
}

/** Runs a task of the copy; `undefined` where it did not end in time. */
async function task(name: string, args: readonly string[]): Promise<{ code: number; output: string } | undefined> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), LONGEST);
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", name, ...args],
    cwd: copy,
    stdin: "null",
    signal: ending.signal,
  }).output();
  clearTimeout(timer);
  const decoder = new TextDecoder();
  return ending.signal.aborted ? undefined : { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

const test = (tests: readonly string[]) => task("test", ["--no-check", "--fail-fast", ...tests]);

/** Tests that fail on the unchanged project: they say nothing about a mutation. */
async function failing(groups: readonly Mutated[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const tests of new Set(groups.flatMap(({ tests }) => tests))) {
    const ran = await test([tests]);
    if (ran && verdictOf(ran.code, ran.output) === "survived") continue;
    found.add(tests);
    console.error(`fails without any change: ${tests}`);
  }
  return found;
}

async function tryOut({ file, tests, build }: Mutated, change: Mutated["changes"][number]): Promise<Verdict> {
  const original = await Deno.readTextFile(copy + file).catch(() => "");
  const mutated = mutate(original, change);
  if (mutated === "stale") return "stale";
  const built = build && await Deno.readTextFile(copy + build.writes);
  await Deno.writeTextFile(copy + file, mutated.text);
  try {
    if (build && (await task(build.task, []))?.code !== 0) return "broken";
    const ran = await test(tests);
    return ran ? verdictOf(ran.code, ran.output) : "killed";
  } finally {
    await Deno.writeTextFile(copy + file, original);
    if (build) await Deno.writeTextFile(copy + build.writes, built!);
  }
}

const took = (ms: number): string => format(Math.round(ms), { ignoreZero: true });

/** `lib/layers/fc.ts` belongs to `lib/layers`. */
const partOf = (file: string): string => file.split("/").slice(0, 2).join("/");

const before = await failing(wanted);
const counts = new Map<string, Record<Verdict, number>>();
const unexpected: string[] = [];
for (const group of wanted) {
  for (const change of group.changes) {
    const began = performance.now();
    const verdict = group.tests.some((tests) => before.has(tests)) ? "broken" : await tryOut(group, change);
    const [find, replace, equivalent] = change;
    const line = `${group.file}: ${find} → ${replace || "(nothing)"}`;
    console.log(`${verdict.padEnd(8)} ${took(performance.now() - began).padStart(9)}  ${line}`);
    if (equivalent) console.log(`${" ".repeat(20)}expected to survive: ${equivalent}`);
    if (verdict !== (equivalent ? "survived" : "killed")) unexpected.push(`${verdict}: ${line}`);
    const part = counts.get(partOf(group.file)) ?? { killed: 0, survived: 0, stale: 0, broken: 0 };
    part[verdict]++;
    counts.set(partOf(group.file), part);
  }
}
await Deno.remove(copy, { recursive: true });

console.table(Object.fromEntries(counts));
const all = [...counts.values()].flatMap(Object.values).reduce((sum, count) => sum + count, 0);
const killed = [...counts.values()].reduce((sum, { killed }) => sum + killed, 0);
console.log(`${killed} of ${all} mutations killed`);
for (const line of unexpected) console.log(line);
Deno.exit(unexpected.length === 0 ? 0 : 1);
