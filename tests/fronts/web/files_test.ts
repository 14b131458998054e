// The files of a page: the stores of the course keep in them what they keep in a folder.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { errors } from "../../../lib/fronts/web/stand_in/errors.ts";
import { Files } from "../../../lib/fronts/web/stand_in/files.ts";
import { sha256 } from "../../../lib/fronts/web/stand_in/sha256.ts";

Deno.test("files are written, added to, renamed, copied and removed, and each change is kept", () => {
  const kept = new Map<string, string | Uint8Array>();
  const files = new Files((path, content) =>
    void (content === undefined ? kept.delete(path) : kept.set(path, content))
  );
  files.write("a/b.txt", "one");
  files.write("./a/b.txt", " two", true);
  assertEquals(files.readText("a/b.txt"), "one two");
  files.copy("a/b.txt", "a/c.txt");
  files.rename("a/b.txt", "a/d.txt");
  assertEquals(files.readDir("a").map(({ name }) => name).sort(), ["c.txt", "d.txt"]);
  assertEquals([...kept], [["a/c.txt", "one two"], ["a/d.txt", "one two"]]);
  files.remove("a", true);
  assertEquals(kept.size, 0);
  assertThrows(() => files.readText("a/c.txt"), errors.NotFound);
  assertThrows(() => files.readDir("a"), errors.NotFound);
});

Deno.test("a folder that was made is there, and empty", () => {
  const files = new Files();
  files.makeFolder(".gradually");
  assertEquals(files.readDir(".gradually"), []);
});

Deno.test("an open file is written when it is closed; bytes that are not text stay bytes", () => {
  const files = new Files();
  const bytes = Uint8Array.of(1, 0xff, 0);
  {
    using file = files.open("x.bin", { truncate: true });
    assertEquals(file.writeSync(bytes.subarray(0, 2)) + file.writeSync(bytes.subarray(2)), 3);
  }
  assertEquals(files.readBytes("x.bin"), bytes);
  assertEquals(files.stat("x.bin").size, 3);
});

Deno.test("what somebody else has written is read; a file that cannot be kept stays as it was", () => {
  const elsewhere = new Map([["p.json", "1"]]);
  const files = new Files((path) => {
    if (path === "full") throw new Error("no space");
  }, (path) => elsewhere.get(path));
  assertEquals(files.readText("p.json"), "1");
  elsewhere.set("p.json", "2");
  assertEquals(files.readText("p.json"), "2");
  assertThrows(() => files.write("full", "x"), Error, "no space");
  assertThrows(() => files.readText("full"), errors.NotFound);
});

Deno.test("the checksum is that of Node, for every length around the ends of blocks", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).map((_, i) => i * 7 + length);
    assert(sha256(bytes) === createHash("sha256").update(bytes).digest("hex"), `${length} bytes`);
  }
});
