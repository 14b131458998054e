// The map of the course: the README and the page for teachers name every lesson and part, with the right minutes.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { listLessons, readLesson, readTitle } from "../../lib/course/catalog.ts";
import { testWith } from "../support.ts";

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const course = () => listLessons(path("lessons"));

/** The rows of a document's tables, without the spaces around the cells. */
function rowsOf(document: string): string[][] {
  const rows = Deno.readTextFileSync(path(document)).split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
}

testWith({ read: true }, "the README has every lesson under its part, with the minutes of the part", () => {
  const rows = rowsOf("README.md").filter(([first, second]) => /^\d+$/.test(first) || second?.startsWith("**"));
  const expected = course().flatMap((entry, i, all) => {
    const { title, part } = readTitle(entry);
    const lesson = [String(Number(entry.number)), `[${title}](lessons/${entry.name}.ts)`];
    if (part === undefined) return [lesson];
    const later = all.findIndex((other, k) => k > i && readTitle(other).part !== undefined);
    const minutes = all.slice(i, later < 0 ? undefined : later).reduce(
      (sum, other) => sum + readTitle(other).minutes,
      0,
    );
    return [["", `**${part}**, ${minutes} minutes`], lesson];
  });
  assertEquals(rows.map(([first, second]) => [first, second]), expected);
});

testWith({ read: true }, "the page for teachers has the minutes and the exercises of every lesson", () => {
  const rows = rowsOf("docs/teaching.md").filter(([number]) => /^\d+$/.test(number));
  assertEquals(
    rows.map(([number, title, minutes]) => [number, title, minutes]),
    course().map((entry) => {
      const { title, minutes } = readTitle(entry);
      return [String(Number(entry.number)), title, String(minutes)];
    }),
  );
  const text = Deno.readTextFileSync(path("docs/teaching.md"));
  for (const entry of course()) {
    const { cells } = readLesson(entry).lesson;
    for (const { id } of cells.filter(({ tags }) => tags.includes("exercise"))) assertStringIncludes(text, `\`${id}\``);
  }
});
