/** The command `deno task lesson glossary`: says what a term means, and which lesson builds it. */

import { fileURLToPath } from "node:url";
import { type CourseEntry, readTitle } from "../../course/catalog.ts";
import { entriesLike, type GlossaryEntry, readGlossary } from "../../course/glossary.ts";
import type { Style } from "../../fronts/text/style.ts";
import { write } from "../../fronts/text/write.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage_error.ts";

const GLOSSARY = fileURLToPath(new URL("../../../docs/glossary.md", import.meta.url));

/**
 * Writes the entries of a term; without a term, all of them.
 *
 * @throws {UsageError} For a term that is not there (the message suggests the nearest one).
 */
export function writeGlossary(asked: string, course: readonly CourseEntry[], style: Style): void {
  const entries = readGlossary(Deno.readTextFileSync(GLOSSARY));
  const found = entriesLike(entries, asked);
  if (found.length === 0) {
    const near = nearest(asked, entries.map(({ term }) => term));
    const advice = near ? `; did you mean ${near}?` : ": deno task lesson glossary lists all terms";
    throw new UsageError(`the glossary does not have "${asked}"${advice}`);
  }
  const one = found.length === 1;
  write(found.map((entry) => `${lineOf(entry, one ? titleOf(course, entry) : "", style)}\n`).join(""));
}

function lineOf({ term, meaning, lesson }: GlossaryEntry, title: string, style: Style): string {
  return `${style.bold(term)}: ${meaning} ${style.dim(`(lesson ${lesson}${title})`)}`;
}

function titleOf(course: readonly CourseEntry[], { lesson }: GlossaryEntry): string {
  const entry = course.find(({ number }) => Number(number) === Number(lesson));
  return entry ? `: ${readTitle(entry).title}` : "";
}
