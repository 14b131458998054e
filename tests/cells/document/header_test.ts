// The header of a lesson: nested keys, and the values that YAML gives them.
import { assertEquals } from "@std/assert";
import { readHeader } from "../../../lib/cells/document/header.ts";

Deno.test("keys of the same depth are siblings, deeper ones their children, and a shallower one ends both", () => {
  const { values } = readHeader([
    "// ---",
    "// jupyter:",
    "//   gradually:",
    "//     minutes: 20",
    "//     lesson: 4",
    "//   kernelspec:",
    "//     name: deno",
    "// title: Four",
    "// ---",
    "const x = 1;",
  ], "x.ts");
  assertEquals(Object.fromEntries(values), {
    "jupyter.gradually.minutes": 20,
    "jupyter.gradually.lesson": 4,
    "jupyter.kernelspec.name": "deno",
    title: "Four",
  });
});
