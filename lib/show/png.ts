/** Writes a plane as a PNG in a data URI: one small image, where an SVG would need a rectangle for each pixel. */
import { base64 } from "./base64.ts";
import { colorAt, type Plane } from "./plane.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The picture as `data:image/png;base64,…`, 8 bits per channel, in gray if that is enough. */
export function pngDataUri(plane: Plane): string {
  const { width, height } = plane;
  const colors = Array.from({ length: width * height }, (_, i) => colorAt(plane, i % width, Math.floor(i / width)));
  const gray = colors.every(([r, g, b]) => r === g && g === b);
  const channels = gray ? 1 : 3;
  const rows = new Uint8Array(height * (1 + width * channels)); // each row begins with its filter: 0 is none
  colors.forEach((color, i) => {
    const at = Math.floor(i / width) * (1 + width * channels) + 1 + (i % width) * channels;
    for (let c = 0; c < channels; c++) rows[at + c] = color[c];
  });
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, gray ? 0 : 2, 0, 0, 0], 8);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", stored(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  return "data:image/png;base64," + base64(concat(parts));
}

// zlib's format without compression: the pictures are small, and no compressor has to be loaded.
function stored(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at === 0 || at < bytes.length; at += 65535) {
    const block = bytes.subarray(at, at + 65535);
    const [low, high] = [block.length & 255, block.length >> 8];
    parts.push(Uint8Array.of(at + 65535 >= bytes.length ? 1 : 0, low, high, 255 - low, 255 - high), block);
  }
  let a = 1, b = 0; // Adler-32
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  parts.push(Uint8Array.of(b >> 8, b & 255, a >> 8, a & 255));
  return concat(parts);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

let table: Uint32Array | undefined;

function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
