/** Reads a file of MNIST and says whether it is the right one; what was unpacked before stays packed until it is needed. */
import { gunzip, isGzip } from "./gunzip.ts";
import { type MNISTFile, sha256 } from "./mnist_files.ts";
import { PackedPixels } from "./packed_pixels.ts";
import type { Verified } from "./verified.ts";

/**
 * The largest size to which a file of a folder is unpacked, in bytes: it may have other images than MNIST's, such as
 * the 240,000 of EMNIST (188 MB).
 */
const MAX_UNPACKED = 256e6;

/** How to call a file in an error, how large it may be, and what is known of packed files. */
interface ReadOptions {
  called?: string;
  most?: number;
  verified: Verified;
}

/**
 * Reads a file, and unpacks it if it is gzip, whatever its name is. Images that were unpacked before stay packed until they are needed.
 *
 * @param called What to call it in an error.
 * @param most The largest unpacked size, in bytes.
 * @param verified What is known of packed files; what is found out is added.
 * @returns Its contents, and whether they are those of MNIST.
 * @throws {SyntaxError} If it is a gzip file, and truncated or corrupt.
 * @throws {RangeError} If it is a gzip file, and larger than `most`.
 */
export async function readContents(
  path: string,
  file: MNISTFile,
  { called = path, most = MAX_UNPACKED, verified }: ReadOptions,
): Promise<{ contents: Uint8Array | PackedPixels; genuine: boolean }> {
  const bytes = await Deno.readFile(path);
  if (!isGzip(bytes)) return { contents: bytes, genuine: sha256(bytes) === file.sha256 };
  const packedSum = sha256(bytes);
  if (file.pixels !== undefined && verified.get(packedSum) === file.sha256) {
    const skip = file.size - file.pixels;
    return { contents: new PackedPixels(bytes, { skip, length: file.pixels }), genuine: true };
  }
  const contents = await gunzip(bytes, called, most);
  const genuine = sha256(contents) === file.sha256;
  if (genuine && file.pixels !== undefined) verified.set(packedSum, file.sha256);
  return { contents, genuine };
}
