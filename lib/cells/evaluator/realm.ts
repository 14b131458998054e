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

const { defineProperty, getOwnPropertyDescriptor } = Object;
const { deleteProperty } = Reflect;

/** What the parser and the evaluator use at every cell, with what it was. */
const language =
  ("Array BigInt Error Function JSON Map Math Number Object Promise ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URL " +
    "WeakMap decodeURIComponent encodeURI eval isNaN parseFloat parseInt").split(" ")
    .map((name): [string, PropertyDescriptor] => [name, getOwnPropertyDescriptor(GLOBAL, name)!]);

/**
 * Does work that needs what the language gives, even where a cell has put something else in its place (`Map = 5`): it finds its own, and
 * leaves the cell's.
 */
export function inOwnRealm<T>(work: () => T): T {
  const changed: [string, PropertyDescriptor | undefined][] = [];
  for (let i = 0; i < language.length; i++) {
    const [name, own] = language[i];
    const theirs = getOwnPropertyDescriptor(GLOBAL, name);
    if (theirs?.value === own.value && theirs !== undefined) continue;
    if (theirs?.configurable === false) continue; // nothing can be done
    changed[changed.length] = [name, theirs];
    defineProperty(GLOBAL, name, own);
  }
  try {
    return work();
  } finally {
    for (let i = 0; i < changed.length; i++) {
      const [name, theirs] = changed[i];
      if (theirs) defineProperty(GLOBAL, name, theirs);
      else deleteProperty(GLOBAL, name);
    }
  }
}
