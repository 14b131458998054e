// The checksums of a PNG, by zlib's own reckoning: a viewer refuses a file whose sums are wrong.
import { assert, assertEquals } from "@std/assert";
import { crc32, inflateSync } from "node:zlib";
import { pngDataUri } from "../../lib/show/png.ts";
import type { Plane } from "../../lib/show/plane.ts";

interface Chunk {
  type: string;
  data: Uint8Array;
}

/** The chunks of a PNG, once the sum of each is found right. */
function chunksOf(plane: Plane): Chunk[] {
  const bytes = Uint8Array.from(atob(pngDataUri(plane).split(",")[1]), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  assertEquals([...bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    const type = new TextDecoder().decode(bytes.subarray(at + 4, at + 8));
    assertEquals(view.getUint32(end), crc32(bytes.subarray(at + 4, end)), `the sum of ${type}`);
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  assertEquals(chunks.map(({ type }) => type), ["IHDR", "IDAT", "IEND"]);
  return chunks;
}

const gray = (width: number, height: number, values: ArrayLike<number>): Plane => {
  return { width, height, channels: 1, values, palette: "ink", low: 0, high: 255 };
};

Deno.test("each chunk of a PNG has its CRC-32, whatever the pixels", () => {
  for (const values of [[0, 0, 0, 0], [255, 255, 255, 255], [1, 2, 3, 4]]) chunksOf(gray(2, 2, values));
});

Deno.test("a large PNG, in several blocks, inflates to its rows: zlib checks the Adler-32 sum", () => {
  const [width, height] = [300, 450];
  const values = Uint8Array.from({ length: width * height }, (_, i) => 255 - i % 7);
  const [, { data }] = chunksOf(gray(width, height, values));
  const rows = inflateSync(data);
  assertEquals(rows.length, height * (width + 1));
  assert(rows.every((byte, i) => byte === (i % 301 === 0 ? 0 : values[Math.floor(i / 301) * 300 + i % 301 - 1])));
});

Deno.test("a PNG in color has three bytes a pixel, and says so", () => {
  const plane: Plane = {
    width: 2,
    height: 1,
    channels: 3,
    values: [255, 0, 0, 128, 0, 64],
    palette: "ink",
    low: 0,
    high: 255,
  };
  const [header, { data }] = chunksOf(plane);
  assertEquals([...header.data], [0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  assertEquals([...inflateSync(data)], [0, 255, 0, 0, 0, 128, 64]);
});
