/** codeOf: the solution of an exercise as code for the learner to read. */

/**
 * The code of the solution, as written in the file of the exercise or, without the file, as the engine prints it:
 * without types.
 *
 * @param source The text of the file, formatted by `deno fmt`: a declaration ends with a brace at the beginning of a
 * line.
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
