// The cache: a file in it is complete or not there at all.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { type CacheFileSystem, keepFile, whyNotKept } from "../../data/cache.ts";
import { testWith, withTempDir } from "../support.ts";
import { namesIn } from "./fixtures.ts";

const disk = { read: true, write: true } as const;
const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);

/** The real file system, but writing stops half-way. */
function full(): CacheFileSystem {
  return {
    ...Deno,
    async writeFile(path, data) {
      await Deno.writeFile(path, (data as Uint8Array).subarray(0, 3));
      throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
    },
  };
}

testWith(disk, "a file is kept under its name, with nothing next to it, and may be kept again", async () => {
  await withTempDir(async (directory) => {
    const folder = `${directory}/data/cache`;
    await keepFile(folder, "labels.gz", Uint8Array.of(9));
    await keepFile(folder, "labels.gz", bytes);
    assertEquals(await namesIn(folder), ["labels.gz"]);
    assertEquals(await Deno.readFile(`${folder}/labels.gz`), bytes);
  });
});

testWith(disk, "a full disk leaves nothing half-written, and the old file stays", async () => {
  await withTempDir(async (folder) => {
    await keepFile(folder, "labels.gz", Uint8Array.of(9));
    const error = await assertRejects(() => keepFile(folder, "labels.gz", bytes, full()), Error);
    assertEquals(whyNotKept(error), "the disk is full");
    await assertRejects(() => keepFile(folder, "images.gz", bytes, full()), Error);
    assertEquals(await namesIn(folder), ["labels.gz"]);
    assertEquals(await Deno.readFile(`${folder}/labels.gz`), Uint8Array.of(9));
  });
});

testWith(disk, "a rename that fails leaves nothing half-written", async () => {
  await withTempDir(async (folder) => {
    await Deno.mkdir(`${folder}/labels.gz`); // a folder is in the place of the file
    await assertRejects(() => keepFile(folder, "labels.gz", bytes), Error);
    assertEquals(await namesIn(folder), ["labels.gz"]);
  });
});

testWith(disk, "a cache with a file in its path is refused, with the reason", async () => {
  await withTempDir(async (directory) => {
    await Deno.writeFile(`${directory}/file`, bytes);
    for (const folder of [`${directory}/file`, `${directory}/file/cache`]) {
      const error = await assertRejects(() => keepFile(folder, "labels.gz", bytes), Error);
      assertEquals(whyNotKept(error), "a part of its path is a file, not a folder");
    }
  });
});

testWith(disk, "part files of a killed process are removed, those in use are not", async () => {
  await withTempDir(async (folder) => {
    for (const name of ["images.gz.0000aaaa.part", "images.gz.1111bbbb.part", "mine.txt"]) {
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    const yesterday = new Date(Date.now() - 86_400_000);
    await Deno.utime(`${folder}/images.gz.0000aaaa.part`, yesterday, yesterday);
    await Deno.utime(`${folder}/mine.txt`, yesterday, yesterday);
    await keepFile(folder, "labels.gz", bytes);
    assertEquals(await namesIn(folder), ["images.gz.1111bbbb.part", "labels.gz", "mine.txt"]);
  });
});

testWith(disk, "many writers at once leave one complete file", async () => {
  await withTempDir(async (folder) => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => keepFile(folder, "x", new Uint8Array(50_000).fill(i))));
    assertEquals(await namesIn(folder), ["x"]);
    const kept = await Deno.readFile(`${folder}/x`);
    assert(kept.length === 50_000 && kept.every((byte) => byte === kept[0]));
  });
});

Deno.test("the reason why a file cannot be kept is told in words", () => {
  const reasons: [Error, string][] = [
    [Object.assign(new Error("x"), { code: "EDQUOT" }), "the disk is full"],
    [Object.assign(new Error("x"), { code: "EROFS" }), "the disk is read-only"],
    [new Deno.errors.PermissionDenied("x"), "it belongs to another user or is read-only"],
    [new Error("something new"), "something new"],
  ];
  for (const [error, reason] of reasons) assertEquals(whyNotKept(error), reason);
});
