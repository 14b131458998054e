import { assertEquals } from "@std/assert";
import { distance, nearest } from "../../lib/commands/nearest.ts";

Deno.test("a swap of two letters counts as one step, and nothing is near nonsense", () => {
  assertEquals([distance("ab", "ba"), distance("", "abc"), distance("kitten", "sitting")], [1, 3, 3]);
  assertEquals(nearest("convoluton", ["activations", "convolution"]), "convolution");
  assertEquals(nearest("xyzzy", ["activations", "convolution"]), undefined);
});
