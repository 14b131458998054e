import { assertEquals } from "@std/assert";
import { keysOf } from "../../../lib/fronts/terminal/keys.ts";

Deno.test("keys: pasted text, arrows, and unknown sequences", () => {
  assertEquals(keysOf("ab"), ["a", "b"]);
  assertEquals(keysOf("\x1b[A\x1bOB\x1b[1;5C\x1b[5~\x1b[H"), ["up", "down", "right", "page-up", "home"]);
  assertEquals(keysOf("\x1b[200~x\x1b[201~"), ["paste:x"]);
  assertEquals(keysOf("\x1b"), ["escape"]);
  assertEquals(keysOf("数👍"), ["数", "👍"]);
});
