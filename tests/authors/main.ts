// The command `deno task lessons:check`: proves that every lesson, or each named lesson, can be taught.
import { format } from "@std/fmt/duration";
import { fileURLToPath } from "node:url";
import { readOrExit } from "../../lib/commands/read_words.ts";
import { findLesson, listLessons } from "../../lib/course/catalog.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { checkLesson } from "./check_lesson.ts";
import { untoldChanges } from "./untold_changes.ts";

const directory = fileURLToPath(new URL("../../lessons", import.meta.url));
const course = listLessons(directory);
const named = readOrExit(Deno.args, { flags: [], values: {} }).rest.map((asked) => {
  const entry = findLesson(course, asked);
  if (!entry) console.error(`no lesson "${asked}"; there are ${course.map(({ number }) => Number(number)).join(", ")}`);
  return entry;
});
if (named.includes(undefined)) Deno.exit(2);
const entries = named.length > 0 ? named.map((entry) => entry!) : course;
const data = Deno.env.get("MNIST_DIR");
let faults = 0;

/** A duration to a tenth of a second. */
function took(ms: number): string {
  return format(100 * Math.max(1, Math.round(ms / 100)), { ignoreZero: true });
}

/** Checks the types of all lessons and judges at once, so that shared imports are checked only once. */
async function checkTypes(): Promise<void> {
  const args = ["check", "--quiet", ...entries.map(({ path }) => path), `${directory}/exercises`];
  const { success, stderr } = await new Deno.Command("deno", { args, stdout: "null", stderr: "piped" }).output();
  if (success) return;
  faults++;
  console.error(new TextDecoder().decode(stderr));
}

/** Lists the small changes of solutions that inputs do not show: a report, not a fault, for some of them are not mistakes. */
async function reportChanges(path: string): Promise<void> {
  const { cells } = parseLesson(Deno.readTextFileSync(path), path);
  for (const { id } of cells.filter(({ tags, id }) => tags.includes("exercise") && id)) {
    const file = new URL(`../../lessons/exercises/${id.replaceAll("-", "_")}.ts`, import.meta.url);
    const untold = await untoldChanges((await import(file.href)).default, Deno.readTextFileSync(file));
    if (untold.length > 0) console.log(`  ${id}: its inputs do not show it if`);
    for (const change of untold) console.log(`    ${change}`);
  }
}

await checkTypes();
for (const entry of entries) {
  const checked = await checkLesson(entry.path, { dataFolders: data ? [data] : [] });
  const { exercises, ran, slowest } = checked;
  const times = `${took(ran)}, the slowest cell ${took(slowest)}`;
  console.log(`${checked.faults.length === 0 ? "✓" : "✗"} ${entry.name}: ${exercises} exercises, ${times}`);
  for (const fault of checked.faults) console.log(`  ${fault}`);
  if (Deno.args.length > 0) await reportChanges(entry.path); // it takes a while, and is for whoever works on the lesson
  faults += checked.faults.length;
}
console.log(faults === 0 ? "every lesson can be taught" : `${faults} faults`);
Deno.exit(faults === 0 ? 0 : 1);
