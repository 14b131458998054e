// What is kept between sessions (journal, checkpoints, recap), and the parts of the terminal that need no screen.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseLesson } from "../../lib/course/lesson.ts";
import { CheckpointStore } from "../../lib/course/progress/checkpoints.ts";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { recapOf } from "../../lib/course/progress/recap.ts";
import { begin } from "../../lib/course/session_state.ts";
import { keysNow } from "../../lib/fronts/terminal/key_line.ts";
import { typed } from "../../lib/fronts/terminal/line_editor.ts";
import { testWith, withTempDir } from "../support.ts";

const DISK = { read: true, write: true } as const;
const SOURCE = `// %% [markdown]
// # Halves

// %% tags=["predict"] id="half"
// What is half of 8?

// %%
8 / 2;

// %% tags=["exercise"] id="halve"
const halve = (x: number): number => blank(x);

// %% tags=["check"] id="halve"
await check("halve", halve);
`;

testWith(
  DISK,
  "journal: lines survive, a line that was cut off is left out, and the next one starts on a new line",
  () =>
    withTempDir((directory) => {
      const path = `${directory}/journal/a.jsonl`;
      const journal = new Journal(path);
      journal.add({ type: "guess", id: "half", guess: "4" });
      journal.add({ type: "ran", cell: 2, source: "8 / 2;", status: "done", milliseconds: 1, text: "4\n" });
      Deno.writeTextFileSync(path, '{"at":"2026', { append: true });
      const again = new Journal(path);
      assertEquals(again.entries.map(({ type }) => type), ["guess", "ran"]);
      assertEquals(again.lastRun(2, "8 / 2;")?.text, "4\n");
      assertEquals(again.lastRun(2, "8 / 3;"), undefined, "the cell has changed");
      again.add({ type: "play", source: "1", text: "1\n" });
      assertEquals(new Journal(path).entries.map(({ type }) => type), ["guess", "ran", "play"]);
    }),
);

testWith(
  DISK,
  "journal: a long one keeps the last run of each cell, and a file that cannot be written stops nothing",
  () =>
    withTempDir((directory) => {
      const path = `${directory}/a.jsonl`;
      const journal = new Journal(path);
      const text = "x".repeat(30_000);
      for (let i = 0; i < 150; i++) {
        journal.add({ type: "ran", cell: i % 3, source: "", status: "done", milliseconds: i, text });
      }
      const again = new Journal(path);
      assertEquals(
        again.entries.map((entry) => entry.type === "ran" && entry.milliseconds),
        [147, 148, 149],
      );
      assert(Deno.statSync(path).size < 200_000);
      const nowhere = new Journal(`${path}/below/a/file.jsonl`);
      nowhere.add({ type: "guess", id: "a", guess: "b" });
      assertEquals(nowhere.entries.length, 1);
      assert(nowhere.failed);
    }),
);

testWith(
  DISK,
  "checkpoints: found by name, settings and code; only a few are kept; a failure to write stops nothing",
  () =>
    withTempDir((directory) => {
      const store = new CheckpointStore(`${directory}/c`, { mode: "quick", seed: 1 });
      store.save("cnn", ["a", "b"], new Uint8Array([1, 2]));
      assertEquals(store.load("cnn", ["a", "b"]), new Uint8Array([1, 2]));
      assertEquals(store.load("cnn", ["a", "c"]), undefined, "the code has changed");
      assertEquals(store.load("other", ["a", "b"]), undefined);
      assertEquals(new CheckpointStore(`${directory}/c`, { mode: "full", seed: 1 }).load("cnn", ["a", "b"]), undefined);
      for (let i = 0; i < 9; i++) store.save("cnn", [`${i}`], new Uint8Array([i]));
      assertEquals([...Deno.readDirSync(`${directory}/c`)].length, 4);
      Deno.writeTextFileSync(`${directory}/file`, "");
      new CheckpointStore(`${directory}/file/c`, { mode: "quick", seed: 1 }).save("cnn", [], new Uint8Array(1));
      store.clear();
      assertEquals(store.load("cnn", ["8"]), undefined);
    }),
);

testWith(
  DISK,
  "recap: guesses, code with its outputs, exercises with their answers",
  () =>
    withTempDir((directory) => {
      const progress = new Progress(directory);
      progress.save("01_made", { cell: 5, cells: 5, done: true });
      progress.guess("01_made", "half", "5");
      progress.exercise("01_made", "halve", () => ({ tries: 2, hints: 1, passed: true, opened: true }));
      const journal = new Journal(`${directory}/j.jsonl`);
      journal.add({ type: "ran", cell: 2, source: "8 / 2;", status: "done", milliseconds: 1, text: "4\n" });
      journal.add({ type: "answer", id: "halve", kind: "passed", message: "Right, in every trial", source: "" });
      journal.add({ type: "play", source: "1 + 1", text: "2\n" });
      const lesson = parseLesson(SOURCE, "01_made.ts");
      const answer = (): string => "// Lesson\n\nconst halve = (x: number): number => x / 2;";
      const text = recapOf([{ number: "01", lesson, journal, progress: progress.lesson("01_made"), answer }], progress);
      assertStringIncludes(text, "- Lesson 1, 01_made: done, 1 of 1 exercises solved");
      assertStringIncludes(
        text,
        "### Halves\n\n> What is half of 8?\n>\n> My guess: **5**\n\n```ts\n8 / 2;\n```\n\n```text\n4\n```",
      );
      assertStringIncludes(
        text,
        "**Exercise halve: solved** (2 tries, 1 hint)\n\n```ts\nconst halve = (x: number): number => x / 2;\n```",
      );
      assertStringIncludes(text, "✓ Right, in every trial");
      assertStringIncludes(text, "### Play\n\n```ts\n1 + 1\n```");
    }),
);

Deno.test("the line of keys fits the terminal and always ends with ?", () => {
  const lesson = parseLesson(SOURCE, "x.ts");
  for (const columns of [20, 40, 80, 200]) {
    for (const at of [0, 1, 2]) {
      const state = { ...begin({ lesson, hasNext: true }), at, reached: at, phase: "done" as const };
      const line = keysNow(state, false, columns);
      assertMatch(line, /· \? keys$/);
      if (columns >= 80) assert(line.length < columns, line);
    }
  }
});

Deno.test("typing: lines, words and characters of any width", () => {
  const type = (keys: string[]): string => keys.reduce(typed, { text: "", at: 0 }).text;
  assertEquals(type(["a", "newline", "b", "up", "line-end", "c"]), "ac\nb");
  assertEquals(type(["👍🏽", "é", "left", "left", "x"]), "x👍🏽é");
  assertEquals(type(["a", "space", "b", "ctrl-a", "ctrl-k", "c"]), "c");
  assertEquals(type(["a", "b", "home", "delete", "page-up", "escape"]), "b");
});
