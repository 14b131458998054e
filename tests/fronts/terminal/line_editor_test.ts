import { assertEquals } from "@std/assert";
import { typed } from "../../../lib/fronts/terminal/line_editor.ts";

Deno.test("typing: lines, words and characters of any width", () => {
  const type = (keys: string[]): string => keys.reduce(typed, { text: "", at: 0 }).text;
  assertEquals(type(["a", "newline", "b", "up", "line-end", "c"]), "ac\nb");
  assertEquals(type(["👍🏽", "é", "left", "left", "x"]), "x👍🏽é");
  assertEquals(type(["a", "space", "b", "ctrl-a", "ctrl-k", "c"]), "c");
  assertEquals(type(["a", "b", "home", "delete", "page-up", "escape"]), "b");
});
