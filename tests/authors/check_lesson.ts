// What an author needs to know about a lesson: does it parse, does it type-check, does it run in quick mode, and do its exercises teach?
import { pathToFileURL } from "node:url";
import { type Exercise, judge } from "../../lib/exercise/mod.ts";
import { courseGrants } from "../../lessons/permissions.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { type ExerciseVerdict, verdictOf } from "../../lib/course/verdict.ts";
import type { Cell } from "../../lib/cells/document/document.ts";
import { type Lesson, parseLesson } from "../../lib/course/lesson.ts";
import type { Output } from "../../lib/cells/engine/protocol.ts";
import { Random } from "../../mod.ts";
import { MOST_ROWS, rowsOfOutputs } from "./tall_output.ts";

/** What a lesson must satisfy. */
export interface CheckOptions {
  /** How long a cell may run in quick mode, in milliseconds. */
  limit?: number;
  /** The minimum number of exercises. */
  exercises?: number;
  /** Where the data may be. */
  dataFolders?: readonly string[];
}

/** The result of a check. */
export interface Checked {
  /** One sentence per fault, with file and line. */
  faults: string[];
  /** How long the lesson ran, and how long its slowest cell ran, in milliseconds. */
  ran: number;
  slowest: number;
  exercises: number;
}

/** Checks everything about one lesson except its types. */
export async function checkLesson(path: string, options: CheckOptions = {}): Promise<Checked> {
  const { limit = 30_000, exercises = 2, dataFolders = [] } = options;
  const found: Checked = { faults: [], ran: 0, slowest: 0, exercises: 0 };
  let lesson: Lesson;
  try {
    lesson = parseLesson(Deno.readTextFileSync(path), path);
  } catch (error) {
    return { ...found, faults: [(error as Error).message] };
  }
  found.faults.push(...markFaults(lesson));
  const ids = lesson.cells.filter(({ tags, id }) => tags.includes("exercise") && id).map(({ id }) => id);
  found.exercises = ids.length;
  if (ids.length < exercises) {
    found.faults.push(`${path}: a lesson takes at least ${exercises} exercises and got ${ids.length}`);
  }
  await runQuick(path, lesson, found, limit, dataFolders);
  for (const id of ids) {
    const file = new URL(`./exercises/${id.replaceAll("-", "_")}.ts`, pathToFileURL(Deno.realPathSync(path)));
    try {
      found.faults.push(...await exerciseFaults(id, (await import(file.href)).default));
    } catch (error) {
      found.faults.push(`${path}: cannot load the judge of ${id}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  return found;
}

/** What is wrong with the markers of a lesson: questions and exercises that have no id, or no judge. */
function markFaults({ cells, file }: Lesson): string[] {
  const faults: string[] = [];
  const at = (cell: Cell): string => `${file}:${cell.markerLine}`;
  const tagged = (tag: string): Cell[] => cells.filter(({ tags }) => tags.includes(tag));
  for (const cell of [...tagged("exercise"), ...tagged("check"), ...tagged("predict")]) {
    if (!cell.id) {
      faults.push(`${at(cell)}: a cell with tags=["${cell.tags.join('", "')}"] takes an id="…" and got none`);
    }
  }
  for (const tag of ["exercise", "predict"]) {
    const seen = new Set<string>();
    for (const cell of tagged(tag)) {
      if (cell.id && seen.has(cell.id)) faults.push(`${at(cell)}: there are two cells ${tag} "${cell.id}"`);
      seen.add(cell.id);
    }
  }
  for (const cell of tagged("exercise")) {
    const check = tagged("check").find(({ id, index }) => id === cell.id && index > cell.index);
    if (cell.id && !check) faults.push(`${at(cell)}: no cell with tags=["check"] id="${cell.id}" follows it`);
  }
  for (const cell of tagged("check")) {
    if (cell.id && !tagged("exercise").some(({ id }) => id === cell.id)) {
      faults.push(`${at(cell)}: it checks "${cell.id}", but there is no such exercise`);
    }
  }
  return faults;
}

/** Runs a lesson as given, in quick mode, in the same sandbox as for a learner. */
async function runQuick(
  path: string,
  lesson: Lesson,
  found: Checked,
  limit: number,
  dataFolders: readonly string[],
): Promise<void> {
  const url = pathToFileURL(Deno.realPathSync(path)).href;
  const engine = lessonEngine({
    ...{ lesson, url, settings: { mode: "quick", seed: 1 }, grants: courseGrants(url, dataFolders) },
    screen: { columns: 80, rows: 24, colors: "none" },
  });
  try {
    for (const cell of lesson.cells) {
      if (cell.kind !== "code" || cell.source.trim() === "") continue;
      const where = `${path}:${cell.line}`;
      const verdicts: ExerciseVerdict[] = [];
      const watch = setTimeout(() => {
        engine.interrupt();
        setTimeout(() => engine.interrupt(), 1000); // the first is a request, the second an order
      }, limit);
      const outputs: Output[] = [];
      const result = await engine.run(cell, (output) => {
        outputs.push(output);
        const verdict = verdictOf(output);
        if (verdict) verdicts.push(verdict);
      });
      clearTimeout(watch);
      found.ran += result.milliseconds;
      found.slowest = Math.max(found.slowest, result.milliseconds);
      const rows = cell.tags.includes("check") ? 0 : rowsOfOutputs(outputs); // a verdict cannot be shown in two cells
      if (rows > MOST_ROWS) {
        found.faults.push(
          `${where}: a cell's output takes at most ${MOST_ROWS} rows at 80 × 24 and got ${rows}: make it two cells`,
        );
      }
      const blank = result.status === "failed" && result.error.name === "BlankError" && cell.tags.includes("exercise");
      const unset = cell.tags.includes("check") && verdicts.length === 0; // a constant whose blank has not been filled
      if (result.milliseconds >= limit || result.status === "killed") {
        found.faults.push(`${where}: the cell runs longer than ${limit / 1000} s in quick mode`);
        if (result.status === "killed") return;
      } else if (result.status === "failed" && !blank && !unset) {
        const { name, message, place } = result.error;
        found.faults.push(`${place ? `${place.file}:${place.line}:${place.column}` : where}: ${name}: ${message}`);
        if (!cell.tags.includes("exercise")) return;
      }
      if (cell.tags.includes("check") && verdicts.some(({ kind }) => kind === "passed")) {
        found.faults.push(`${where}: the exercise ${cell.id} passes as given`);
      } else if (verdicts.some(({ kind }) => kind !== "open")) {
        found.faults.push(
          `${where}: the exercise ${cell.id} as given is "${verdicts[0].kind}" and should be open`,
        );
      }
    }
  } finally {
    engine.close();
  }
}

/** Checks that the solution passes, and that each mistake gets its own reply, whatever the inputs. */
export async function exerciseFaults(id: string, exercise: Exercise<readonly unknown[], unknown>): Promise<string[]> {
  const faults = new Set<string>();
  for (let seed = 1; seed <= 5; seed++) {
    const solved = await judge(exercise, exercise.solution, new Random(seed));
    if (solved.kind !== "passed") faults.add(`exercise ${id}: its solution does not pass: ${solved.message}`);
    for (const [i, { answer, reply }] of exercise.mistakes.entries()) {
      const { kind, mistake, message } = await judge(exercise, answer, new Random(seed));
      if (kind === "mistake" && mistake === i) continue;
      faults.add(
        `exercise ${id}: mistake ${i + 1} ("${reply}") gets the reply of ${kind}: "${message.split("\n")[0]}"`,
      );
    }
  }
  return [...faults];
}
