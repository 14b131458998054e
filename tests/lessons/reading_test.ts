// The lessons are easy to read: short sentences, short texts, and code that fits a screen of 80 columns.
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { listLessons, readLesson } from "../../lib/course/catalog.ts";
import type { Cell } from "../../lib/cells/document/document.ts";
import type { Exercise } from "../../lib/exercise/mod.ts";
import { testWith } from "../support.ts";

const MOST_WORDS = 120; // of a text cell
const MOST_PER_SENTENCE = 18; // on average
const WIDTH = 74; // 80 columns, less the line numbers
const LESSONS = fileURLToPath(new URL("../../lessons", import.meta.url));

/** A text without its headings, formulas, tables and code. */
function proseOf(text: string): string {
  const lines = text.split("\n").filter((line) => !/^(?:\s{4}|#|\|)/.test(line));
  return lines.join("\n").replace(/```[^]*?```/g, "").replace(/`[^`]*`/g, "code");
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}∂Σ][\p{L}\p{N}'’.,\-]*/gu) ?? [];
}

/** How many words each sentence has; an item of a list begins a new one. */
function sentencesOf(text: string): number[] {
  const sentences = proseOf(text).replace(/\n(?:- |\d+\. )/g, ". ").split(/(?<=[.!?:]["”)*]*)\s+|\n\n+/);
  return sentences.map((sentence) => wordsOf(sentence).length).filter((count) => count > 1);
}

function mean(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

function isText({ kind, tags }: Cell): boolean {
  return kind === "markdown" || tags.includes("predict");
}

Deno.test("sentences are counted as a reader would", () => {
  assertEquals(sentencesOf("One two three. Four five?\n\n- six seven\n- eight nine ten"), [3, 2, 2, 3]);
  assertEquals(sentencesOf("# Not this\nOnly `a b c` counts:\n\n    not = this\n"), [3]);
});

testWith({ read: true }, "every lesson is in short sentences and short texts, and its code fits 80 columns", () => {
  const faults: string[] = [];
  for (const entry of listLessons(LESSONS)) {
    const { lesson } = readLesson(entry);
    const texts = lesson.cells.filter(isText);
    const average = mean(texts.flatMap(({ source }) => sentencesOf(source.replace(/^\/\/ ?/gm, ""))));
    if (!(average < MOST_PER_SENTENCE)) faults.push(`${entry.name}: ${average.toFixed(1)} words per sentence`);
    for (const { line, source } of texts) {
      const count = wordsOf(proseOf(source)).length;
      if (count > MOST_WORDS) faults.push(`${entry.name}:${line}: a text of ${count} words: make it two cells`);
    }
    for (const { line, source } of lesson.cells.filter((cell) => cell.kind === "code")) {
      source.split("\n").forEach((text, i) => {
        const width = [...text].length;
        if (width > WIDTH) faults.push(`${entry.name}:${line + i}: ${width} columns of code, and ${WIDTH} fit`);
      });
    }
  }
  assertEquals(faults, []);
});

testWith({ read: true }, "replies, hints and explanations are in short sentences", async () => {
  const faults: string[] = [];
  let seen = 0;
  for (const { name } of Deno.readDirSync(`${LESSONS}/exercises`)) {
    if (name === "mod.ts") continue;
    const judged: Exercise<readonly unknown[], unknown> = (await import(`../../lessons/exercises/${name}`)).default;
    const { mistakes, hints, explanation } = judged;
    const texts = [...mistakes.map(({ reply }) => reply), ...hints, explanation];
    const average = mean(texts.flatMap(sentencesOf));
    if (!(average < MOST_PER_SENTENCE)) faults.push(`${name}: ${average.toFixed(1)} words per sentence`);
    seen++;
  }
  assert(seen >= 50, `${seen} exercises`);
  assertEquals(faults, []);
});
