// What is typed: keys from bytes, the place of the cursor in several lines, formulas as text.
import { assertEquals } from "@std/assert";
import { keysOf } from "../../../lib/fronts/terminal/keys.ts";
import { type Draft, typed } from "../../../lib/fronts/terminal/line_editor.ts";
import { mathematics } from "../../../lib/fronts/text/mathematics.ts";

Deno.test("a control character is the key with its letter, and what is pasted has the line ends of one kind", () => {
  assertEquals(keysOf("\x01\x0b\x15\x1a"), ["ctrl-a", "ctrl-k", "ctrl-u", "ctrl-z"]);
  assertEquals(keysOf("\r\n\t\x7f\x1b"), ["enter", "newline", "tab", "backspace", "escape"]);
  assertEquals(keysOf("\x1b[200~a\r\nb\rc\nd\x1b[201~x"), ["paste:a\nb\nc\nd", "x"]);
  assertEquals(keysOf("\x1b[A\x1bOB\x1b[3~\x1b[1;5C"), ["up", "down", "delete", "right"]);
});

/** A draft with | where the cursor is. */
function draft(text: string): Draft {
  return { text: text.replace("|", ""), at: text.indexOf("|") };
}
const after = (text: string, ...keys: string[]): string => {
  const { text: all, at } = keys.reduce(typed, draft(text));
  return `${all.slice(0, at)}|${all.slice(at)}`;
};

Deno.test("left and right go over whole characters, and stop at the ends", () => {
  assertEquals(after("ab|", "left"), "a|b");
  assertEquals(after("a|b", "left"), "|ab");
  assertEquals(after("|ab", "left"), "|ab");
  assertEquals(after("a👍🏽|b", "left"), "a|👍🏽b");
  assertEquals(after("a|👍🏽b", "right"), "a👍🏽|b");
  assertEquals(after("ab|", "right"), "ab|");
  assertEquals(after("a👍🏽|b", "backspace"), "a|b");
});

Deno.test("up and down keep the column, or go to the end of a line that is shorter", () => {
  assertEquals(after("abc\nd|e", "up"), "a|bc\nde");
  assertEquals(after("a\nbcd|\ne", "up"), "a|\nbcd\ne");
  assertEquals(after("a\nbcd|\ne", "down"), "a\nbcd\ne|");
  assertEquals(after("abcd|\nef\nghij", "down", "down"), "abcd\nef\ngh|ij");
  assertEquals(after("a|b", "up"), "a|b");
  assertEquals(after("a|b", "down"), "a|b");
});

Deno.test("keys that delete or move to the ends keep to the line", () => {
  assertEquals(after("ab\ncd|ef", "ctrl-u"), "ab\n|ef");
  assertEquals(after("ab|cd\nef", "ctrl-k"), "ab|\nef");
  assertEquals(after("ab\nc|d", "home"), "ab\n|cd");
  assertEquals(after("a|b\ncd", "line-end"), "ab|\ncd");
  assertEquals(after("one two  |three", "ctrl-w"), "one |three");
});

Deno.test("raised and lowered letters where there are such, brackets where there are not", () => {
  assertEquals(["x^2", "w_{ij}", "x^{n+1}", "a_i^2"].map(mathematics), ["x²", "wᵢⱼ", "xⁿ⁺¹", "aᵢ²"]);
  assertEquals(["x^{\\alpha\\beta}", "x^\\alpha", "x_{ab}", "x_b"].map(mathematics), [
    "x^(αβ)",
    "x^α",
    "x_(ab)",
    "x_b",
  ]);
});
