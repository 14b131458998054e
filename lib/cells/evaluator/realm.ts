/** What the evaluator needs of the realm in which cells run, taken before the first cell can change it. */

/** The object whose properties are the global names. */
export const GLOBAL: Record<string, unknown> = globalThis as unknown as Record<string, unknown>;

/**
 * Evaluates strict code that sees nothing but globals. Its parameter is called `eval`, so that the code's own calls of `eval` stay direct ones
 * whatever a cell does with `globalThis.eval`.
 */
export const evaluateStrictly: (code: string) => unknown = new Function(
  "eval",
  'return function () { "use strict"; return eval(arguments[0]); };',
)(globalThis.eval);

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { apply, deleteProperty, ownKeys } = Reflect;

/** What the parser, the evaluator and the engine use, by its name: these objects, what they hold, and their prototypes. */
const LANGUAGE =
  "Array BigInt Error Function JSON Map Math Number Object ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URL " +
  "WeakMap decodeURIComponent encodeURI eval isNaN parseFloat parseInt";

/** Steps through a generator, whatever cells do to the method that all generators share. */
export function stepper<T>(generator: Iterator<T>): () => T {
  const { next } = generator;
  return () => apply(next, generator, []).value;
}

/** A property of the language, as it was. */
interface Property {
  holder: object;
  key: PropertyKey;
  /** Undefined for what did not exist. */
  descriptor?: PropertyDescriptor;
  isAccessor: boolean;
}

const properties: Property[] = [];

function remember(holder: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(holder, key);
  if (descriptor && !descriptor.configurable && !descriptor.writable) return; // nobody can change it
  properties.push({ holder, key, descriptor, isAccessor: descriptor !== undefined && !("value" in descriptor) });
}

for (const name of LANGUAGE.split(" ")) {
  remember(GLOBAL, name);
  const value = GLOBAL[name] as Record<string, unknown>;
  const prototype = name === "Function" ? Function.prototype : value.prototype;
  for (const holder of [value, prototype]) {
    if (holder && holder !== eval) { for (const key of ownKeys(holder)) remember(holder, key); }
  }
}
remember(Error, "prepareStackTrace"); // a cell that defines it changes what a stack looks like
for (
  const iterator of [
    [].values(),
    "".matchAll(/x/g),
    new Map().keys(),
    new Set().keys(),
    ""[Symbol.iterator](),
    (function* () {})(),
  ]
) {
  for (let holder = getPrototypeOf(iterator); holder !== Object.prototype; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) remember(holder, key);
  }
}

/** Whether a property is what it was. A look at the value is much faster than one at the descriptor. */
function isSame({ holder, key, descriptor, isAccessor }: Property): boolean {
  try {
    if (!isAccessor) return (holder as Record<PropertyKey, unknown>)[key] === descriptor?.value;
    const now = getOwnPropertyDescriptor(holder, key);
    return now !== undefined && now.get === descriptor!.get && now.set === descriptor!.set;
  } catch { // a getter that throws
    return false;
  }
}

/**
 * Does work that needs what the language gives, even where a cell has put something else in its place (`Map = 5`, `delete Array.prototype.push`):
 * the work finds everything as it was, and the cells find their own afterward. What a cell has added stays, too.
 */
export function inOwnRealm<T>(work: () => T): T {
  const changed: { property: Property; theirs?: PropertyDescriptor }[] = [];
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i];
    if (isSame(property)) continue;
    const { holder, key, descriptor } = property;
    const theirs = getOwnPropertyDescriptor(holder, key);
    if (!put(holder, key, descriptor)) continue; // frozen as it is now
    changed[changed.length] = { property, theirs };
  }
  try {
    return work();
  } finally {
    for (let i = 0; i < changed.length; i++) {
      put(changed[i].property.holder, changed[i].property.key, changed[i].theirs);
    }
  }
}

function put(holder: object, key: PropertyKey, descriptor?: PropertyDescriptor): boolean {
  try {
    if (!descriptor) return deleteProperty(holder, key);
    defineProperty(holder, key, descriptor);
    return true;
  } catch {
    return false;
  }
}
