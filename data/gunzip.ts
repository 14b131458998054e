/** Unpacks gzip bytes held in memory, with errors that tell a truncated file from one with something after its end. */
import { gunzipSync } from "node:zlib";

/** Deflate cannot pack tighter than about 1032 to 1, so a greater promise in the trailer is a lie. */
const MAX_RATIO = 1032;

/**
 * Whether the bytes begin as a gzip file does. The content decides, not the name: browsers unpack `.gz` files on the way
 * and keep the name.
 *
 * @param bytes The file's bytes.
 * @returns `true` when the first two bytes are 1f 8b.
 *
 * @example
 * ```ts
 * import { isGzip } from "@gradually/gradually/data";
 * import { assert } from "@std/assert";
 *
 * assert(isGzip(Uint8Array.of(0x1f, 0x8b, 8)));
 * assert(!isGzip(new TextEncoder().encode("<!DOCTYPE html>")));
 * ```
 */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file, of one member or of several in a row. The trailer tells the unpacked size, so 47 MB of images are written once, into
 * their final place.
 *
 * @param bytes The gzip file.
 * @param name What to call it in an error.
 * @returns The unpacked bytes.
 * @throws {SyntaxError} If the bytes are not gzip, end too early, are corrupt, or go on after the end.
 *
 * @example
 * ```ts
 * import { gunzip } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const packed = new Blob(["four"]).stream().pipeThrough(new CompressionStream("gzip"));
 * const bytes = await gunzip(await new Response(packed).bytes());
 * assertEquals(new TextDecoder().decode(bytes), "four");
 * ```
 */
// deno-lint-ignore require-await -- whoever unpacks must not depend on how
export async function gunzip(bytes: Uint8Array, name = "the file"): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) throw new SyntaxError(`${name} is not gzip: it does not begin with the bytes 1f 8b`);
  const promised = promisedSize(bytes);
  // One piece that holds it all: a DecompressionStream gives many, and takes twice as long. Of several members it is the size of the last,
  // and there are more pieces.
  const chunkSize = promised <= bytes.length * MAX_RATIO ? Math.max(64, promised) : undefined;
  let out: Uint8Array;
  try {
    out = gunzipSync(bytes, { chunkSize });
  } catch (error) {
    throw new SyntaxError(`${name} ${whatHappened(error)} (${bytes.length} bytes): get it again`, { cause: error });
  }
  return new Uint8Array(out.buffer as ArrayBuffer, out.byteOffset, out.length); // a plain array, not Node's Buffer
}

/** The last four bytes of a gzip file are the unpacked size, little-endian. */
function promisedSize(bytes: Uint8Array): number {
  if (bytes.length < 18) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

function whatHappened(error: unknown): string {
  // The engine takes bytes after the end of the stream for another one, and misses its header
  return String(error).includes("incorrect header check")
    ? "has bytes after the end of its gzip stream"
    : "is truncated or corrupt gzip";
}
