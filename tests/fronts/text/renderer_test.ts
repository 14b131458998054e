import { assertEquals } from "@std/assert";
import { Renderer } from "../../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

Deno.test("code has its line numbers in the file, and long lines wrap with a hanging indent", () => {
  const renderer = new Renderer(styleOf(false), 30);
  assertEquals(
    renderer.code("short;\nconst value = anotherName + third;", 9),
    "  9 │ short;\n 10 │ const value =\n    │   anotherName + third;\n",
  );
  assertEquals(
    renderer.code("  if (a) { doSomething(a, b); }\n// a comment that goes on and on", 9),
    "  9 │   if (a) {\n    │     doSomething(a, b); }\n 10 │ // a comment that\n    │    goes on and on\n",
  );
  assertEquals(
    renderer.bareCode("short;\nconst value = anotherName + third;"),
    "short;\nconst value = anotherName +\n  third;\n",
  );
});
