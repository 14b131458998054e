/** Unpacks gzip bytes in memory, with errors that tell a truncated file from one with bytes after its end. */
import { inflate, TOO_LARGE } from "./inflate.ts";

/** Deflate cannot compress more than about 1032 to 1, so a larger size in the trailer is wrong. */
const MAX_RATIO = 1032;

/**
 * Whether the bytes begin like a gzip file. The content decides, not the name: browsers unpack `.gz` files while they
 * download them, and keep the name.
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
 * Unpacks a gzip file, of one member or of several in a row. The trailer tells the unpacked size, so that 47 MB of
 * images are written only once.
 *
 * @param bytes The gzip file.
 * @param name What to call it in an error.
 * @param most The largest unpacked size, in bytes: 2 MB of gzip can unpack to 2 GB. No limit by default.
 * @returns The unpacked bytes.
 * @throws {SyntaxError} If the bytes are not gzip, end too early, are corrupt, or go on after the end.
 * @throws {RangeError} If there are more than `most` bytes.
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
export async function gunzip(
  bytes: Uint8Array,
  name = "the file",
  most = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) throw new SyntaxError(`${name} is not gzip: it does not begin with the bytes 1f 8b`);
  const size = unpackedSize(bytes);
  // One chunk for everything: a DecompressionStream gives many, and takes twice as long. If there are several members,
  // this is the size of the last one, and there are more chunks.
  const chunkSize = size <= Math.min(most, bytes.length * MAX_RATIO) ? Math.max(64, size) : undefined;
  let out: Uint8Array;
  try {
    out = await inflate(bytes, { most, chunkSize });
  } catch (error) {
    if ((error as { code?: string }).code === TOO_LARGE) {
      throw new RangeError(
        `${name} takes at most ${most} bytes unpacked and has more: download it again, or unpack it yourself`,
      );
    }
    throw new SyntaxError(`${name} ${whatHappened(error)} (${bytes.length} bytes): download it again`, {
      cause: error,
    });
  }
  return new Uint8Array(out.buffer as ArrayBuffer, out.byteOffset, out.length); // a plain array, not Node's Buffer
}

/** The last four bytes of a gzip file are the unpacked size, little-endian. */
function unpackedSize(bytes: Uint8Array): number {
  if (bytes.length < 18) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

function whatHappened(error: unknown): string {
  // zlib takes bytes after the end of the stream for another stream, and does not find its header
  return String(error).includes("incorrect header check")
    ? "has bytes after the end of its gzip stream"
    : "is truncated or corrupt gzip";
}
