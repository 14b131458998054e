// Corners of a cell's code that are easily forgotten: odd names, static fields, functions that call each other.
import { assertEquals } from "@std/assert";
import { usesEarly } from "../../../lib/cells/evaluator/early_use.ts";
import { understand } from "../../../lib/cells/evaluator/parsed_cell.ts";
import { Cells } from "./cells.ts";

Deno.test("a variable called async may be the one of a loop", async () => {
  assertEquals(await new Cells().value("for (var async of [1, 2]);\nasync"), 2);
  assertEquals(await new Cells().value("for (var async in { a: 1 });\nasync"), "a");
});

Deno.test("a static field is computed with its class, and so before what is declared below; a field with each object", async () => {
  for (const before of ["0;", "throw 1; const K = 1;", "let K = (() => { throw 1 })();"]) {
    const cells = new Cells();
    await cells.run(before); // a declaration that was never come to
    const message = await cells.failure("class A { static v = K }\nconst K = 2;");
    assertEquals(message, "ReferenceError at 1:22: Cannot access 'K' before initialization", before);
    assertEquals(await cells.value("class A { v = K }\nconst K = 2;\nnew A().v"), 2);
  }
});

Deno.test("the variables of a function are its own, whatever cells declare", async () => {
  assertEquals(
    await new Cells().value(
      "const a = 1;\nfunction f() { var a = 2; for (var b = 0; b < 3; b++); return a + b; }\n[f(), a, typeof b].join()",
    ),
    "5,1,undefined",
  );
});

Deno.test("functions that call each other use nothing early as long as the cell calls none of them", () => {
  const early = (...lines: string[]) => usesEarly(understand(lines.join("\n")));
  const [f, g, k] = ["function f() { return g(); }", "function g() { return K; }", "const K = 1;"];
  assertEquals(early(f, g, k, "f();"), false);
  assertEquals(early(f, g, "f();", k), true);
  assertEquals(early(f, g, "[1].map(f);", k), true);
});
