/** Unpacks gzip bytes: with Node's zlib where it is, which is faster, and otherwise with the stream that every browser has. */

/** The code of the error when there are more bytes than were allowed. */
export const TOO_LARGE = "ERR_BUFFER_TOO_LARGE";

/**
 * The unpacked bytes.
 *
 * @param most The largest unpacked size, in bytes.
 * @param chunkSize How many bytes zlib unpacks at a time.
 * @throws {Error} With the code `TOO_LARGE`, or with whatever is wrong with the bytes.
 */
export async function inflate(
  bytes: Uint8Array,
  { most, chunkSize }: { most: number; chunkSize?: number },
): Promise<Uint8Array> {
  // deno-lint-ignore no-process-global -- importing zlib would fail in a page
  const zlib = process.getBuiltinModule("node:zlib");
  if (zlib) {
    const limit = Number.isFinite(most) ? { maxOutputLength: Math.max(1, most) } : {};
    return zlib.gunzipSync(bytes, { chunkSize, ...limit });
  }
  return await throughStream(bytes, most);
}

/** Unpacks with a stream, and counts what comes out of it. */
export async function throughStream(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const unpacked = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  for await (const part of unpacked) {
    size += part.length;
    if (size > most) throw Object.assign(new RangeError("too many bytes"), { code: TOO_LARGE });
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
