// A cell that ends with a declaration has no value, whatever the statements before it are worth.
import { assertEquals } from "@std/assert";
import { endsInDeclaration } from "../../../lib/cells/deno_kernel/ends_in_declaration.ts";

const cells: readonly [code: string, ends: boolean][] = [
  ["const a = 1;", true],
  ["back[7] = -1;\nconst pull = gradientOf(back)\n  .map(Math.sign);", true],
  ["for (const x of xs) sum += x;\nconst means = await remember(() => {\n  sum;\n  return sum;\n});", true],
  ["x;\nfunction f() {\n  return 1;\n}\n", true],
  ["x;\nclass A {}\n// the end", true],
  ["const a = 1;\na", false],
  ["const a = 1;\na;", false],
  ["const a = 1; a", false],
  ["const a = {\n  b: 1,\n}; a", false],
  ["const a = 1; // a comment", true],
  ["a.b\n  .c();", false],
  ["await show(x);", false],
  ["", false],
  ["constant", false],
];

Deno.test("the last statement of a cell is a declaration, or it is not", () => {
  for (const [code, ends] of cells) assertEquals(endsInDeclaration(code), ends, code);
});
