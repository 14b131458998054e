/**
 * The IDX format of the MNIST files: a magic number, the sizes, then the bytes. Errors tell what is wrong with a file.
 */
import { formatNumbers } from "../lib/tensor/expect_number.ts";
import { gunzip, isGzip } from "./gunzip.ts";

/** The array in an IDX file of unsigned bytes. */
export interface IDX {
  /** The sizes, outermost first: [60000, 28, 28] for images, [60000] for labels. */
  readonly shape: readonly number[];
  /** All elements, row-major. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const TYPES: Readonly<Record<number, string>> = {
  0x08: "unsigned byte",
  0x09: "signed byte",
  0x0b: "int16",
  0x0c: "int32",
  0x0d: "float32",
  0x0e: "float64",
};

/**
 * Reads an unpacked IDX file of unsigned bytes. The elements are not copied: `data` is a view of `bytes`.
 *
 * | byte | holds |
 * |---|---|
 * | 0, 1 | zero |
 * | 2 | the type of an element: 08 is the unsigned byte |
 * | 3 | the number of dimensions |
 * | then 4 for each dimension | its size, most significant byte first |
 * | then | the elements, row-major |
 *
 * The format: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
 *
 * @param bytes The file.
 * @param name What to call it in an error.
 * @returns The sizes and the elements.
 * @throws {SyntaxError} If the magic number or the type is wrong, or the file is shorter or longer than its header
 * says.
 *
 * @example
 * ```ts
 * import { parseIDX } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = parseIDX(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4));
 * assertEquals(labels.shape, [3]);
 * assertEquals([...labels.data], [5, 0, 4]);
 * ```
 */
export function parseIDX(bytes: Uint8Array, name = "the file"): IDX {
  if (bytes.length < 4) {
    throw new SyntaxError(`${name} is not IDX: it has ${bytes.length} bytes, and the magic number alone has 4`);
  }
  const [zero0, zero1, type, dimensions] = bytes;
  if (zero0 !== 0 || zero1 !== 0) {
    throw new SyntaxError(`${name} is not IDX: IDX begins with the bytes 00 00, and this file ${beginning(bytes)}`);
  }
  if (type !== UNSIGNED_BYTE) {
    const found = TYPES[type] ? `${hex(type)}, ${TYPES[type]}` : `${hex(type)}, which IDX does not know`;
    throw new SyntaxError(`${name} has the type byte ${found}: only 08, unsigned byte, is supported`);
  }
  if (dimensions === 0) throw new SyntaxError(`${name} has 0 dimensions in its header: is it an IDX file?`);
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new SyntaxError(
      `${name} is truncated: ${dimensions} dimensions need a header of ${header} bytes, and the file has ` +
        `${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = shape.reduce((product, size) => product * size, 1);
  const present = bytes.length - header;
  if (present !== expected) {
    const problem = present < expected
      ? `is truncated: ${expected - present} bytes are missing`
      : `has ${present - expected} bytes too many`;
    throw new SyntaxError(
      `${name} ${problem}. Its header says ${shape.join(" × ")} = ${expected} bytes, and ${present} follow`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

/**
 * Reads an IDX file of unsigned bytes, plain or gzip; its first bytes tell which.
 *
 * @param bytes The file.
 * @param name What to call it in an error.
 * @returns The sizes and the elements.
 * @throws {SyntaxError} If the gzip stream is truncated or corrupt, or its content is not IDX (see
 * {@linkcode parseIDX}).
 *
 * @example
 * ```ts
 * import { encodeIDX, readIDX } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const plain = encodeIDX([2, 2], Uint8Array.of(1, 2, 3, 4));
 * const packed = new Blob([plain]).stream().pipeThrough(new CompressionStream("gzip"));
 * assertEquals(await readIDX(await new Response(packed).bytes()), await readIDX(plain));
 * ```
 */
export async function readIDX(bytes: Uint8Array, name = "the file"): Promise<IDX> {
  return parseIDX(isGzip(bytes) ? await gunzip(bytes, name) : bytes, name);
}

/**
 * Writes an array of unsigned bytes as an IDX file, the inverse of {@linkcode parseIDX}.
 *
 * @param shape The sizes, outermost first.
 * @param data All elements, row-major.
 * @returns The file's bytes, not packed.
 * @throws {RangeError} If the shape has no dimensions or more than 255, a size is not a uint32, or it does not match
 * `data`.
 *
 * @example
 * ```ts
 * import { encodeIDX } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...encodeIDX([2], Uint8Array.of(5, 0))], [0, 0, 8, 1, 0, 0, 0, 2, 5, 0]);
 * ```
 */
export function encodeIDX(shape: readonly number[], data: Uint8Array): Uint8Array<ArrayBuffer> {
  const sizesFit = shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32);
  if (shape.length < 1 || shape.length > 255 || !sizesFit) {
    throw new RangeError(
      `encodeIDX takes 1 to 255 dimensions of whole sizes below 2³² and got the shape ${formatNumbers(shape)}`,
    );
  }
  const expected = shape.reduce((product, size) => product * size, 1);
  if (expected !== data.length) {
    throw new RangeError(`encodeIDX takes ${expected} bytes for the shape [${shape}] and got ${data.length}`);
  }
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + data.length);
  bytes.set([0, 0, UNSIGNED_BYTE, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(data, header);
  return bytes;
}

/** How a wrong file begins, as text if it is text: most often it is a web page instead of the file. */
function beginning(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 24);
  const text = new TextDecoder().decode(start);
  if (!/^[\x20-\x7e\s]+$/.test(text)) {
    return `with ${[...start.subarray(0, 4)].map(hex).join(" ")}: download it again`;
  }
  const page = /^\s*</.test(text) ? "; it is a web page, so download the file again" : "";
  return `with the text ${JSON.stringify(text)}${page}`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
