// `@std/cli/parse-args`: turns an array of command-line words into an object of options.

/** Names of options: one, or a list. */
type Names<T extends string> = T | readonly T[];

/** Which options there are, for {@linkcode parseArgs}. */
export interface ParseOptions<
  B extends string = string,
  S extends string = string,
  C extends string = string,
  N extends string = string,
  D extends Record<string, unknown> = Record<string, unknown>,
  A extends Record<string, Names<string>> = Record<string, Names<string>>,
  DD extends boolean = boolean,
> {
  /** Options that are on or off; off by default. `true`: every `--name` without a value of its own after `=`. */
  boolean?: Names<B> | boolean;
  /** Options that take a string, never converted to a number. `"_"` keeps positional words as strings, too. */
  string?: Names<S>;
  /** Options that may be repeated: the value is a list of all values. */
  collect?: Names<C>;
  /** Options that `--no-NAME` sets to false. */
  negatable?: Names<N>;
  /** Default values of options. */
  default?: D;
  /** Other names of an option: the result has the value under each of them. */
  alias?: A;
  /** Put the words after `--` under "--" instead of `_`; `false` by default. */
  "--"?: DD;
  /** Stop at the first positional word; the rest goes to `_` as it is; `false` by default. */
  stopEarly?: boolean;
  /**
   * Called with every word that no option above names, and for an option with its name and value. If it returns
   * `false`, the word is left out of the result.
   */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

type Known<B extends string, S extends string, C extends string, N extends string, D> =
  & { [K in Exclude<B, C>]: boolean }
  & { [K in Exclude<S, C | "_"> as K extends keyof D ? K : never]: string | D[K & keyof D] | Negated<K, N> }
  & { [K in Exclude<S, C | "_"> as K extends keyof D ? never : K]?: string | Negated<K, N> }
  & { [K in Extract<B, C>]: boolean[] }
  & { [K in Extract<S, C>]: string[] }
  & { [K in Exclude<C, B | S>]: unknown[] }
  & { [K in Exclude<keyof D, B | S | C>]: D[K] };

type Negated<K, N> = K extends N ? false : never;

type Aliased<T, A> = {
  [K in keyof A & keyof T as A[K] extends Names<infer Other> ? Other : never]: T[K];
};

/** The result of {@linkcode parseArgs}: the options by name, and positional words under `_`. */
export type Args<T = Record<string, unknown>, DD extends boolean = false> =
  & Record<string, unknown>
  & T
  & { _: (string | number)[] }
  & (DD extends true ? { "--": string[] } : unknown);

/**
 * Parses command-line words: `--name value`, `--name=value`, `--flag`, `-f`, `-abc`, `-n5`, and `--` before words that
 * are not options. Values that look like numbers become numbers, except those of `string` options. A name with dots
 * leads into objects: `--a.b=1` gives `{ a: { b: 1 } }`.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["16", "--seed", "3", "--data=../shared", "-q"], {
 *   boolean: ["quick"],
 *   string: ["data"],
 *   alias: { quick: "q" },
 * });
 * assertEquals(args, { _: [16], seed: 3, data: "../shared", quick: true, q: true });
 * ```
 */
export function parseArgs<
  const B extends string = never,
  const S extends string = never,
  const C extends string = never,
  const N extends string = never,
  D extends Record<string, unknown> = Record<never, never>,
  const A extends Record<string, Names<string>> = Record<never, never>,
  const DD extends boolean = false,
>(
  args: readonly string[],
  options: ParseOptions<B, S, C, N, D, A, DD> = {},
): Args<Known<B, S, C, N, D> & Aliased<Known<B, S, C, N, D>, A>, DD> {
  const reader = new Reader(options as ParseOptions);
  return reader.read(args) as Args<Known<B, S, C, N, D> & Aliased<Known<B, S, C, N, D>, A>, DD>;
}

class Reader {
  readonly #options: ParseOptions;
  readonly #aliases: Map<string, string[]>;
  readonly #booleans: Set<string>;
  readonly #allBooleans: boolean;
  readonly #strings: Set<string>;
  readonly #collected: Set<string>;
  readonly #negatable: Set<string>;
  readonly #result: Record<string, unknown> & { _: (string | number)[] } = { _: [] };

  constructor(options: ParseOptions) {
    this.#options = options;
    this.#aliases = aliasesOf(options.alias ?? {});
    const { boolean } = options;
    this.#allBooleans = boolean === true;
    this.#booleans = this.#withAliases(typeof boolean === "boolean" ? undefined : boolean);
    this.#strings = this.#withAliases(options.string);
    this.#collected = this.#withAliases(options.collect);
    this.#negatable = this.#withAliases(options.negatable);
  }

  read(args: readonly string[]): Record<string, unknown> {
    const end = args.indexOf("--");
    const words = end < 0 ? args : args.slice(0, end);
    const rest = end < 0 ? [] : args.slice(end + 1);
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (word.startsWith("--")) i += this.#long(word, words[i + 1]);
      else if (word.startsWith("-") && word.length > 1) i += this.#short(word, words[i + 1]);
      else {
        this.#positional(word);
        if (this.#options.stopEarly) {
          this.#result._.push(...words.slice(i + 1));
          break;
        }
      }
    }
    this.#fillIn();
    if (this.#options["--"]) this.#result["--"] = rest;
    else this.#result._.push(...rest);
    return this.#result;
  }

  /** `--name`, `--name=value`, `--name value`. Returns how many of the next words it took. */
  #long(word: string, next: string | undefined): number {
    const equals = word.indexOf("=", 3);
    if (equals > 0) {
      const name = word.slice(2, equals).replace(/^no-(?=.)/, ""); // as the original: --no-a=1 is --a=1
      const value = word.slice(equals + 1);
      this.#set(name, this.#booleans.has(name) ? value !== "false" : value, word);
      return 0;
    }
    const name = word.slice(2);
    if (name.startsWith("no-") && this.#negatable.has(name.slice(3))) {
      this.#set(name.slice(3), false, word, false);
      return 0;
    }
    return this.#valueOrFlag(name, word, next, next?.startsWith("-") ?? false);
  }

  /** `-f`, `-abc`, `-n5`, `-n=5`, `-n 5`. Returns how many of the next words it took. */
  #short(word: string, next: string | undefined): number {
    for (let i = 1; i < word.length - 1; i++) {
      const letter = word[i];
      const rest = word.slice(i + 1);
      const value = shortValue(letter, rest);
      if (value !== undefined) {
        this.#set(letter, value, word);
        if (rest !== "-") return 0;
      } else this.#set(letter, this.#flag(letter), word);
    }
    const last = word.slice(-1);
    if (last === "-") return 0;
    return this.#valueOrFlag(last, word, next, next !== undefined && /^--?[^-]/.test(next));
  }

  #valueOrFlag(name: string, word: string, next: string | undefined, nextIsOption: boolean): number {
    const takesNone = this.#booleans.has(name) || this.#allBooleans && word.startsWith("--");
    if (next && !nextIsOption && !takesNone) {
      this.#set(name, next, word);
      return 1;
    }
    if (next === "true" || next === "false") {
      this.#set(name, next === "true", word);
      return 1;
    }
    this.#set(name, this.#flag(name), word);
    return 0;
  }

  /** What an option without a value is worth. */
  #flag(name: string): string | boolean {
    return this.#strings.has(name) ? "" : true;
  }

  #positional(word: string): void {
    if (this.#options.unknown?.(word) === false) return;
    this.#result._.push(this.#strings.has("_") || !isNumber(word) ? word : Number(word));
  }

  #set(name: string, value: string | boolean, word: string, collect = true): void {
    const known = [this.#booleans, this.#strings, this.#collected].some((names) => names.has(name)) ||
      this.#aliases.has(name) || this.#allBooleans && /^--[^=]+$/.test(word);
    if (!known && this.#options.unknown?.(word, name, value) === false) return;
    const read = typeof value === "string" && !this.#strings.has(name) && isNumber(value) ? Number(value) : value;
    for (const key of this.#namesOf(name)) {
      const found = get(this.#result, key);
      if (!collect || !this.#collected.has(name)) put(this.#result, key, read);
      else if (Array.isArray(found)) found.push(read);
      else put(this.#result, key, [read]);
    }
  }

  /** Options that were not given: their default, false for a boolean, an empty list for a collected one. */
  #fillIn(): void {
    for (const [name, value] of Object.entries(this.#options.default ?? {})) {
      if (get(this.#result, name) !== undefined) continue;
      for (const key of this.#namesOf(name)) put(this.#result, key, value);
    }
    for (const name of this.#booleans) {
      if (get(this.#result, name) === undefined) put(this.#result, name, this.#collected.has(name) ? [] : false);
    }
    for (const name of this.#strings) {
      if (get(this.#result, name) === undefined && this.#collected.has(name)) put(this.#result, name, []);
    }
  }

  #namesOf(name: string): string[] {
    return [name, ...this.#aliases.get(name) ?? []];
  }

  #withAliases(names: Names<string> | undefined): Set<string> {
    return new Set(listOf(names).flatMap((name) => this.#namesOf(name)));
  }
}

/** The value under a name; with dots in it, in the objects on the way. */
function get(result: object, name: string): unknown {
  let found: unknown = result;
  for (const key of name.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function put(result: Record<string, unknown>, name: string, value: unknown): void {
  const keys = name.split("."), last = keys.pop()!;
  if ([...keys, last].some((key) => key === "__proto__" || key === "constructor")) return;
  let inner = result;
  for (const key of keys) {
    if (!Object.hasOwn(inner, key) || typeof inner[key] !== "object" || inner[key] === null) inner[key] = {};
    inner = inner[key] as Record<string, unknown>;
  }
  inner[last] = value;
}

function listOf(names: Names<string> | undefined): readonly string[] {
  return names === undefined ? [] : typeof names === "string" ? [names] : names;
}

/** Every name of an option, to its other names. */
function aliasesOf(alias: Record<string, Names<string>>): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [name, others] of Object.entries(alias)) {
    if (others === undefined) throw new TypeError("Alias value must be defined");
    const names = [name, ...listOf(others)];
    for (const one of names) map.set(one, names.filter((other) => other !== one));
  }
  return map;
}

/** The value right after a letter, or undefined if the next letter is another option. */
function shortValue(letter: string, rest: string): string | undefined {
  if (rest === "-") return "-";
  if (rest === "=") return "";
  if (/[A-Za-z]/.test(letter)) {
    const afterEquals = /=(.+)/.exec(rest);
    if (afterEquals) return afterEquals[1];
    if (/-?\d+(\.\d*)?(e-?\d+)?$/.test(rest)) return rest;
  }
  return rest.length > 1 && /\W/.test(rest[0]) ? rest : undefined;
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
