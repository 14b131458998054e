/** Reads the glossary: a table in Markdown, with a term, its meaning and the lesson that builds it in each row. */

/** A term of the course. */
export interface GlossaryEntry {
  term: string;
  meaning: string;
  /** The number of the lesson: "13". */
  lesson: string;
}

/**
 * The entries of a glossary, in their order.
 *
 * @throws {SyntaxError} For a row of the table that does not have three columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const table = "| term | what it means | lesson |\n| - | - | - |\n| kink | a corner | 6 |\n";
 * assertEquals(readGlossary(table), [{ term: "kink", meaning: "a corner", lesson: "6" }]);
 * ```
 */
export function readGlossary(text: string): GlossaryEntry[] {
  const rows = text.split(/\r?\n/).filter((line) => line.startsWith("|")).slice(2); // its head and the rule below
  return rows.map((row) => {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replaceAll("\\|", "|"));
    if (cells.length !== 3) {
      throw new SyntaxError(`a row of the glossary takes a term, a meaning and a lesson and got "${row}"`);
    }
    const [term, meaning, lesson] = cells;
    return { term, meaning, lesson };
  });
}

/**
 * The entries that a learner may mean: the term itself, also in the plural; or else every term that contains it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const entries = ["hidden layer", "layer"].map((term) => ({ term, meaning: "…", lesson: "2" }));
 * assertEquals(entriesLike(entries, "Layers").map(({ term }) => term), ["layer"]);
 * assertEquals(entriesLike(entries, "hidden").map(({ term }) => term), ["hidden layer"]);
 * ```
 */
export function entriesLike(entries: readonly GlossaryEntry[], asked: string): GlossaryEntry[] {
  const word = asked.trim().toLowerCase();
  const same = entries.filter(({ term }) => [word, word.replace(/s$/, "")].includes(term.toLowerCase()));
  return same.length > 0 ? same : entries.filter(({ term }) => term.toLowerCase().includes(word));
}
