// Our own lines that quote what cells say: an error, a verdict, code.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { highlight } from "../../../lib/fronts/text/highlight.ts";
import { OutputRenderer } from "../../../lib/fronts/text/output_renderer.ts";
import { Renderer } from "../../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

const PLAIN = new Renderer(styleOf(false), 40);
const BAD = "a\x1b[2J\rb\x9bHc";

Deno.test("an error shows every control in its name, files and frames, and none in its message", () => {
  const place = { file: `/${BAD}.ts`, line: 1, column: 2 };
  const frames = [{ ...place, line: 3, name: BAD }];
  const text = PLAIN.error({ name: BAD, message: BAD, place, frames, excerpt: `> 1 | ${BAD}\n    | ^` });
  assertEquals(text.split("\n"), [
    "✗ a␛[2J␍b\ufffdHc: a",
    "bc",
    "  at /a␛[2J␍b\ufffdHc.ts:1:2",
    "",
    "> 1 | a␛[2J␍b\ufffdHc",
    "    | ^",
    "",
    "  in a␛[2J␍b\ufffdHc at /a␛[2J␍b\ufffdHc.ts:3:2",
    "",
  ]);
});

Deno.test("a verdict cannot write over its own sign", () => {
  const verdict = { id: "x\r", message: "wrong\r✓ x: right", hints: [], solution: "", explanation: "" };
  for (const kind of ["mistake", "wrong", "open", "passed"] as const) {
    const text = PLAIN.verdict({ ...verdict, kind } as Parameters<Renderer["verdict"]>[0]);
    assert(/^[✗○✓] x␍/.test(text) && !text.includes("\r"), JSON.stringify(text));
  }
});

Deno.test("a very long message is cut, and says how much is missing", () => {
  const text = PLAIN.error({ name: "Error", message: "x".repeat(1_000_000), frames: [] });
  assert(text.length < 12_000);
  assertStringIncludes(text, "\n… and 990000 more characters\n");
});

Deno.test("code shows the controls that are in it", () => {
  assertEquals(highlight('"\x1b[2J"', styleOf(false)), '"␛[2J"');
  assertEquals(highlight('"\x1b[2J"', styleOf(true)), '\x1b[32m"␛[2J"\x1b[39m');
});

Deno.test("a line of text is wrapped by what is left of it", () => {
  const output = new OutputRenderer(PLAIN);
  const hidden = "\x1b]0;a title of many words, which takes no room on the screen\x07";
  assertEquals(output.render({ type: "text", stream: "stdout", text: `one ${hidden}two\n` }), "one two\n");
});
