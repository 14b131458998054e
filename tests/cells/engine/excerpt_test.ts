// What a learner is shown of an error and of a variable: the lines around, the column, and what its numbers are like.
import { assertEquals } from "@std/assert";
import { excerptOf } from "../../../lib/cells/engine/excerpt.ts";
import { describeVariable } from "../../../lib/cells/engine/variables.ts";

Deno.test("an excerpt has the two lines before the error, and a caret under its column, tabs and wide characters counted", () => {
  const source = "one;\ntwo;\nthree;\nfour;\n\tf(数, x);";
  assertEquals(excerptOf(source, { line: 4, column: 3 }), "  2 | two;\n  3 | three;\n> 4 | four;\n    |   ^");
  assertEquals(excerptOf(source, { line: 1, column: 1 }), "> 1 | one;\n    | ^");
  assertEquals(excerptOf(source, { line: 2, column: 4 }), "  1 | one;\n> 2 | two;\n    |    ^");
  assertEquals(excerptOf(source, { line: 5, column: 2 })!.split("\n").at(-1), "    | \t^");
  assertEquals([0, 6].map((line) => excerptOf(source, { line, column: 1 })), [undefined, undefined]);
});

Deno.test("the mean of a variable's numbers leaves out those that are NaN, and counts them", () => {
  const { numbers, shape, type } = describeVariable("x", { shape: [2, 2], data: [1, NaN, 3, 8], dtype: "float32" });
  assertEquals([numbers, shape], [{ min: 1, mean: 4, max: 8, nan: 1 }, [2, 2]]);
  assertEquals(type, "Object float32");
  assertEquals(describeVariable("x", [NaN]).numbers, { min: NaN, mean: NaN, max: NaN, nan: 1 });
});

Deno.test("an empty list is a list, and not of numbers", () => {
  const { type, numbers } = describeVariable("x", []);
  assertEquals([type, numbers], ["Array(0)", undefined]);
  assertEquals(describeVariable("x", new Float32Array(0)).shape, [0]);
});
