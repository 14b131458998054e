// The IDX reader: what it reads, and what it says of everything else.
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { encodeIDX, parseIDX, readIDX } from "../../data/idx.ts";
import { gzip } from "./fixtures.ts";

const labels = encodeIDX([3], Uint8Array.of(5, 0, 4));
const images = encodeIDX([2, 2, 3], Uint8Array.from({ length: 12 }, (_, i) => 20 * i));

function fails(bytes: Uint8Array, message: string): void {
  assertThrows(() => parseIDX(bytes, "labels"), SyntaxError, message);
}

/** The labels with one byte replaced. */
function changed(at: number, byte: number): Uint8Array {
  const bytes = labels.slice();
  bytes[at] = byte;
  return bytes;
}

Deno.test("IDX is read, plain and gzip alike", async () => {
  for (const bytes of [images, await gzip(images)]) {
    const { shape, data } = await readIDX(bytes);
    assertEquals(shape, [2, 2, 3]);
    assertEquals([...data], Array.from({ length: 12 }, (_, i) => 20 * i));
  }
});

Deno.test("IDX is read from a view of a larger buffer", () => {
  const buffer = new Uint8Array(labels.length + 7);
  buffer.set(labels, 5);
  const { shape, data } = parseIDX(buffer.subarray(5, 5 + labels.length));
  assertEquals([shape, [...data]], [[3], [5, 0, 4]]);
  assertEquals(data.buffer === buffer.buffer, true, "parseIDX copied the elements");
});

Deno.test("encodeIDX and parseIDX undo each other", () => {
  for (const shape of [[0], [1], [300], [2, 0, 4], [3, 1, 5], [70_000, 1], [2, 2, 2, 2]]) {
    const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i * 7);
    assertEquals(parseIDX(encodeIDX(shape, data)), { shape, data });
  }
});

Deno.test("encodeIDX refuses what IDX cannot hold", () => {
  const four = new Uint8Array(4);
  assertThrows(() => encodeIDX([], four), RangeError, "encodeIDX takes 1 to 255 dimensions");
  assertThrows(() => encodeIDX([1.5], four), RangeError, "takes 1 to 255 dimensions");
  assertThrows(() => encodeIDX([2 ** 32], four), RangeError, "takes 1 to 255 dimensions");
  assertThrows(() => encodeIDX([3], four), RangeError, "encodeIDX takes 3 bytes for the shape [3] and got 4");
});

Deno.test("a truncated IDX file is refused, with the bytes counted", () => {
  fails(new Uint8Array(0), "labels is not IDX: it has 0 bytes");
  fails(labels.subarray(0, 3), "labels is not IDX: it has 3 bytes");
  fails(labels.subarray(0, 6), "labels is truncated: 1 dimensions need a header of 8 bytes, and the file has 6");
  fails(
    labels.subarray(0, 9),
    "labels is truncated: 2 bytes are missing. Its header says 3 = 3 bytes, and 1 follow",
  );
  const message = "is truncated: 1 bytes are missing. Its header says 2 × 2 × 3 = 12 bytes, and 11 follow";
  assertThrows(() => parseIDX(images.subarray(0, -1)), SyntaxError, message);
});

Deno.test("bytes after the end of the data are refused", () => {
  fails(Uint8Array.of(...labels, 1), "labels has 1 bytes too many. Its header says 3 = 3 bytes, and 4 follow");
});

Deno.test("a size of 2³² − 1 is refused before memory is allocated", () => {
  fails(Uint8Array.of(0, 0, 8, 3, ...Array(12).fill(255)), "bytes are missing");
});

Deno.test("a wrong magic number is refused, with the bytes found", () => {
  fails(changed(0, 7), "IDX begins with the bytes 00 00, and this file with 07 00 08 01: download it again");
  fails(new TextEncoder().encode("<!DOCTYPE html><html>"), "it is a web page, so download the file again");
  fails(new TextEncoder().encode("version https://git-lfs"), 'this file with the text "version https://git-lfs"');
  fails(changed(3, 0), "labels has 0 dimensions in its header: is it an IDX file?");
});

Deno.test("a wrong type byte is refused, by its name if it has one", () => {
  fails(changed(2, 0x0d), "labels has the type byte 0d, float32: only 08, unsigned byte, is supported");
  fails(changed(2, 0x07), "labels has the type byte 07, which IDX does not know");
});

Deno.test("IDX inside damaged gzip is refused as gzip", async () => {
  const packed = await gzip(images);
  await assertRejects(
    () => readIDX(packed.subarray(0, 25), "images.gz"),
    SyntaxError,
    "images.gz is truncated or corrupt",
  );
});
