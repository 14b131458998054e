/** Writes values as `Deno.inspect` does, without colors: a page has no Deno, and what cells print must not look different there. */

import { groupItems } from "./group_items.ts";
import { quoted } from "./quoted.ts";

/** What `inspect` takes of the options of `Deno.inspect`. */
interface InspectOptions {
  /** How deep objects are shown; 4 by default. */
  depth?: number;
  /** Whether everything is on one line, as long as it fits. */
  compact?: boolean;
  /** The width of a line; 80 by default. */
  breakLength?: number;
  /** How many items of a list are shown; 100 by default. */
  iterableLimit?: number;
  /** Longer texts are cut, in characters; 10,000 by default. */
  strAbbreviateSize?: number;
  /** The quotes of texts, the preferred ones first. */
  quotes?: readonly string[];
  colors?: boolean;
}

/** What one call is about. */
interface Context extends Required<Omit<InspectOptions, "compact" | "colors">> {
  /** How many levels may share a line; `true`: all of them. */
  compact: number | true;
  indentation: number;
  /** The level of the object that is shown now. */
  level: number;
  seen: object[];
  /** Objects that hold themselves, with their numbers. */
  circular: Map<object, number>;
}

const CUSTOM = Symbol.for("Deno.customInspect");
const { getOwnPropertyDescriptor, getPrototypeOf, prototype: { propertyIsEnumerable } } = Object;
const TypedArray = getPrototypeOf(Uint8Array) as typeof Uint8Array;

/**
 * A value as text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inspect({ a: [1, "two"] }), '{ a: [ 1, "two" ] }');
 * ```
 */
export function inspect(value: unknown, options: InspectOptions = {}): string {
  const context: Context = {
    depth: options.depth ?? 4,
    compact: options.compact === true ? true : 3,
    breakLength: options.breakLength ?? 80,
    iterableLimit: options.iterableLimit ?? 100,
    strAbbreviateSize: options.strAbbreviateSize ?? 10_000,
    quotes: options.quotes ?? ['"', "'", "`"],
    indentation: 0,
    level: 0,
    seen: [],
    circular: new Map(),
  };
  return valueText(context, value, 0);
}

function valueText(context: Context, value: unknown, level: number): string {
  if (typeof value === "string") return textOf(context, value);
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return String(value);
  const custom = (value as Record<symbol, unknown>)[CUSTOM];
  if (typeof custom === "function") return String(custom.call(value, inspect, context));
  if (context.seen.includes(value)) {
    const number = context.circular.get(value) ?? context.circular.size + 1;
    context.circular.set(value, number);
    return `[Circular *${number}]`;
  }
  return objectText(context, value, level);
}

function textOf({ strAbbreviateSize: most, quotes }: Context, value: string): string {
  if (value.length <= most) return quoted(value, quotes);
  const more = value.length - most;
  return `${quoted(value.slice(0, most), quotes)}... ${more} more character${more > 1 ? "s" : ""}`;
}

/** An object's braces, what stands before them, and what stands between them. */
interface Form {
  braces: [string, string];
  base?: string;
  items?(level: number): string[];
  isList?: boolean;
}

function objectText(context: Context, value: object, level: number): string {
  const form = formOf(context, value);
  const keys = keysOf(value, form.isList === true);
  const isEmpty = keys.length === 0 && !form.items;
  if (isEmpty) {
    return form.base !== undefined && form.braces[0] === "{" ? form.base : `${form.braces[0]}${form.braces[1]}`;
  }
  if (level > context.depth) return `[${Array.isArray(value) ? "Array" : nameOf(value) || "Object"}]`;
  context.seen.push(value);
  context.level = level;
  const items = [
    ...form.items?.(level + 1) ?? [],
    ...keys.map((key) => propertyText(context, value, key, form.isList === true, level)),
  ];
  context.seen.pop();
  const number = context.circular.get(value);
  if (number !== undefined) {
    const mark = `<ref *${number}>`;
    if (form.base === undefined) form.braces[0] = `${mark} ${form.braces[0]}`;
    else form.base = `${mark} ${form.base}`;
  }
  if (items.length === 0) return `${form.braces[0]}${form.braces[1]}`;
  return joined(context, items, form, level, value);
}

function formOf(context: Context, value: object): Form {
  const name = nameOf(value);
  const prefix = (otherwise: string, size?: number): string => {
    const counted = size === undefined ? "" : `(${size})`;
    const tag = tagOf(value, name ?? otherwise);
    return `${name ?? `[${otherwise}${counted}: null prototype]`}${name === undefined ? "" : counted} ${tag}`;
  };
  if (Array.isArray(value)) {
    const before = name === "Array" ? "" : prefix("Array", value.length);
    return {
      braces: [`${before}[`, "]"],
      items: value.length ? (level) => arrayItems(context, value, level) : undefined,
      isList: true,
    };
  }
  if (value instanceof TypedArray) {
    const items = (): string[] => limited(context, value.length, (i) => valueText(context, value[i], 0));
    return {
      braces: [`${prefix("TypedArray", value.length)}[`, "]"],
      items: value.length ? items : undefined,
      isList: true,
    };
  }
  if (value instanceof Set) {
    const all = [...value];
    const items = (level: number): string[] =>
      indented(context, () => limited(context, all.length, (i) => valueText(context, all[i], level)));
    return { braces: [`${prefix("Set", value.size)}{`, "}"], items: value.size ? items : undefined };
  }
  if (value instanceof Map) {
    const all = [...value];
    const pair = (i: number, level: number): string =>
      `${valueText(context, all[i][0], level)} => ${valueText(context, all[i][1], level)}`;
    const items = (level: number): string[] =>
      indented(context, () => limited(context, all.length, (i) => pair(i, level)));
    return { braces: [`${prefix("Map", value.size)}{`, "}"], items: value.size ? items : undefined };
  }
  if (typeof value === "function") return { braces: ["{", "}"], base: functionText(value) };
  if (value instanceof RegExp) return { braces: ["{", "}"], base: String(value) };
  if (value instanceof Date) {
    return { braces: ["{", "}"], base: Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString() };
  }
  if (value instanceof Error) return { braces: ["{", "}"], base: errorText(value) };
  if (value instanceof Number || value instanceof Boolean) {
    return { braces: ["{", "}"], base: `[${name}: ${value.valueOf()}]` };
  }
  if (value instanceof String) {
    return { braces: ["{", "}"], base: `[String: ${quoted(value.valueOf(), context.quotes)}]` };
  }
  if (value instanceof WeakMap || value instanceof WeakSet) {
    return { braces: [`${prefix("Weak")}{`, "}"], items: () => ["<items unknown>"] };
  }
  if (value instanceof ArrayBuffer) {
    const bytes = Array.from(new Uint8Array(value).subarray(0, 50), (byte) => byte.toString(16).padStart(2, "0")).join(
      " ",
    );
    const more = value.byteLength > 50 ? ` ... ${value.byteLength - 50} more bytes` : "";
    return {
      braces: [`${prefix("ArrayBuffer")}{`, "}"],
      items: () => [`[Uint8Contents]: <${bytes}${more}>`, `byteLength: ${value.byteLength}`],
    };
  }
  const plain = name === "Object" && tagOf(value, "Object") === "";
  return { braces: [plain ? "{" : `${prefix("Object")}{`, "}"] };
}

/** The name of the class of an object; undefined for one without a prototype. */
function nameOf(value: object): string | undefined {
  for (let holder: object | null = value; holder; holder = getPrototypeOf(holder)) {
    const made = getOwnPropertyDescriptor(holder, "constructor")?.value;
    if (typeof made === "function" && made.name !== "") return made.name;
  }
  return undefined;
}

function tagOf(value: object, name: string): string {
  const tag = (value as Record<symbol, unknown>)[Symbol.toStringTag];
  return typeof tag === "string" && tag !== "" && tag !== name ? `[${tag}] ` : "";
}

function functionText(value: { name: string }): string {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith("class")) {
    const parent = getPrototypeOf(value)?.name;
    return `[class ${value.name || "(anonymous)"}${parent ? ` extends ${parent}` : ""}]`;
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return `[${kind}${value.name === "" ? " (anonymous)" : `: ${value.name}`}]`;
}

function errorText(error: Error): string {
  const head = `${error.name}: ${error.message}`;
  return typeof error.stack === "string" && error.stack !== "" ? error.stack : `[${head}]`;
}

function keysOf(value: object, isList: boolean): PropertyKey[] {
  const names = Object.keys(value).filter((key) => !(isList || value instanceof String) || !/^\d+$/.test(key));
  const symbols = Object.getOwnPropertySymbols(value).filter((key) => propertyIsEnumerable.call(value, key));
  return [...names, ...symbols];
}

function propertyText(context: Context, value: object, key: PropertyKey, isList: boolean, level: number): string {
  const found = getOwnPropertyDescriptor(value, key);
  const name = typeof key === "symbol"
    ? String(key)
    : /^[A-Za-z_][\w]*$/.test(String(key))
    ? String(key)
    : quoted(String(key), context.quotes);
  const shown = typeof key === "symbol" && isList ? `[${name}]` : name;
  if (found && "value" in found) {
    const text = indented(context, () => valueText(context, found.value, level + 1));
    return `${shown}: ${text}`;
  }
  const kind = found?.get ? (found.set ? "[Getter/Setter]" : "[Getter]") : found?.set ? "[Setter]" : "undefined";
  return `${shown}: ${kind}`;
}

function indented<T>(context: Context, work: () => T): T {
  context.indentation += 2;
  const done = work();
  context.indentation -= 2;
  return done;
}

function limited(context: Context, length: number, at: (i: number) => string): string[] {
  const shown = Math.min(length, context.iterableLimit);
  const items = Array.from({ length: shown }, (_, i) => at(i));
  return length > shown ? [...items, moreItems(length - shown)] : items;
}

function moreItems(more: number): string {
  return `... ${more} more item${more > 1 ? "s" : ""}`;
}

function arrayItems(context: Context, value: readonly unknown[], level: number): string[] {
  const items: string[] = [];
  let i = 0;
  while (i < value.length && items.length < context.iterableLimit) {
    let holes = 0;
    while (i + holes < value.length && !(i + holes in value)) holes++;
    if (holes > 0) {
      items.push(`<${holes} empty item${holes > 1 ? "s" : ""}>`);
      i += holes;
    } else items.push(indented(context, () => valueText(context, value[i++], level)));
  }
  return i < value.length ? [...items, moreItems(value.length - i)] : items;
}

/** Puts the items between their braces: on one line if they fit, a list in columns, else one item a line. */
function joined(
  context: Context,
  given: string[],
  { base, braces, isList }: Form,
  level: number,
  value: object,
): string {
  const { compact, breakLength, indentation } = context;
  let items = given;
  if (compact === true) {
    const fits = isShort(items, items.length, breakLength, base);
    const before = `${braces[0]}${base ? ` ${base}` : ""}`;
    return fits ? `${before} ${items.join(", ")} ${braces[1]}` : `${before}\n  ${items.join(",\n  ")}\n${braces[1]}`;
  }
  const before = base ? `${base} ` : "";
  if (isList && items.length > 6) items = groupItems(items, value as ArrayLike<unknown>, context);
  if (context.level - level < compact && items.length === given.length) {
    const start = items.length + indentation + braces[0].length + (base?.length ?? 0) + 10;
    const line = items.join(", ");
    if (isShort(items, items.length + start, breakLength, base) && !line.includes("\n")) {
      return `${before}${braces[0]} ${line} ${braces[1]}`;
    }
  }
  const newLine = `\n${" ".repeat(indentation)}`;
  return `${before}${braces[0]}${newLine}  ${items.join(`,${newLine}  `)}${newLine}${braces[1]}`;
}

function isShort(items: readonly string[], start: number, most: number, base?: string): boolean {
  return items.reduce((sum, item) => sum + item.length, start) <= most && !base?.includes("\n");
}
