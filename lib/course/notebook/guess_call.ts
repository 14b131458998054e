/** Adds and removes the call with which a question in a notebook asks for a guess; the learner completes it. */

import { shown } from "../../cells/document/shown.ts";
import { tokenize } from "../../cells/document/tokenize.ts";

const CALL = /(?:^|\n)await course\.predict\(/g;

/** The question with the call at its end. */
export function withGuessCall(source: string, id: string): string {
  return `${source}${source && "\n"}await course.predict(${JSON.stringify(id)}, "");`;
}

/**
 * The question without the call, and without the learner's guess.
 *
 * @throws {RangeError} When something stands below the call: a lesson has no place for it there.
 */
export function withoutGuessCall(source: string): string {
  const found = [...source.matchAll(CALL)].at(-1);
  if (!found) return source;
  const [below] = source.slice(endOfCall(source, found.index + found[0].length - 1)).trim().split("\n");
  if (below !== "") {
    throw new RangeError(
      `a question ends with course.predict(…) and got "${shown(below)}" after it: move that to a cell of its own`,
    );
  }
  return source.slice(0, found.index);
}

/** Where the call ends whose parentheses open at `from`: after its semicolon, if it has one. */
function endOfCall(source: string, from: number): number {
  const rest = source.slice(from);
  const tokens = tokenize(rest);
  const close = tokens.findIndex(({ start, depth }) => depth === 0 && rest[start] === ")");
  if (close < 0) return source.length; // not closed: a guess that is being written
  const next = tokens[close + 1];
  return from + (next && rest[next.start] === ";" ? next.end : tokens[close].end);
}
