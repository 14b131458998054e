import { assertEquals } from "@std/assert";
import { highlight } from "../../../lib/fronts/text/highlight.ts";
import { Pen } from "../../../lib/fronts/text/pen.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

const ESCAPES = new RegExp("\x1b\\[[\\d;?]*[A-Za-z]", "g");

Deno.test("highlight: removes nothing, and no color continues across a line break", () => {
  const code = 'const s = `a ${b} </span> &amp;\n"c"`; /* two\nlines */ return x < 1 && "é" > 2;';
  const colored = highlight(code, styleOf(true));
  assertEquals(colored.replace(ESCAPES, ""), code);
  for (const line of colored.split("\n")) {
    const pen = new Pen();
    for (const [escape] of line.matchAll(ESCAPES)) pen.apply(escape.slice(2, -1));
    assertEquals(pen.plain, true, JSON.stringify(line));
  }
});
