// The project is written in plain American English: none of its texts uses a word from `word_list.ts`.
import { LIST } from "./word_list.ts";
import type { TextFile } from "./texts.ts";

/** Folders and files that nobody has swept yet. This list only gets shorter: an entry without a fault is a fault. */
export const TO_SWEEP: readonly string[] = [
  "data",
  "lib/exercise",
  "lib/kernel",
  "lib/layers",
  "lib/losses",
  "lib/optimizers",
  "lib/show",
  "lib/std",
  "lib/training",
  "tests/data",
  "tests/exercise",
  "tests/kernel",
  "tests/layers",
  "tests/show",
  "tests/training",
];

/** The list itself uses the words. */
const EXCEPT = ["tests/architecture/word_list.ts"];

/**
 * A gap between two words: spaces, or a line break together with what a comment or a split string puts there. In
 * `word_list.ts` a plain space stands for it.
 */
const GAP = String.raw`(?:[ \t]+|[ \t]*["'\`]?[ \t]*\+?[ \t]*\n[ \t]*(?:\/{2,}|\*|#|["'\`])?[ \t]*)`;

const words = LIST.map(([pattern, instead]) => ({ pattern: new RegExp(pattern.replaceAll(" ", GAP), "gi"), instead }));

/** Every use of a word from the list: where it is, and what to write instead. */
export function wrongWords(texts: readonly TextFile[]): string[] {
  return texts.filter(({ path }) => !EXCEPT.includes(path)).flatMap(({ path, text }) => {
    const own = text.replace(/https?:\/\/[^\s)"'`>]+/g, (address) => " ".repeat(address.length));
    const found = words.flatMap(({ pattern, instead }) =>
      [...own.matchAll(pattern)].map((match) => ({ index: match.index, word: wholeWords(own, match), instead }))
    );
    return found.sort((a, b) => a.index - b.index).map(({ index, word, instead }) =>
      `${path}:${own.slice(0, index).split("\n").length} says "${word}": write "${instead}"`
    );
  });
}

/** The same, except in what nobody has swept yet. */
export function wrongWordsOutside(texts: readonly TextFile[], toSweep: readonly string[]): string[] {
  return wrongWords(texts.filter(({ path }) => !toSweep.some((entry) => isIn(path, entry))));
}

/** Every entry that is no longer needed: it is clean, or it no longer exists. */
export function sweptEntries(texts: readonly TextFile[], toSweep: readonly string[]): string[] {
  return toSweep
    .filter((entry) => wrongWords(texts.filter(({ path }) => isIn(path, entry))).length === 0)
    .map((entry) => `${entry} has no word from the list: remove it from TO_SWEEP in tests/architecture/words.ts`);
}

function isIn(path: string, entry: string): boolean {
  return path === entry || path.startsWith(`${entry}/`);
}

/** The match, with its first and last word completed, on one line. */
function wholeWords(text: string, { index, 0: found }: RegExpExecArray): string {
  const before = /\w*$/.exec(text.slice(Math.max(0, index - 40), index))![0];
  const after = /^\w*/.exec(text.slice(index + found.length))![0];
  return (before + found + after).trim().replace(/\s+/g, " ");
}
