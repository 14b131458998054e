/** decodePNG: a PNG image as bytes, gray or in color. */
import { pixelsOf, type PNGHeader, type PNGImage, scanlineBytes } from "./png_pixels.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The bit depths of each color type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** The most pixels of an image: 4096 × 4096. */
const MOST_PIXELS = 2 ** 24;

/**
 * Reads a PNG file: every color type and bit depth, interlaced or not. 16 bits are rounded to 8. Transparent pixels are
 * drawn on black, the background of MNIST. A palette, or color in which every pixel is gray, stays color.
 *
 * The format: https://www.w3.org/TR/png-3
 *
 * @param bytes The file.
 * @param name What to call it in an error.
 * @returns The image.
 * @throws {SyntaxError} If it is not a PNG file, is damaged, or is truncated.
 * @throws {RangeError} If it has more than 4096 × 4096 pixels.
 *
 * @example One white pixel
 * ```ts
 * import { decodePNG } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const file = Uint8Array.fromBase64(
 *   "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==",
 * );
 * assertEquals(decodePNG(file), { width: 1, height: 1, channels: 1, data: Uint8Array.of(255) });
 * ```
 */
export function decodePNG(bytes: Uint8Array, name = "the file"): PNGImage {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) {
    throw new SyntaxError(`${name} is not PNG: it does not begin as a PNG file does`);
  }
  let header: PNGHeader | undefined;
  const parts: Uint8Array[] = [];
  const palette: { colors?: Uint8Array; alpha?: Uint8Array } = {};
  let ended = false;
  for (const { type, data } of chunksOf(bytes, name)) {
    if (!header && type !== "IHDR") throw new SyntaxError(`${name} is damaged: it begins with ${type}, not with IHDR`);
    if (type === "IHDR") header ??= readHeader(data, name);
    else if (type === "PLTE") palette.colors = data;
    else if (type === "tRNS") palette.alpha = data;
    else if (type === "IDAT") parts.push(data);
    else if (type === "IEND") ended = true;
    else if (/^[A-Z]/.test(type)) {
      throw new SyntaxError(`${name} takes a reader that knows ${type}: save it as plain PNG`);
    }
    if (ended) break;
  }
  if (!header || !ended) throw new SyntaxError(`${name} is truncated: it has no end`);
  if (header.colorType === 3 && !(palette.colors && palette.colors.length % 3 === 0)) {
    throw new SyntaxError(`${name} is damaged: it has no palette`);
  }
  return pixelsOf(header, unpack(parts, scanlineBytes(header), name), palette, name);
}

function* chunksOf(bytes: Uint8Array, name: string): Generator<{ type: string; data: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const length = at + 12 <= bytes.length ? view.getUint32(at) : Infinity;
    if (at + 12 + length > bytes.length) throw new SyntaxError(`${name} is truncated: it has ${bytes.length} bytes`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new SyntaxError(`${name} is damaged: at byte ${at} there should be a chunk`);
    if (zlib().crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      throw new SyntaxError(`${name} is damaged: the checksum of its ${type} at byte ${at} is wrong`);
    }
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function readHeader(data: Uint8Array, name: string): PNGHeader {
  if (data.length !== 13) throw new SyntaxError(`${name} is damaged: its header has ${data.length} bytes, not 13`);
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = data.subarray(8);
  const known = DEPTHS[colorType]?.includes(depth) && compression === 0 && filter === 0 && interlace <= 1;
  if (!known || width === 0 || height === 0) {
    throw new SyntaxError(
      `${name} is damaged: its header says ${width} × ${height} pixels, ${depth} bits, color type ${colorType}`,
    );
  }
  if (width * height > MOST_PIXELS) {
    throw new RangeError(`${name} takes at most ${MOST_PIXELS} pixels and has ${width} × ${height}: make it smaller`);
  }
  return { width, height, depth, colorType, interlaced: interlace === 1 };
}

function unpack(parts: readonly Uint8Array[], size: number, name: string): Uint8Array {
  const { inflateSync } = zlib();
  let out: Uint8Array;
  try {
    out = inflateSync(joined(parts), { maxOutputLength: size });
  } catch (cause) {
    throw new SyntaxError(`${name} is damaged: its pixels cannot be unpacked`, { cause });
  }
  if (out.length !== size) {
    throw new SyntaxError(`${name} is truncated: its pixels take ${size} bytes and got ${out.length}`);
  }
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Node's zlib, asked for when it is needed: a page loads this file, too, and has none. */
function zlib() {
  // deno-lint-ignore no-process-global -- importing it would fail in a page
  const found = process.getBuiltinModule("node:zlib");
  if (!found) {
    throw new TypeError("decodePNG takes images under Deno or Node, and this is a page: run the lesson there");
  }
  return found;
}
