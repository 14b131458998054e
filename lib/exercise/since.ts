/** since: what has become right or wrong since the last try. */

/** The parts of an answer that are right in every trial, and those that are not: `.dx`, `[0]`. */
export interface RightParts {
  /** The parts that are right. */
  readonly right: readonly string[];
  /** The parts that are not. */
  readonly wrong: readonly string[];
}

/**
 * A sentence about what has changed; undefined if nothing has, or if the answer has only one part.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const before = { right: [], wrong: [".dx", ".dw"] }, now = { right: [".dx"], wrong: [".dw"] };
 * assertEquals(since(before, now), "dx is right now, dw is not yet");
 * assertEquals(since(now, before), "dx was right in your last try");
 * ```
 */
export function since(before: RightParts, now: RightParts): string | undefined {
  const better = before.wrong.filter((path) => now.right.includes(path));
  const worse = before.right.filter((path) => now.wrong.includes(path));
  const still = before.wrong.filter((path) => now.wrong.includes(path));
  if ([...better, ...worse].includes("")) return undefined;
  const sentences = [
    better.length
      ? `${listOf(better)} ${are(better)} right now${still.length ? `, ${listOf(still)} ${are(still)} not yet` : ""}`
      : "",
    worse.length ? `${listOf(worse)} ${worse.length > 1 ? "were" : "was"} right in your last try` : "",
  ];
  return sentences.filter(Boolean).join(". ") || undefined;
}

/** Names of parts as a list: `y, gradX and gradB`. */
export function listOf(paths: readonly string[]): string {
  const names = paths.map((path) => path.replace(/^\./, "")), last = names.pop();
  return names.length ? `${names.join(", ")} and ${last}` : last ?? "";
}

function are(paths: readonly string[]): string {
  return paths.length > 1 ? "are" : "is";
}
