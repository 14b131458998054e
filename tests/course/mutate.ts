// Damages files at random, the way disks, editors, old programs and curious people do.
import type { Random } from "../../mod.ts";

/** Values that no reader of a field expects. */
const ALIENS: readonly string[] = [
  ...["null", "true", "false", "0", "-1", "7", "0.5", "1e308", "1e21", "-0", "9007199254740993", '""', '"text"', "[]"],
  ...["{}", "[null]", "[[]]", '[1, "a"]', '{"length": 3}', '{"__proto__": {"cell": 1}}', '{"constructor": null}'],
  ...[
    '{"text/plain": 1}',
    '"\\u001b]0;title\\u0007"',
    '"\\ud800"',
    '"a\\nb"',
    '"../../etc"',
    '"settings"',
    "[".repeat(9000),
  ],
  ...[JSON.stringify("x".repeat(9000)), `${"[".repeat(300)}${"]".repeat(300)}`, `[${"{},".repeat(9000)}1]`],
];

/** Keys that an object has without anybody's doing. */
const KEYS: readonly string[] = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "length"];

/** A damaged copy of a file. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const isText = bytes[0] === 0x7b; // "{"
  const kinds = isText
    ? [flip, flip, cut, cutOut, repeat, insert, alien, alien, alien, twice, key, exchange]
    : [flip, flip, cut, cutOut, repeat, insert];
  return pick(kinds, random)(bytes, random);
}

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  for (let n = below(8, random) + 1; n > 0 && copy.length > 0; n--) {
    copy[below(copy.length, random)] ^= 1 << below(8, random);
  }
  return copy;
}

function cut(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, below(bytes.length + 1, random));
}

function cutOut(bytes: Uint8Array, random: Random): Uint8Array {
  const from = below(bytes.length, random);
  return joined(bytes.subarray(0, from), bytes.subarray(from + below(200, random)));
}

function repeat(bytes: Uint8Array, random: Random): Uint8Array {
  const from = below(bytes.length, random);
  const to = Math.min(bytes.length, from + below(400, random));
  return joined(bytes.subarray(0, to), bytes.subarray(from));
}

function insert(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random);
  const piece = Uint8Array.from(
    { length: below(12, random) + 1 },
    () => random.uniform() < 0.5 ? below(256, random) : '{}[]",:\\\n'.charCodeAt(below(9, random)),
  );
  return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
}

/** Replaces a value by one of another type. */
function alien(bytes: Uint8Array, random: Random): Uint8Array {
  return onValue(
    bytes,
    random,
    (text, { start, end }) => text.slice(0, start) + pick(ALIENS, random) + text.slice(end),
  );
}

/** Gives a key twice, with two values. */
function twice(bytes: Uint8Array, random: Random): Uint8Array {
  return onValue(bytes, random, (text, { start, end, key }) => {
    if (key === undefined) return text;
    const other = `${key}: ${pick(ALIENS, random)}`;
    return random.uniform() < 0.5
      ? `${text.slice(0, end)}, ${other}${text.slice(end)}`
      : `${text.slice(0, start)}null, ${other}, ${key}: ${text.slice(start)}`;
  });
}

/** Adds a key. */
function key(bytes: Uint8Array, random: Random): Uint8Array {
  return onValue(
    bytes,
    random,
    (text, { end, key }) =>
      key === undefined
        ? text
        : `${text.slice(0, end)}, ${JSON.stringify(pick(KEYS, random))}: ${pick(ALIENS, random)}${text.slice(end)}`,
  );
}

/** Replaces a value by another one of the same file. */
function exchange(bytes: Uint8Array, random: Random): Uint8Array {
  return onValue(bytes, random, (text, { start, end }, values) => {
    const other = pick(values, random);
    return text.slice(0, start) + text.slice(other.start, other.end) + text.slice(end);
  });
}

interface Value {
  start: number;
  end: number;
  /** Its key, with the quotes. */
  key?: string;
}

function onValue(
  bytes: Uint8Array,
  random: Random,
  change: (text: string, value: Value, all: readonly Value[]) => string,
): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const values = valuesOf(text);
  return values.length === 0 ? bytes : new TextEncoder().encode(change(text, pick(values, random), values));
}

const found = new Map<string, Value[]>();

/** Where the values of a JSON text are, of all its lines. */
function valuesOf(text: string): Value[] {
  const known = found.get(text);
  if (known) return known;
  const values: Value[] = [];
  const open: Value[] = [];
  let key: string | undefined;
  for (const { 0: piece, index: start } of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[{]|[\]}]|[^\s,:[\]{}"]+/g)) {
    const end = start + piece.length;
    if (/^"[^]*:$/.test(piece)) {
      key = piece.replace(/\s*:$/, "");
      continue;
    }
    if (/^[\]}]/.test(piece)) {
      const value = open.pop();
      if (value) value.end = end;
      continue;
    }
    const value: Value = { start, end, key };
    key = undefined;
    values.push(value);
    if (/^[[{]/.test(piece)) open.push(value);
  }
  if (found.size < 4) found.set(text, values); // the whole files come first, and come most often
  return values;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[below(list.length, random)];
}

/** A whole number from 0, below `end`; 0 if there is none. */
function below(end: number, random: Random): number {
  return random.integer(Math.max(1, end));
}
