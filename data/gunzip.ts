/** Unpacks gzip bytes held in memory, with errors that tell a truncated file from one with something after its end. */

/** Deflate cannot pack tighter than about 1032 to 1, so a greater promise in the trailer is a lie. */
const MAX_RATIO = 1032;
const PIECE = 1 << 16;

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
 * Unpacks a gzip file. The trailer tells the unpacked size, so 47 MB of images are written once, into their final place.
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
export async function gunzip(bytes: Uint8Array, name = "the file"): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) throw new SyntaxError(`${name} is not gzip: it does not begin with the bytes 1f 8b`);
  const promised = promisedSize(bytes);
  let out = new Uint8Array(promised <= bytes.length * MAX_RATIO ? promised : 0);
  let length = 0;
  const stream = new DecompressionStream("gzip");
  const fed = feed(stream.writable, bytes);
  try {
    for await (const chunk of stream.readable) {
      if (length + chunk.length > out.length) out = grown(out, length, chunk.length);
      out.set(chunk, length);
      length += chunk.length;
    }
    await fed;
  } catch (error) {
    await fed.catch(() => {}); // the same failure, seen from the other end
    throw new SyntaxError(`${name} ${whatHappened(error)} (${bytes.length} bytes): get it again`, { cause: error });
  }
  // The engine checks the checksum but not the size beside it
  if (length !== promised) {
    throw new SyntaxError(`${name} is corrupt gzip: it holds ${length} bytes and says ${promised}: get it again`);
  }
  return length === out.length ? out : out.slice(0, length);
}

/** The last four bytes of a gzip file are the unpacked size, little-endian. */
function promisedSize(bytes: Uint8Array): number {
  if (bytes.length < 18) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/** In pieces, so that unpacking one does not have to wait for all the others. */
async function feed(writable: WritableStream<BufferSource>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter();
  for (let start = 0; start < bytes.length; start += PIECE) {
    await writer.write(bytes.subarray(start, start + PIECE) as Uint8Array<ArrayBuffer>);
  }
  await writer.close();
}

function grown(out: Uint8Array, used: number, wanted: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * out.length, used + wanted));
  larger.set(out.subarray(0, used));
  return larger;
}

function whatHappened(error: unknown): string {
  // The engine reports bytes after the end of the stream as a write that did not fit
  return String(error).includes("whole buffer")
    ? "has bytes after the end of its gzip stream"
    : "is truncated or corrupt gzip";
}
