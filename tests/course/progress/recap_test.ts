import { assertStringIncludes } from "@std/assert";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { Journal } from "../../../lib/course/progress/journal.ts";
import { Progress } from "../../../lib/course/progress/progress.ts";
import { recapOf } from "../../../lib/course/progress/recap.ts";
import { testWith, withTempDir } from "../../support.ts";

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
