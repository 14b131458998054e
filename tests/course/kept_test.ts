// What is kept and read back: code from play, long outputs, the newest checkpoints, a question as text, a lesson by its name.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { answerFile } from "../../lib/course/answers/answer_file.ts";
import { Answers } from "../../lib/course/answers/answers.ts";
import { lessonsLike } from "../../lib/course/catalog.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { codeBefore } from "../../lib/course/lesson_code.ts";
import { CheckpointStore } from "../../lib/course/progress/checkpoints.ts";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { recapOf } from "../../lib/course/progress/recap.ts";
import { testWith, withTempDir } from "../support.ts";

const DISK = { read: true, write: true } as const;
const { cells } = parseLesson(
  '// %%\n0;\n\n// %%\n1;\n\n// %% tags=["check"] id="x"\nawait check("x", 1);\n\n// %%\n// only words\n\n// %%\n4;\n',
  "x.ts",
);

Deno.test("before a place runs the code of the cells above it, and once, where it was, the code kept from play", () => {
  const kept = [{ before: 1, source: "play one" }, { before: 5, source: "play at the end" }];
  const before = (place: number) =>
    codeBefore(cells, place, new Answers("/nowhere"), kept).map(({ source }) => source.trim());
  assertEquals(before(0), []);
  assertEquals(before(1), ["0;", "play one"]);
  assertEquals(before(4), ["0;", "play one", "1;"]);
  assertEquals(before(5), ["0;", "play one", "1;", "4;", "play at the end"]);
});

testWith(
  DISK,
  "of a long output the end is kept, and the recap shows its beginning and its end",
  () =>
    withTempDir((directory) => {
      const journal = new Journal(`${directory}/j.jsonl`);
      const ran = { type: "ran", status: "done", milliseconds: 1 } as const;
      journal.add({ ...ran, cell: 0, source: "0;", text: "x".repeat(50_000) + "end" });
      const { text } = journal.lastRun(0, "0;")!;
      assertEquals([text.length, text.slice(0, 3), text.slice(-3)], [40_002, "… x", "end"]);
      const lines = Array.from({ length: 100 }, (_, i) => `line ${i} \`\`\``);
      journal.add({ ...ran, cell: 1, source: "1;", text: lines.join("\n") });
      const lesson = parseLesson("// %%\n\n\n// %%\n1;\n", "01_x.ts");
      const all = { number: "01", lesson, journal, progress: undefined, answer: () => undefined };
      const recap = recapOf([all], new Progress(directory));
      const [, shown] = /\n````text\n([^]*?)\n````\n/.exec(recap)!;
      assertEquals(shown.split("\n"), [...lines.slice(0, 20), "… 60 more lines …", ...lines.slice(-20)]);
    }),
);

testWith(
  DISK,
  "the newest checkpoints of a name are kept, by the time when they were saved",
  () =>
    withTempDir((directory) => {
      const store = new CheckpointStore(`${directory}/c`, { mode: "quick", seed: 1 });
      const found = () => ["a", "b", "c", "d", "e"].filter((code) => store.load("cnn", [code]));
      for (const [i, code] of ["a", "b", "c", "d"].entries()) {
        const before = new Set(names());
        store.save("cnn", [code], new Uint8Array([i]));
        const [file] = names().filter((name) => !before.has(name));
        Deno.utimeSync(`${directory}/c/${file}`, 1000 + i, 1000 + i);
      }
      assertEquals(found(), ["a", "b", "c", "d"]);
      store.save("cnn", ["e"], new Uint8Array([9]));
      assertEquals(found(), ["b", "c", "d", "e"]);

      function names(): string[] {
        try {
          return Array.from(Deno.readDirSync(`${directory}/c`), ({ name }) => name);
        } catch {
          return [];
        }
      }
    }),
);

Deno.test("the question above an answer is wrapped, no line of it wider than 79 columns", () => {
  const words = (length: number, count: number) => Array(count).fill("w".repeat(length)).join(" ");
  const exercise = parseLesson('// %% tags=["exercise"] id="x"\nblank();\n', "x.ts").cells[0];
  for (const [length, perLine] of [[38, 1], [37, 2], [18, 4], [76, 1]]) {
    const question = parseLesson(`// %% [markdown]\n// ${words(length, 9)}\n`, "x.ts").cells[0];
    const lines = answerFile("01_x", exercise, question).split("\n").filter((line) => line.includes("ww"));
    assertEquals(Math.max(...lines.map((line) => line.split(" ").length - 1)), perLine, `words of ${length}`);
    assert(lines.every((line) => line.length <= 79));
  }
});

Deno.test("one or two letters name a lesson by its beginning only, three also by any part of it", () => {
  const course = ["01_linear", "02_conv"].map((name) => ({ number: name.slice(0, 2), name, path: `/none/${name}.ts` }));
  const found = (asked: string) => lessonsLike(course, asked).map(({ name }) => name);
  assertEquals([found("li"), found("c"), found("in"), found("ine"), found("onv")], [
    ["01_linear"],
    ["02_conv"],
    [],
    ["01_linear"],
    ["02_conv"],
  ]);
});

testWith(
  DISK,
  "a file of a newer version is left as it is, whatever is to be written down",
  () =>
    withTempDir((directory) => {
      const path = `${directory}/progress.json`;
      const newer = JSON.stringify({ format: "gradually-progress", version: 99, lessons: {}, more: true });
      Deno.writeTextFileSync(path, newer);
      const progress = new Progress(directory);
      assertMatch(progress.notices.join(), /newer version/);
      progress.save("01_x", { cell: 3, cells: 5, done: false });
      assertEquals(progress.lesson("01_x")?.cell, 3);
      assertEquals(Deno.readTextFileSync(path), newer);
      assertStringIncludes(newer, "more");
    }),
);
