import { assertEquals } from "@std/assert";
import { highlight } from "../../../lib/fronts/text/highlight.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

const ESCAPES = new RegExp("\x1b\\[[\\d;?]*[A-Za-z]", "g");

Deno.test("highlight: removes nothing, and no color continues across a line break", () => {
  const code = 'const s = `a ${b} </span> &amp;\n"c"`; /* two\nlines */ return x < 1 && "é" > 2;';
  const colored = highlight(code, styleOf(true));
  assertEquals(colored.replace(ESCAPES, ""), code);
  for (const line of colored.split("\n")) {
    const last = [...line.matchAll(ESCAPES)].at(-1)?.[0];
    assertEquals(last === undefined || ["\x1b[39m", "\x1b[22;23m"].includes(last), true, JSON.stringify(line));
  }
});
