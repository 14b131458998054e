/** codeOf: the solution of an exercise as a learner reads it. */

/**
 * The code that solves an exercise: as it stands in the exercise's file, or, without that, as the engine prints it, which
 * has no types any more.
 *
 * @param source The text of the file, as `deno fmt` leaves it: a declaration ends with a brace at the beginning of a line.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * function half(x: number): number {
 *   return x / 2;
 * }
 * const source = "function half(x: number): number {\n  return x / 2;\n}\n";
 * assertEquals(codeOf({ solution: half }, source), source.trim());
 * ```
 */
export function codeOf({ solution }: { solution: unknown }, source = ""): string {
  const { name } = solution as { name?: string };
  const declared = name && new RegExp(`^((?:async )?(?:function|class) ${name}\\b[^]*?\\n\\})$`, "m").exec(source);
  return declared ? declared[1] : String(solution);
}
