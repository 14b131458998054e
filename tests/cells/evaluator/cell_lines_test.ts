// A cell keeps its lines, and statements that end without a semicolon are still statements.
import { assertEquals } from "@std/assert";
import { Cells, moduleOf } from "./cells.ts";

const MODULE = moduleOf("export const a = 1; export default 2;");

Deno.test("a cell starts on its line, on the second line of the file as well as on any other", async () => {
  for (const line of [1, 2, 3, 40]) {
    const { error } = await new Cells().run(`import {\n  a,\n} from "${MODULE}";\nnull.x;`, line);
    assertEquals([error?.name, error?.place?.line, error?.place?.column], ["TypeError", line + 3, 6], `line ${line}`);
  }
});

Deno.test("an import or an export starts a statement after a line break, with or without a semicolon before it", async () => {
  for (const end of [";\n", "\n", "; ", "\n\n  "]) {
    assertEquals(await new Cells().value(`const x = 1${end}import * as b from "${MODULE}"`, "b.a + x"), 2);
    assertEquals(await new Cells().value(`const x = 1${end}export const c = 2`, "c + x"), 3);
  }
  assertEquals(await new Cells().value("const a = { import: 1 };\na.import"), 1);
});

Deno.test("the value of a last line without a semicolon is shown; the value of a block is not", async () => {
  const shows = async (code: string) => {
    const cells = new Cells();
    await cells.value("let a = 0, c = 3; const b = [7], d = () => 5;");
    const ran = await cells.run(code);
    return !ran.error && ran.shown;
  };
  for (const code of ["let e = 1\ne", "a = 1\na + 1", "if (a) b\nc"]) {
    assertEquals([code, await shows(code)], [code, true]);
  }
  for (const code of ["for (const f of b) f", "while (a++ < 2)\n  d()", "if (c) b", "{ c }"]) {
    assertEquals([code, await shows(code)], [code, false]);
  }
});
