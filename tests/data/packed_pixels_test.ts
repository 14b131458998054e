// Pixels that stay packed: the same bytes as unpacked ones, however they are asked for, and only for files that were verified.
import { assert, assertEquals } from "@std/assert";
import { ImageDataset } from "../../data/dataset.ts";
import { filesFor, gzip, tinyContents, writeFolder } from "./fixtures.ts";
import { PackedPixels } from "../../data/packed_pixels.ts";
import { readContents } from "../../data/read_contents.ts";
import { keepVerified, readVerified } from "../../data/verified.ts";
import { Random } from "../../mod.ts";
import { testWith, withTempDir } from "../support.ts";

const disk = { read: true, write: true } as const;
const HEADER = 16;
const random = new Random(5);
// The first third packs far better than the rest, so a share of the file is not the same share of the pixels.
const pixels = Uint8Array.from({ length: 300 * 784 }, (_, i) => i < 100 * 784 ? i >> 9 : random.integer(256));
const packed = await gzip(Uint8Array.from({ length: HEADER + pixels.length }, (_, i) => pixels[i - HEADER]));
const open = () => new PackedPixels(packed, { skip: HEADER, length: pixels.length });

Deno.test("whatever end is asked for, the bytes are those of the file", () => {
  for (const ends of [[1], [784], [0, 5, 784, 90_000, 1], [pixels.length], [pixels.length - 1, pixels.length]]) {
    const source = open();
    for (const end of ends) {
      const bytes = source.upTo(end);
      assert(bytes.length >= end && bytes.length <= pixels.length);
      assertEquals(bytes.subarray(0, end), pixels.subarray(0, end));
    }
  }
});

Deno.test("a few images are had without unpacking the rest", () => {
  assert(open().upTo(784).length < pixels.length / 2);
});

Deno.test("a dataset of packed pixels is the dataset of the same pixels unpacked", () => {
  const labels = Uint8Array.from({ length: 300 }, (_, i) => i % 10);
  const plain = new ImageDataset(pixels, labels);
  for (
    const part of [
      (data: ImageDataset) => data,
      (data: ImageDataset) => data.slice(7, 90).slice(3),
      (data: ImageDataset) => data.take(2),
    ]
  ) {
    const [ours, right] = [part(new ImageDataset(open(), labels)), part(plain)];
    assertEquals(ours.shape, right.shape);
    assertEquals(ours.batch([ours.size - 1, 0]), right.batch([right.size - 1, 0]));
    assertEquals(ours.bytes, right.bytes);
    assertEquals(ours.images.toArray(), right.images.toArray());
  }
});

testWith(disk, "a file is unpacked to see what is in it, and the second time it stays packed", async () => {
  await withTempDir(async (folder) => {
    const contents = tinyContents(300);
    const [images] = (await filesFor(contents)).map((file) => ({ ...file, pixels: file.size - HEADER }));
    const bytes = contents.get(images.name)!;
    await writeFolder(folder, new Map([["images.gz", await gzip(bytes)]]));
    const read = async () => {
      const verified = await readVerified(folder);
      const result = await readContents(`${folder}/images.gz`, images, { verified });
      await keepVerified(folder, verified);
      return result;
    };
    assertEquals(await read(), { contents: bytes, genuine: true });
    const again = await read();
    assert(again.genuine && again.contents instanceof PackedPixels);
    assertEquals(again.contents.upTo(bytes.length - HEADER), bytes.subarray(HEADER));

    const verified = await readVerified(folder);
    const another = { ...images, sha256: "0".repeat(64) }; // a right file under the name of another one
    assertEquals(await readContents(`${folder}/images.gz`, another, { verified }), { contents: bytes, genuine: false });

    const changed = bytes.slice();
    changed[1000] ^= 1;
    await writeFolder(folder, new Map([["images.gz", await gzip(changed)]]));
    assertEquals(await read(), { contents: changed, genuine: false });
    assertEquals(await read(), { contents: changed, genuine: false });
  });
});

testWith(disk, "a list that is damaged says nothing of any file", async () => {
  await withTempDir(async (folder) => {
    const sum = "a".repeat(64);
    const texts: [string, [string, string][]][] = [["", []], ["[7", []], ["null", []], ["7", []], [
      `{"${sum}": 7, "x": "${sum}"}`,
      [],
    ]];
    texts.push([`{"${sum}": "${sum}"}`, [[sum, sum]]]);
    for (const [text, known] of texts) {
      await Deno.writeTextFile(`${folder}/verified.json`, text);
      assertEquals([...await readVerified(folder)], known, text);
    }
    assertEquals([...await readVerified(undefined)], []);
  });
});
