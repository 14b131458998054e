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
