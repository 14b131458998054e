// The glossary has every term that a lesson defines (in bold), with the lesson that defines it, and no other.
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { listLessons, readLesson } from "../../lib/course/catalog.ts";
import { entriesLike, readGlossary } from "../../lib/course/glossary.ts";
import { testWith } from "../support.ts";

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** The bold terms of the lessons: which one, and in which lesson. */
function boldTerms(): { term: string; lesson: string }[] {
  return listLessons(path("lessons")).flatMap((entry) => {
    const texts = readLesson(entry).lesson.cells.filter(({ kind }) => kind === "markdown");
    const bold = texts.flatMap(({ source }) => [...source.replace(/^\/\/ ?/gm, "").matchAll(/\*\*([^*]+)\*\*/g)]);
    return bold.map(([, term]) => ({ term: term.replace(/\s+/g, " "), lesson: String(Number(entry.number)) }));
  });
}

testWith({ read: true }, "the glossary has every bold term of the lessons, at the lesson that defines it", () => {
  const entries = readGlossary(Deno.readTextFileSync(path("docs/glossary.md")));
  const bold = boldTerms();
  const missing = bold.filter(({ term, lesson }) => {
    const [found, ...others] = entriesLike(entries, term).filter((entry) => entry.lesson === lesson);
    return found === undefined || others.length > 0;
  });
  assertEquals(missing, []);
  const undefinedThere = entries.filter(({ term, lesson }) =>
    !bold.some((one) => one.lesson === lesson && entriesLike(entries, one.term).some((entry) => entry.term === term))
  );
  assertEquals(undefinedThere, []);
  const twice = bold.filter(({ term }, i) => bold.findIndex((one) => one.term === term) < i);
  assertEquals(twice, []);
});

testWith({ read: true }, "the glossary is in the order of the alphabet, and each meaning is one line", () => {
  const entries = readGlossary(Deno.readTextFileSync(path("docs/glossary.md")));
  const terms = entries.map(({ term }) => term);
  assertEquals(terms, terms.toSorted((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  assertEquals(entries.filter(({ meaning }) => meaning.length > 120 || /[.!]$/.test(meaning)), []);
});
