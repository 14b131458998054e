import { assert, assertEquals } from "@std/assert";
import { Journal } from "../../../lib/course/progress/journal.ts";
import { testWith, withTempDir } from "../../support.ts";

const DISK = { read: true, write: true } as const;

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
