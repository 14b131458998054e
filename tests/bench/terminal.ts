// Measures the step-through in a real pseudo-terminal: key to reaction, an empty cell, an endless loop, coming back to a lesson.
// deno run --allow-read --allow-write --allow-run --allow-env --allow-sys tests/bench/terminal.ts [LESSON…]
import { readOrExit } from "../../lib/commands/read_words.ts";
import { fileURLToPath } from "node:url";
import { entryOf } from "../../lib/commands/lesson/find_lesson.ts";
import { UsageError } from "../../lib/commands/usage_error.ts";
import { type CourseEntry, listLessons, readLesson } from "../../lib/course/catalog.ts";
import { openLesson } from "../commands/command.ts";

const ENTER = "\r";
const lessons = fileURLToPath(new URL("../../lessons", import.meta.url));
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Back and forth through what was run: each key draws a step again. The first key is pressed the moment that the first screen stands, sooner
 * than anybody can: the process of the cells is still starting, so its result is measured apart from the reaction.
 */
async function reactions(directory: string): Promise<{ times: number[]; firstResult: number }> {
  const cells = Array.from({ length: 12 }, (_, i) => `// %% Cell ${i + 1}\n${i};\n`).join("\n");
  Deno.mkdirSync(`${directory}/made`);
  Deno.writeTextFileSync(`${directory}/made/01_made.ts`, cells);
  await using pty = openLesson(directory, ["1"], { lessons: `${directory}/made`, rows: 30 });
  await pty.see(/Enter run/);
  const times = [await pty.press(ENTER, /running … Ctrl-C stops|^0\n\nEnter next/)];
  const firstResult = times[0] + await pty.see(/^0\n\nEnter next/);
  times.push(await pty.press(ENTER, /^── 2 of 12[^]*Enter run/));
  for (let i = 2; i <= 12; i++) {
    times.push(await pty.press(ENTER, new RegExp(`^${i - 1}\\n\\nEnter (next|finish)`)));
    if (i < 12) times.push(await pty.press(ENTER, new RegExp(`^── ${i + 1} of 12[^]*Enter run`)));
  }
  for (let i = 11; i > 1; i--) times.push(await pty.press("b", new RegExp(`^── ${i} of 12 · Cell ${i} · review`)));
  return { times, firstResult };
}

/** How long cells that compute nothing took, as the journal has it. */
function emptyCells(directory: string): number[] {
  const lines = Deno.readTextFileSync(`${directory}/.gradually/journal/01_made.jsonl`).trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "ran").map(({ milliseconds }) =>
    milliseconds
  );
}

async function endlessLoop(directory: string): Promise<number> {
  Deno.mkdirSync(`${directory}/loop`);
  Deno.writeTextFileSync(`${directory}/loop/01_loop.ts`, "// %%\n1;\n\n// %%\nwhile (true);\n");
  await using pty = openLesson(directory, ["1"], { lessons: `${directory}/loop`, rows: 30 });
  await pty.see(/Enter run/);
  await pty.press("g2" + ENTER, /^── 2 of 2[^]*Enter run/);
  await pty.press(ENTER, /Ctrl-C stops/);
  await pause(500);
  return await pty.press("\x03", /^Stopped\. The cells/);
}

/** From the command to the first cell on the screen, and until its lesson, left at its last step, has all its variables again. */
async function comingBack(
  directory: string,
  path: string,
  name: string,
): Promise<{ screen: number; restored: number }> {
  {
    await using pty = openLesson(directory, [name], { lessons, rows: 50, env: dataEnv() });
    await pty.see(/q leave · \? keys/);
    await pty.press("c", /^✓ Lesson .* is done|^Lesson .* all of it|^✗ \w+: /, 300_000);
    const { length } = readLesson({ path, name, number: "" }).lesson.cells;
    await pause(200);
    await pty.type("q");
    await pty.exit();
    const file = `${directory}/.gradually/progress.json`;
    const progress = JSON.parse(Deno.readTextFileSync(file));
    progress.lessons[name].cell = length - 1;
    Deno.writeTextFileSync(file, JSON.stringify(progress));
  }
  const begin = performance.now();
  await using pty = openLesson(directory, [name], { lessons, rows: 50, env: dataEnv() });
  const screen = await pty.seeFromStart(/Enter (run|next|more|finish|check)|Your guess|write your answer/);
  await pty.press("p", /^› ?$/);
  await pty.press("'here'" + ENTER, /^"here"$/, 300_000); // an answer of the engine comes only once all is there
  return { screen, restored: performance.now() - begin };
}

function dataEnv(): Record<string, string> {
  const data = Deno.env.get("MNIST_DIR");
  return data ? { MNIST_DIR: data } : {};
}

/** The lessons that are asked for, all of them by default; ends with one line if there is no such lesson. */
function chosen(names: readonly string[]): readonly CourseEntry[] {
  const course = listLessons(lessons);
  try {
    return names.length > 0 ? names.map((name) => entryOf(course, name)) : course;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

const entries = chosen(readOrExit(Deno.args, { flags: [], values: {} }).rest);
const directory = await Deno.makeTempDir({ prefix: "gradually-" });
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const { times, firstResult } = await reactions(directory);
console.log(`key to reaction: median ${ms(median(times))} of ${times.length}, slowest ${ms(Math.max(...times))}`);
console.log(`the result of a key pressed as soon as the first screen stands: ${ms(firstResult)}`);
const empty = emptyCells(directory);
console.log(`a cell that computes nothing: median ${ms(median(empty))} of ${empty.length}`);
console.log(`an endless loop after Ctrl-C: ${ms(await endlessLoop(directory))}`);
for (const entry of entries) {
  const home = await Deno.makeTempDir({ prefix: "gradually-" });
  const { screen, restored } = await comingBack(home, entry.path, entry.name);
  console.log(`coming back to ${entry.name}: first screen ${ms(screen)}, all variables ${ms(restored)}`);
  await Deno.remove(home, { recursive: true });
}
await Deno.remove(directory, { recursive: true });
