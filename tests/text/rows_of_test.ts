import { assertEquals } from "@std/assert";
import { rowsOf } from "../../lib/text/rows_of.ts";

Deno.test("text takes as many rows as its lines fill; an empty line takes one, wide characters take two columns", () => {
  assertEquals(["", "a", "abcd", "abcde", "abcd\nabcde\n\na", "数数", "数数数"].map((text) => rowsOf(text, 4)), [
    0,
    1,
    1,
    2,
    5,
    1,
    2,
  ]);
});
