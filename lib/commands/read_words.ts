/** Reads the words of a command line: options that are known, and whatever stands beside them. */

import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "./nearest.ts";
import { complain } from "./output.ts";
import { UsageError } from "./usage_error.ts";

/** The options of a command: those that are on or off, and those that take a value, each with a name for it. */
export interface KnownOptions {
  readonly flags: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** What was found. */
interface Words {
  /** The options that are on, by name. */
  readonly on: ReadonlySet<string>;
  /** The values that were given, by the name of their option. */
  readonly values: ReadonlyMap<string, string>;
  /** The words that are not options, in order. */
  readonly rest: readonly string[];
}

/**
 * Reads a command line. `-h` is `--help`; what follows `--` is never an option.
 *
 * @param hint What to add for an unknown option that deserves more than the nearest known one.
 * @throws {UsageError} For an option that does not exist (the message suggests the nearest one), a value that is missing, or one that an
 * option does not take.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { on, values, rest } = readWords(["16", "--run", "--seed=3"], { flags: ["run", "help"], values: { seed: "N" } });
 * assertEquals([[...on], [...values], rest], [["run"], [["seed", "3"]], ["16"]]);
 * ```
 */
export function readWords(
  words: readonly string[],
  known: KnownOptions,
  hint?: (option: string) => string | undefined,
): Words {
  const { flags } = known, named = Object.keys(known.values);
  const options = words.slice(0, words.indexOf("--") < 0 ? undefined : words.indexOf("--"));
  // parseArgs keeps the words beside the options under this name, and would let an option overwrite them
  const clash = options.find((word) => /^--_(?:[=.]|$)|^-[^-]*_/.test(word));
  if (clash !== undefined) throw new UsageError(noSuch(clash, "_", [...flags, ...named], hint));
  const args = parseArgs([...words], {
    boolean: flags,
    string: ["_", ...named],
    alias: flags.includes("help") ? { help: "h" } : {},
    unknown: (word, name) => {
      if (name === undefined) return true; // a word beside the options
      throw new UsageError(noSuch(word, name, [...flags, ...named], hint));
    },
  });
  for (const word of options) {
    const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (flags.includes(name)) throw new UsageError(`--${name} takes no value and got "${value}"`);
  }
  const values = new Map<string, string>();
  for (const name of named) {
    const value = args[name];
    if (value === undefined) continue;
    if (value === "") throw new UsageError(`--${name} takes a value: --${name} ${known.values[name]}`);
    values.set(name, String(value));
  }
  return { on: new Set(flags.filter((name) => args[name])), values, rest: args._.map(String) };
}

/** The same for a program that has no more to say about wrong usage: one line, and exit code 2. */
export function readOrExit(words: readonly string[], known: KnownOptions): Words {
  try {
    return readWords(words, known);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    Deno.exit(2);
  }
}

function noSuch(word: string, name: string, names: readonly string[], hint?: (option: string) => string | undefined) {
  const option = word.startsWith("--") ? word.replace(/=.*/s, "") : `-${name}`;
  const hinted = hint?.(option);
  const near = nearest(option, names.map((known) => `--${known}`));
  return `no option ${option}` +
    (hinted ?? (near ? `; did you mean ${near}?` : names.includes("help") ? "; --help lists the options" : ""));
}
