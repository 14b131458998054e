// `equal`: are two values the same in depth? The definition that assertEquals stands on.

/**
 * Whether two values are equal in depth: type, contents and own enumerable keys. NaN equals NaN, and 0 equals -0.
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

type Seen = Map<unknown, unknown>;

function compare(a: unknown, b: unknown, seen: Seen): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b || (Number.isNaN(a) && Number.isNaN(b));
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (!sameConstructor(a, b)) return false;
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof WeakMap) throw new TypeError("cannot compare WeakMap instances");
  if (a instanceof WeakSet) throw new TypeError("cannot compare WeakSet instances");
  if (a instanceof WeakRef) return compare(a.deref(), (b as WeakRef<WeakKey>).deref(), seen);
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return sameElements(a as unknown as NumbersView, b as unknown as NumbersView);
  }
  if (seen.get(a) === b) return true; // a cycle: being compared further up
  seen.set(a, b);
  if (a instanceof Set || a instanceof Map) {
    if (!sameEntries(a, b as typeof a, seen)) return false;
  }
  return sameProperties(a, b, seen);
}

/** An object without a prototype counts as a plain one. */
function sameConstructor(a: object, b: object): boolean {
  return a.constructor === b.constructor ||
    (a.constructor === Object && !b.constructor) ||
    (!a.constructor && b.constructor === Object);
}

interface NumbersView {
  readonly length: number;
  readonly [index: number]: number | bigint;
}

// Tensors are compared by the million here, hence the plain loop.
function sameElements(a: NumbersView, b: NumbersView): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  }
  return true;
}

/** Keys may be objects, so each entry looks for its like among those not yet taken. */
function sameEntries(a: Set<unknown> | Map<unknown, unknown>, b: typeof a, seen: Seen): boolean {
  if (a.size !== b.size) return false;
  const rest = [...b.entries()];
  for (const [key, value] of a.entries()) {
    const at = rest.findIndex(([k, v]) => compare(key, k, new Map(seen)) && compare(value, v, new Map(seen)));
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return true;
}

function sameProperties(a: object, b: object, seen: Seen): boolean {
  const keys = ownKeys(a);
  if (keys.length !== ownKeys(b).length) return false;
  return keys.every((key) =>
    Object.hasOwn(b, key) &&
    compare((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key], seen)
  );
}

function ownKeys(value: object): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value)
    .filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  return [...Object.keys(value), ...symbols];
}
