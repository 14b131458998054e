// `equal`: whether two values are deeply equal, which is what assertEquals checks.

/**
 * Whether two values are deeply equal: class, contents, and every property, including the getters of a class. NaN
 * equals NaN, and 0 equals -0.
 *
 * @throws {TypeError} for two `WeakMap`s or two `WeakSet`s, whose contents cannot be listed
 *
 * @example
 * ```ts
 * import { assert, equal } from "@std/assert";
 *
 * assert(equal({ a: [1, NaN] }, { a: [1, NaN] }));
 * assert(!equal([1, 2], new Float32Array([1, 2])));
 * ```
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

/** Pairs that are already being compared: to meet one again is a cycle, not a difference. */
type Seen = Map<unknown, unknown>;

function compare(a: unknown, b: unknown, seen: Seen): boolean {
  if (same(a, b)) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (a instanceof Date && b instanceof Date) return same(a.getTime(), b.getTime());
  if (!samePrototype(a, b)) return false;
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return sameElements(a as unknown as View, b as unknown as View);
  }
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer) {
    return sameElements(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (WRITTEN_WHOLE.some((type) => a instanceof type)) return String(a) === String(b);
  if (a instanceof WeakMap) throw new TypeError("Cannot compare WeakMap instances");
  if (a instanceof WeakSet) throw new TypeError("Cannot compare WeakSet instances");
  if (a instanceof WeakRef) return compare(a.deref(), (b as WeakRef<WeakKey>).deref(), seen);
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  if (a instanceof Set || a instanceof Map) return sameEntries(a, b as typeof a, seen);
  return sameProperties(a, b, seen);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b);
}

/** An object without a prototype counts as a plain one. */
function samePrototype(a: object, b: object): boolean {
  return (Object.getPrototypeOf(a) ?? Object.prototype) === (Object.getPrototypeOf(b) ?? Object.prototype);
}

/** Classes whose objects are equal if their texts are. */
const WRITTEN_WHOLE = [RegExp, URL, URLSearchParams, Intl.Locale];

interface View {
  readonly length: number;
  readonly [index: number]: number | bigint;
}

// Tensors are compared by the million here, hence the plain loop.
function sameElements(a: View, b: View): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

/** If keys are objects, each entry is matched with one that is not matched yet. */
function sameEntries(a: Set<unknown> | Map<unknown, unknown>, b: typeof a, seen: Seen): boolean {
  if (a.size !== b.size) return false;
  if ([...a.keys()].every(isPrimitive)) {
    const get = (of: typeof a, key: unknown) => of instanceof Map ? of.get(key) : key;
    return [...a.keys()].every((key) => b.has(key) && compare(get(a, key), get(b, key), seen));
  }
  const rest = [...b.entries()];
  for (const [key, value] of a.entries()) {
    const at = rest.findIndex(([k, v]) => compare(key, k, new Map(seen)) && compare(value, v, new Map(seen)));
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return true;
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function");
}

function sameProperties(a: object, b: object, seen: Seen): boolean {
  for (const key of new Set([...keysOf(a), ...keysOf(b)])) {
    if (!(key in a) || !(key in b)) return false;
    if (!compare(Reflect.get(a, key), Reflect.get(b, key), seen)) return false;
  }
  return true;
}

/** Enumerable keys of plain objects and arrays; all keys of other objects, including the getters of their classes. */
function keysOf(value: object): PropertyKey[] {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) {
    return Reflect.ownKeys({ ...value });
  }
  const keys: PropertyKey[] = [];
  for (let o = value; o && o !== Object.prototype && o !== Array.prototype; o = Object.getPrototypeOf(o)) {
    keys.push(...Reflect.ownKeys(o));
  }
  return keys;
}
