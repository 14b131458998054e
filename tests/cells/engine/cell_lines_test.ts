// A cell as a script: every line in its original place, and statements that end without a semicolon.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { cellScript } from "../../../lib/cells/engine/cell_code.ts";

const BASE = "file:///course/lessons/01_first.ts";
const lineOf = (code: string, text: string) => code.split("\n").findIndex((line) => line.includes(text)) + 1;

Deno.test("a cell starts on its line, on the second line of the file as well as on any other", () => {
  for (const line of [1, 2, 3, 40]) {
    const { code } = cellScript('import {\n  a,\n} from "./x.ts";\nmark();', line, BASE);
    assertEquals([lineOf(code, "await import"), lineOf(code, "mark()")], [line, line + 3], `line ${line}`);
  }
});

Deno.test("an import or an export starts a statement after a line break, with or without a semicolon before it", () => {
  for (const end of [";\n", "\n", "; ", "\n\n  "]) {
    const { code } = cellScript(`const a = 1${end}import * as b from "./x.ts"`, 1, BASE);
    assertStringIncludes(code, "const b = await import(");
    assertEquals(cellScript(`const a = 1${end}export const c = 2`, 1, BASE).code.includes("export"), false);
  }
  assertEquals(cellScript("const a = { import: 1 };\na.import", 1, BASE).code, "const a = { import: 1 };\na.import");
});

Deno.test("the value of a last line without a semicolon is shown; the value of a block is not", () => {
  const shows = (code: string) => cellScript(code, 1, BASE).showsValue;
  assertEquals(["const a = 1\na", "a = 1\na + 1", "if (a) b\nc"].map(shows), [true, true, true]);
  assertEquals(["for (const a of b) a", "while (a)\n  b()", "if (a) b", "{ a }"].map(shows), [
    false,
    false,
    false,
    false,
  ]);
});
