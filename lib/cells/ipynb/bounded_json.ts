/** Parses JSON from a file that anyone may have written, and refuses what would take too much memory or stack. */

/** How much a text may hold. */
interface JsonLimits {
  /** The deepest nesting; too deep, and the stack overflows when the value is written again. */
  depth: number;
  /** The number of values: a text of 16 MB can have eight million of them, which take half a gigabyte. */
  values: number;
}

/** Enough for a notebook with its outputs. */
const LIMITS: JsonLimits = { depth: 100, values: 300_000 };

/**
 * The value of a JSON text.
 *
 * @throws {SyntaxError} When the text is not JSON, or is too large. The message continues a sentence and quotes nothing from the text, so
 * that it can be shown in a terminal.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseBounded('{"cells": []}'), { cells: [] });
 * assertThrows(() => parseBounded('{"cells": ['), SyntaxError, "it ends too early");
 * assertThrows(() => parseBounded("[".repeat(5000)), SyntaxError, "it is nested more than 100 deep");
 * ```
 */
export function parseBounded(text: string, limits: JsonLimits = LIMITS): unknown {
  const { depth, values } = structureOf(text, limits);
  if (depth > limits.depth) throw new SyntaxError(`it is nested more than ${limits.depth} deep`);
  if (values > limits.values) throw new SyntaxError(`it has more than ${limits.values} values`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (isCutOff(text)) throw new SyntaxError("it ends too early", { cause });
    const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec((cause as Error).message)?.[0];
    throw new SyntaxError(`it is not JSON${place ? `: look ${place}` : ""}`, { cause });
  }
}

/** Whether the text ends in the middle of a list, an object or a string, or is empty. */
export function isCutOff(text: string): boolean {
  return structureOf(text).open || text.trim() === "";
}

/** How deep a text is nested, how many values it has at most, and whether it ends within one. It looks no further than the limits. */
function structureOf(text: string, limits?: JsonLimits): { depth: number; values: number; open: boolean } {
  let open = 0;
  let depth = 0;
  let values = 1;
  const { depth: deepest, values: most } = limits ?? { depth: Infinity, values: Infinity };
  for (let at = 0; at < text.length && depth <= deepest && values <= most; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return { depth, values, open: true };
    } else if (char === COMMA) values++;
    else if (char === OPEN_LIST || char === OPEN_OBJECT) {
      values++;
      depth = Math.max(depth, ++open);
    } else if (char === CLOSE_LIST || char === CLOSE_OBJECT) open--;
  }
  return { depth, values, open: open > 0 };
}

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = "\\".charCodeAt(0);
const COMMA = ",".charCodeAt(0);
const [OPEN_LIST, CLOSE_LIST] = ["[".charCodeAt(0), "]".charCodeAt(0)];
const [OPEN_OBJECT, CLOSE_OBJECT] = ["{".charCodeAt(0), "}".charCodeAt(0)];

/** The index of the quote that closes the string that opens at `at`; negative if there is none. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const char = text.charCodeAt(end);
    if (char === QUOTE) return end;
    if (char === BACKSLASH) end++;
  }
  return -1;
}
