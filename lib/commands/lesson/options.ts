/** Reads the command line of `deno task lesson`. */

import { nearest } from "../nearest.ts";
import type { LessonSettings } from "../../contract/contract.ts";
import { type KnownOptions, readWords } from "../read_words.ts";
import { UsageError } from "../usage_error.ts";

/** The options of the command. */
export interface Options {
  /** The lesson, by number or name; if undefined, the learner continues where they left off. */
  lesson?: string;
  /** Whether to write a recap instead: of the given lesson, or of all lessons. */
  recap: boolean;
  /** The term to look up in the glossary; "" for all terms. */
  glossary?: string;
  list: boolean;
  run: boolean;
  help: boolean;
  settings: LessonSettings;
  /** A different folder of lessons, for authors. */
  lessons?: string;
}

/** Every option, with the name of its value, for the help and for suggestions. */
const OPTIONS: Record<string, { value?: string; help: string }> = {
  "--list": { help: "show the lessons and your progress, and exit" },
  "--run": { help: "run the whole lesson without pauses; exit code 1 if a cell throws" },
  "--quick": { help: "small data and few epochs: no cell runs longer than 30 s (the default)" },
  "--full": { help: "all of the data, all epochs" },
  "--data": { value: "DIR", help: "the folder with the MNIST files" },
  "--seed": { value: "N", help: "the seed of all random numbers (default 1)" },
  "--kernel": { value: "NAME", help: "the kernel: reference or simd" },
  "--threads": { value: "N", help: "the number of threads" },
  "--lessons": { value: "DIR", help: "a different folder of lessons" },
  "--help": { help: "show this text" },
};
const KNOWN: KnownOptions = {
  flags: Object.keys(OPTIONS).filter((name) => !OPTIONS[name].value).map((name) => name.slice(2)),
  values: Object.fromEntries(
    Object.entries(OPTIONS).flatMap(([name, { value }]) => value ? [[name.slice(2), value]] : []),
  ),
};
const KERNELS = ["reference", "simd"];
const MAX_THREADS = 64; // the most that a kernel takes

/** The text of `--help`. */
export function helpText(): string {
  const rows = Object.entries(OPTIONS).map(([name, { value, help }]) => [value ? `${name} ${value}` : name, help]);
  return [
    "Usage: deno task lesson [LESSON] [OPTION…]",
    "",
    "       deno task lesson recap [LESSON]",
    "       deno task lesson glossary [TERM]",
    "",
    "Without a lesson, it shows the course and continues at your next cell. LESSON is a number, a name, or the beginning of a",
    "name: 16, conv. The command recap writes what you ran, guessed and answered to .gradually/recap.md; glossary says what a",
    "term means, and which lesson builds it.",
    "",
    ...rows.map(([left, right]) => `  ${left.padEnd(16)} ${right}`),
    "",
  ].join("\n");
}

/**
 * Reads the arguments.
 *
 * @throws {UsageError} For an option that does not exist (the message suggests the nearest one), or a value that an option cannot take.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const options = readOptions(["16", "--full", "--seed=3"]);
 * assertEquals(options.lesson, "16");
 * assertEquals(options.settings, { mode: "full", seed: 3 });
 * ```
 */
export function readOptions(args: readonly string[]): Options {
  const { on, values, rest } = readWords(args, KNOWN, forRecap);
  const recap = rest[0] === "recap", glossary = rest[0] === "glossary";
  const lessons = glossary ? [] : rest.slice(recap ? 1 : 0);
  if (lessons.length > 1) {
    throw new UsageError(
      `the command takes one lesson and got "${lessons[0]}" and "${lessons[1]}": name one of them`,
    );
  }
  const full = on.has("full") && args.lastIndexOf("--full") > args.lastIndexOf("--quick"); // of both the last one counts
  const settings: LessonSettings = { mode: full ? "full" : "quick", seed: 1 };
  for (const [name, value] of values) {
    if (name === "data") settings.data = value;
    else if (name === "seed") settings.seed = whole("--seed", value, 0);
    else if (name === "threads") settings.threads = whole("--threads", value, 1, MAX_THREADS);
    else if (name === "kernel") settings.kernel = oneOf("--kernel", value, KERNELS);
  }
  const given: Options = { recap, list: on.has("list"), run: on.has("run"), help: on.has("help"), settings };
  if (lessons.length > 0) given.lesson = lessons[0];
  if (glossary) given.glossary = rest.slice(1).join(" ");
  if (values.has("lessons")) given.lessons = values.get("lessons");
  return given;
}

function forRecap(option: string): string | undefined {
  return option === "--recap" ? "; did you mean the command: deno task lesson recap?" : undefined;
}

function whole(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    const end = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
    throw new UsageError(`${name} takes a whole number from ${least}${end} and got "${text}"`);
  }
  return value;
}

function oneOf(name: string, text: string, values: readonly string[]): string {
  if (values.includes(text)) return text;
  const near = nearest(text, values);
  throw new UsageError(
    `${name} takes ${values.join(" or ")} and got "${text}"` + (near ? `; did you mean ${near}?` : ""),
  );
}
