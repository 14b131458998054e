// Where a token ends: slashes that divide or start a regular expression, strings across a line break, brackets in a character class.
import { assertEquals } from "@std/assert";
import { tokenize } from "../../../lib/cells/document/tokenize.ts";

/** The tokens of a kind, as they are written. */
const all = (source: string, kind: string) =>
  tokenize(source).filter((token) => token.kind === kind).map(({ start, end }) => source.slice(start, end));

Deno.test("after a value, a slash divides, and two such slashes are not a regular expression", () => {
  for (const source of ["f(x) / 2 / y", "a[0] / 2 / y", "x / 2 / y", "({}) / 2 / y", "1 / 2 / 3"]) {
    assertEquals(all(source, "regex"), [], source);
  }
  assertEquals(all("(a + b) / 2; // a comment / and more", "comment"), ["// a comment / and more"]);
  assertEquals(all("a[0] / 2; `text`; b / 3", "template"), ["`text`"]);
});

Deno.test("after an operator, an opening bracket, or a word such as return, a slash starts a regular expression", () => {
  for (const source of ["x = /a/g;", "f(/a/g)", "return /a/g;", "[/a/g]", "`${/a/g}`", "/a/g"]) {
    assertEquals(all(source, "regex"), ["/a/g"], source);
  }
});

Deno.test("a slash in a character class, or after a backslash, does not end a regular expression", () => {
  assertEquals(all("x = /[/'\"]/; y", "regex"), ["/[/'\"]/"]);
  assertEquals(all("x = /[\\]/]\\/a/u.test(y)", "regex"), ["/[\\]/]\\/a/u"]);
  assertEquals(all("x = /]/; '/'", "string"), ["'/'"]);
});

Deno.test("a string continues across an escaped line break of either kind, and ends at one that is not escaped", () => {
  for (const end of ["\n", "\r\n"]) {
    assertEquals(all(`a = "one\\${end}two"; b`, "string"), [`"one\\${end}two"`]);
    assertEquals(all(`a = "it's \\" so"; b`, "string"), [`"it's \\" so"`]);
    assertEquals(all(`a = "open${end}b = 'c'`, "string").at(-1), "'c'");
  }
});
