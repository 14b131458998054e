// The learner's files as one file, which may come from anyone.
import { assertEquals, assertThrows } from "@std/assert";
import { Files } from "../../../lib/fronts/web/stand_in/files.ts";
import { exported, imported } from "../../../lib/fronts/web/stores/transfer.ts";

Deno.test("what is saved is read again: place, answers, journals and changed cells, and nothing else", () => {
  const files = new Files();
  const kept = {
    ".gradually/progress.json": "{}",
    ".gradually/answers/04_x/twice.ts": "const twice = 2;",
    ".gradually/journal/04_x.jsonl": "{}\n",
    ".gradually/changed/04_x.json": "[]",
  };
  for (const [path, text] of Object.entries(kept)) files.write(path, text);
  files.write(".gradually/checkpoints/04_x/a.safetensors", Uint8Array.of(1));
  files.write("other.txt", "not ours");
  const fresh = new Files();
  assertEquals(imported(exported(files), fresh), 4);
  assertEquals(Object.fromEntries(fresh.below("").map((path) => [path, fresh.readText(path)])), kept);
});

Deno.test("a file of somebody else changes nothing but what it may", () => {
  const files = new Files();
  const text = JSON.stringify({
    format: "gradually-files",
    files: {
      "../evil": "x",
      ".gradually/../evil.json": "x",
      ".gradually/answers/04_x/../../evil.ts": "x",
      ".gradually/progress.json": 5,
      "__proto__": "x",
      ".gradually/answers/04_x/a.ts": "<script>alert(1)</script>",
    },
  });
  assertEquals(imported(text, files), 1);
  assertEquals(files.below(""), [".gradually/answers/04_x/a.ts"]);
  for (
    const wrong of ["", "{", "[]", "null", '{"format":"other","files":{}}', '{"format":"gradually-files","files":null}']
  ) {
    assertThrows(() => imported(wrong, files), SyntaxError);
  }
});
