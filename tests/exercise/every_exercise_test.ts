// Every exercise of the course: as written in the lesson it is open, its solution passes, and each mistake gets its own
// reply.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { stripTypeScriptTypes } from "node:module";
import { blank, type Exercise, judge } from "../../lib/exercise/mod.ts";
import { codeOf } from "../../lib/exercise/code_of.ts";
import type { Cell } from "../../lib/cells/document/document.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import * as library from "../../mod.ts";
import { granted, testWith } from "../support.ts";

const LESSONS = new URL("../../lessons/", import.meta.url);
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const files = granted("read")
  ? [...Deno.readDirSync(new URL("exercises/", LESSONS))].map(({ name }) => name).filter((name) => name !== "mod.ts")
    .sort()
  : [];

testWith({ read: true }, "there are exercises", () => assert(files.length >= 10, `only ${files.length}`));

for (const file of files) {
  const id = file.replace(".ts", "").replaceAll("_", "-");
  const load = async (): Promise<Exercise> => (await import(new URL(`exercises/${file}`, LESSONS).href)).default;

  Deno.test(`${id}: the solution passes for any inputs`, async () => {
    const exercise = await load();
    for (const seed of SEEDS) {
      const verdict = await judge(exercise, exercise.solution, new library.Random(seed));
      assertEquals(verdict.kind, "passed", `seed ${seed}: ${verdict.message}`);
    }
  });

  Deno.test(`${id}: every mistake gets its own reply, and no other`, async () => {
    const exercise = await load();
    const replies = new Set(exercise.mistakes.map(({ reply }) => reply));
    assertEquals(replies.size, exercise.mistakes.length, "two mistakes have one reply");
    for (const [i, mistake] of exercise.mistakes.entries()) {
      for (const seed of SEEDS) {
        const verdict = await judge(exercise, mistake.answer, new library.Random(seed));
        assertEquals([verdict.kind, verdict.mistake], ["mistake", i], `mistake ${i}, seed ${seed}: ${verdict.message}`);
        assert(verdict.message.startsWith(mistake.reply));
      }
    }
  });

  Deno.test(`${id}: as written in the lesson it is open, with its check below it`, async () => {
    const exercise = await load();
    const { start, check } = cellsOf(id);
    const [, name] = check.source.match(new RegExp(`^await check\\("${id}", (\\w+)\\);$`, "m")) ?? [];
    assert(name, `the check cell is to say await check("${id}", …): ${check.source}`);
    for (const seed of SEEDS) {
      const verdict = await judge(exercise, evaluate(start.source, name), new library.Random(seed));
      assertEquals(verdict.kind, "open", verdict.message);
    }
    const source = (await import(new URL(`exercises/${file}`, LESSONS).href, { with: { type: "text" } })).default;
    const code = codeOf(exercise, source);
    assertMatch(code, new RegExp(`^(async )?(function|class) ${name}\\b`), "the solution has the learner's name");
    assert(source.includes(code), "it is shown as it was written, with its types");
  });

  Deno.test(`${id}: replies, hints and explanation are readable`, async () => {
    const { mistakes, hints, explanation } = await load();
    for (const text of [...mistakes.map(({ reply }) => reply), ...hints]) {
      assertMatch(text, /[^.\s]$/, "no period at the end");
      assert(text.length > 20 && text.length < 300, text);
    }
    assert(explanation.length > 60, "the explanation says why");
  });
}

testWith({ read: true }, "every exercise cell has a file that judges it", () => {
  for (const { name, cells } of lessons()) {
    for (const { tags, id } of cells) {
      if (!tags.includes("exercise") && !tags.includes("check")) continue;
      assert(files.includes(`${id?.replaceAll("-", "_")}.ts`), `lesson ${name} has an exercise ${id} without a file`);
    }
  }
});

function lessons(): { name: string; cells: readonly Cell[] }[] {
  return [...Deno.readDirSync(LESSONS)].filter(({ name }) => /^\d+_\w+\.ts$/.test(name)).map(({ name }) => ({
    name,
    cells: parseLesson(Deno.readTextFileSync(new URL(name, LESSONS)), name).cells,
  }));
}

/** The cell of an exercise, and the cell that checks it right after. */
function cellsOf(id: string): { start: Cell; check: Cell } {
  const found = lessons().flatMap(({ name, cells }) =>
    cells.flatMap((cell, i) =>
      cell.tags.includes("exercise") && cell.id === id ? [{ name, start: cell, check: cells[i + 1] }] : []
    )
  );
  assertEquals(found.length, 1, `${id} is in these lessons: ${found.map(({ name }) => name)}`);
  const [{ start, check }] = found;
  assert(check?.tags.includes("check") && check.id === id, `the cell below ${id} is to be its check`);
  return { start, check };
}

/** What a cell defines under this name, with nothing but the library: an answer must be self-contained. */
function evaluate(source: string, name: string): unknown {
  const names = { ...library, blank };
  return new Function(...Object.keys(names), `"use strict";${stripTypeScriptTypes(source)}\nreturn ${name};`)(
    ...Object.values(names),
  );
}
