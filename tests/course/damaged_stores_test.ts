// Journals, checkpoints and temporary files that something has damaged, filled or left behind.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseLesson } from "../../lib/course/lesson.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { LessonStores } from "../../lib/course/lesson_stores.ts";
import { Answers } from "../../lib/course/answers/answers.ts";
import { CHECKPOINT_LIMITS, CheckpointStore } from "../../lib/course/progress/checkpoints.ts";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { recapOf } from "../../lib/course/progress/recap.ts";
import { sweep } from "../../lib/course/progress/sweep.ts";
import { courseGrants } from "../../lessons/permissions.ts";
import { testWith, withTempDir } from "../support.ts";

const DISK = { read: true, write: true } as const;
const SETTINGS = { mode: "quick", seed: 1 } as const;
const names = (directory: string): string[] => [...Deno.readDirSync(directory)].map(({ name }) => name).sort();
const line = (entry: Record<string, unknown>): string => JSON.stringify({ at: "2026-01-01T00:00:00.000Z", ...entry });
const RAN = { type: "ran", cell: 0, source: "1;", status: "done", milliseconds: 1, text: "1\n" };

testWith(
  DISK,
  "journal: a damaged line is left out, the file is kept as it was, and one notice says so",
  () =>
    withTempDir((directory) => {
      const path = `${directory}/a.jsonl`;
      const wrong = [
        ...[{ ...RAN, text: undefined }, { ...RAN, text: 7 }, { ...RAN, cell: -1 }, { type: "guess", id: "a" }, {
          type: "answer",
        }],
        ...[{ type: 7 }, { ...RAN, at: 7 }, { type: "play", source: null, text: "" }],
      ].map(line);
      const lines = [
        ...wrong,
        "null",
        "[]",
        "nonsense",
        '"ran"',
        line(RAN),
        line({ type: "later", x: [1] }),
        line({ ...RAN, ansi: 7 }),
      ];
      Deno.writeTextFileSync(path, lines.join("\n") + "\n");
      const journal = new Journal(path);
      assertEquals(journal.notices.length, 1);
      assertStringIncludes(journal.notices[0], "could not be read completely (13 lines are wrong)");
      assertEquals(
        journal.entries.map(({ type }) => type as string),
        ["later", "ran"],
        "the last run counts, without its colors",
      );
      assertEquals(journal.lastRun(0, "1;")?.ansi, undefined);
      const [backup] = names(directory).filter((name) => name.includes("corrupt"));
      assertEquals(Deno.readTextFileSync(`${directory}/${backup}`), lines.join("\n") + "\n");
      const lesson = parseLesson("// %%\n1;\n", "01_a.ts");
      const read = { number: "01", lesson, journal, progress: undefined, answer: () => undefined };
      assertStringIncludes(recapOf([read], new Progress(directory)), "```text\n1\n```");
      assertEquals(new Journal(path).notices, []);
      const stores = new LessonStores("01_a", { answers: new Answers(directory), journal });
      assertEquals([stores.notices().length, stores.notices().length], [1, 0], "the front end hears of it, once");
    }),
);

testWith(
  DISK,
  "journal: of one that is too long the end is read, in less than 2 seconds",
  () =>
    withTempDir((directory) => {
      const whole: [string, string][] = [
        ["guesses", (line({ type: "guess", id: "a", guess: "b" }) + "\n").repeat(200_000)],
        ["empty objects", "{}\n".repeat(3_000_000) + line(RAN) + "\n"],
        ["one line", `${"[".repeat(9_000_000)}\n${line(RAN)}\n`],
      ];
      for (const [name, text] of whole) {
        const path = `${directory}/${name}.jsonl`;
        Deno.writeTextFileSync(path, text);
        const start = performance.now();
        const { entries, notices } = new Journal(path);
        assert(performance.now() - start < 2000, name);
        assert(entries.length >= 1 && entries.length <= 50_000);
        assertStringIncludes(notices[0], "it is too long");
        assertEquals(new Journal(path).notices, []);
      }
    }),
);

testWith(
  DISK,
  "journal: it is shortened while it is written, and long texts are cut",
  () =>
    withTempDir((directory) => {
      const path = `${directory}/a.jsonl`;
      const journal = new Journal(path);
      const text = "x".repeat(39_000);
      for (let i = 0; i < 400; i++) {
        journal.add({ type: "ran", cell: i % 2, source: "", status: "done", milliseconds: i, text });
      }
      assert(Deno.statSync(path).size < 6_200_000);
      journal.add({ type: "play", source: "1", text: "x".repeat(9e6) });
      journal.add({ type: "answer", id: "a", kind: "wrong", message: "no", source: "x".repeat(9e6) });
      const again = new Journal(path);
      assertEquals([again.notices, again.failed], [[], undefined]);
      assertEquals(again.entries.at(-1)?.type, "answer");
      assert(Deno.statSync(path).size < 6_400_000);
    }),
);

testWith(DISK, "journal: a pipe or a folder in its place is not waited for", () =>
  withTempDir((directory) => {
    Deno.mkdirSync(`${directory}/a.jsonl`);
    const journal = new Journal(`${directory}/a.jsonl`);
    journal.add({ type: "guess", id: "a", guess: "b" });
    assertStringIncludes(journal.failed!, "is not a file");
  }));

testWith(
  DISK,
  "checkpoints: with any bit changed, or cut off, the work is done again",
  () =>
    withTempDir((directory) => {
      const store = new CheckpointStore(directory, SETTINGS);
      const bytes = Uint8Array.from({ length: 40 }, (_, i) => i);
      store.save("cnn", ["a"], bytes);
      const path = `${directory}/${names(directory)[0]}`;
      assertEquals(store.load("cnn", ["a"]), bytes);
      for (let bit = 0; bit < 8 * bytes.length; bit++) {
        const damaged = bytes.slice();
        damaged[bit >> 3] ^= 1 << (bit & 7);
        Deno.writeFileSync(path, damaged);
        assertEquals(store.load("cnn", ["a"]), undefined);
      }
      Deno.writeFileSync(path, bytes.subarray(0, 39));
      assertEquals(store.load("cnn", ["a"]), undefined);
      Deno.writeFileSync(path, new Uint8Array(CHECKPOINT_LIMITS.size + 1));
      assertEquals(store.load("cnn", ["a"]), undefined);
      store.save("cnn", ["a"], bytes.subarray(1));
      assertEquals(
        [store.load("cnn", ["a"]), names(directory).length],
        [bytes.slice(1), 1],
        "the damaged one is replaced",
      );
    }),
);

testWith(
  DISK,
  "checkpoints: names, bytes and how often are limited; the newest stay, and no other name loses one",
  () =>
    withTempDir((directory) => {
      const limits = { perName: 2, files: 5, size: 100, total: 300, saves: 60, name: 20 };
      const store = new CheckpointStore(directory, SETTINGS, limits);
      store.save("a-b", [], new Uint8Array(1));
      for (let i = 0; i < 9; i++) store.save("a", [`${i}`], new Uint8Array([i]));
      assertEquals([store.load("a-b", [])?.length, store.load("a", ["8"]), store.load("a", ["0"])], [
        1,
        new Uint8Array([8]),
        undefined,
      ]);
      assertEquals(names(directory).length, 3);
      store.save("large", [], new Uint8Array(101));
      store.save("x".repeat(21), [], new Uint8Array(1));
      assertEquals(names(directory).length, 3);
      for (let i = 0; i < 20; i++) store.save(`name ${i}`, [], new Uint8Array(10));
      assertEquals(names(directory).length, 5);
      for (let i = 0; i < 9; i++) store.save(`big ${i}`, [], new Uint8Array(90));
      assertEquals(store.load("big 8", [])?.length, 90);
      assert(names(directory).reduce((sum, name) => sum + Deno.statSync(`${directory}/${name}`).size, 0) <= 300);
      for (let i = 0; i < 30; i++) store.save("often", [`${i}`], new Uint8Array([i]));
      assertEquals([store.load("often", ["29"]), store.load("often", ["19"])?.[0]], [undefined, 19], "60 in all");
    }),
);

testWith(
  { ...DISK, run: true, env: ["NODE_V8_COVERAGE"] },
  "checkpoints: whatever a cell asks to save, the next cell runs",
  () =>
    withTempDir(async (directory) => {
      const url = new URL("../fixtures/lessons/01_first.ts", import.meta.url).href;
      const checkpoints = new CheckpointStore(`${directory}/a`, SETTINGS);
      const engine = lessonEngine({
        ...{
          url,
          checkpoints,
          lesson: { permissions: [], cells: [] },
          settings: SETTINGS,
          grants: courseGrants(url, []),
        },
        screen: { columns: 80, rows: 24, colors: "none" },
      });
      try {
        const source = `const place = globalThis[Symbol.for("gradually.checkpoints")];
        for (const name of [7, null, undefined, {}, [], "x".repeat(1e6), "../../up", ""]) {
          for (const bytes of [8, null, "text", {}, new Uint8Array(1)]) place.save(name, bytes);
          await place.load(name);
        }`;
        assertEquals((await engine.run({ index: 0, source, line: 1 }, () => {})).status, "done");
        assertEquals((await engine.run({ index: 1, source: "1 + 1;", line: 9 }, () => {})).status, "done");
      } finally {
        engine.close();
      }
      assertEquals(names(directory), ["a"]);
      assertEquals(names(`${directory}/a`).map((name) => name.replace(/-.*/, "")), ["", "______up"]);
    }),
);

testWith(
  DISK,
  "sweep: what killed processes left behind goes after an hour, and nothing else",
  () =>
    withTempDir((directory) => {
      const left = [
        "check/relu-backward_4242_1.ts",
        "progress.json.4242.tmp",
        "journal/a.jsonl.7.tmp",
        "checkpoints/a/x.safetensors.7.tmp",
      ];
      const others = [
        "check/notes.ts",
        "check/relu_x_1.ts",
        "progress.json",
        "my.tmp",
        "answers/a/relu_42_1.ts",
        "journal/a.jsonl",
        "recap.md",
      ];
      for (const name of [...left, ...others]) {
        Deno.mkdirSync(`${directory}/${name}`.replace(/[/][^/]*$/, ""), { recursive: true });
        Deno.writeTextFileSync(`${directory}/${name}`, "");
      }
      const exist = (list: string[]): string[] =>
        list.filter((name) => {
          try {
            return Deno.lstatSync(`${directory}/${name}`).isFile;
          } catch {
            return false;
          }
        });
      sweep(directory);
      assertEquals(exist(left), left, "they may be in use");
      sweep(directory, Date.now() + 3_700_000);
      assertEquals([exist(left), exist(others)], [[], others]);
      sweep(`${directory}/nowhere`);
    }),
);

testWith({ ...DISK, run: true }, "sweep: a link to a folder is not followed", () =>
  withTempDir(async (directory) => {
    Deno.mkdirSync(`${directory}/elsewhere`);
    Deno.writeTextFileSync(`${directory}/elsewhere/relu_1_1.ts`, "");
    Deno.mkdirSync(`${directory}/state`);
    const code = `Deno.symlinkSync(${JSON.stringify(`${directory}/elsewhere`)}, "${directory}/state/check")`;
    const made = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output(); // needs the whole disk
    assert(made.success);
    sweep(`${directory}/state`, Date.now() + 1e9);
    assertEquals(names(`${directory}/elsewhere`), ["relu_1_1.ts"]);
  }));
