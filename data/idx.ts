/**
 * The IDX format of the MNIST files: a magic number, the sizes, then the bytes. Errors tell what is wrong with a file.
 */
import { formatNumbers } from "../lib/tensor/expect_number.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { NumberArray } from "./number_dataset.ts";

/** The array in an IDX file of unsigned bytes. */
export interface IDX {
  /** The sizes, outermost first: [60000, 28, 28] for images, [60000] for labels. */
  readonly shape: readonly number[];
  /** All elements, row-major. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

interface ElementType {
  readonly name: string;
  /** Bytes of an element. */
  readonly size: number;
  readonly array: new (length: number) => NumberArray;
  readonly read: (view: DataView, at: number) => number;
}

const TYPES: Readonly<Record<number, ElementType>> = {
  0x08: { name: "unsigned byte", size: 1, array: Uint8Array, read: (view, at) => view.getUint8(at) },
  0x09: { name: "signed byte", size: 1, array: Int8Array, read: (view, at) => view.getInt8(at) },
  0x0b: { name: "int16", size: 2, array: Int16Array, read: (view, at) => view.getInt16(at) },
  0x0c: { name: "int32", size: 4, array: Int32Array, read: (view, at) => view.getInt32(at) },
  0x0d: { name: "float32", size: 4, array: Float32Array, read: (view, at) => view.getFloat32(at) },
  0x0e: { name: "float64", size: 8, array: Float64Array, read: (view, at) => view.getFloat64(at) },
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
  const { shape, data } = decodeIDX(bytes, name, true);
  return { shape, data };
}

/** The array in an IDX file, before its elements are read. */
export interface RawIDX {
  /** The sizes, outermost first. */
  readonly shape: readonly number[];
  /** The type byte. */
  readonly type: number;
  /** The elements, as they are in the file. */
  readonly data: Uint8Array;
}

/**
 * Reads the header of an IDX file of any type.
 * @param onlyBytes Whether only unsigned bytes are read.
 * @throws {SyntaxError} If the file is wrong, as in {@linkcode parseIDX}.
 */
export function decodeIDX(bytes: Uint8Array, name: string, onlyBytes = false): RawIDX {
  if (bytes.length < 4) {
    throw new SyntaxError(`${name} is not IDX: it has ${bytes.length} bytes, and the magic number alone has 4`);
  }
  const [zero0, zero1, type, dimensions] = bytes;
  if (zero0 !== 0 || zero1 !== 0) {
    throw new SyntaxError(`${name} is not IDX: IDX begins with the bytes 00 00, and this file ${beginning(bytes)}`);
  }
  if (!TYPES[type] || onlyBytes && type !== UNSIGNED_BYTE) {
    const found = TYPES[type] ? `${hex(type)}, ${TYPES[type].name}` : `${hex(type)}, which IDX does not know`;
    const advice = onlyBytes ? "only 08, unsigned byte, is supported" : "is it an IDX file?";
    throw new SyntaxError(`${name} has the type byte ${found}: ${advice}${TYPES[type] ? "; loadIDX reads it" : ""}`);
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
  const expected = shape.reduce((product, size) => product * size, TYPES[type].size);
  const present = bytes.length - header;
  if (present !== expected) {
    const problem = present < expected
      ? `is truncated: ${expected - present} bytes are missing`
      : `has ${present - expected} bytes too many`;
    const each = TYPES[type].size === 1 ? "" : ` × ${TYPES[type].size} (${TYPES[type].name})`;
    throw new SyntaxError(
      `${name} ${problem}. Its header says ${shape.join(" × ")}${each} = ${expected} bytes, and ${present} follow`,
    );
  }
  return { shape, type, data: bytes.subarray(header) };
}

/** The elements of an array of any type; the file has the most significant byte first. Bytes are not copied. */
export function numbersOf({ type, data }: RawIDX): NumberArray {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const { size, array, read } = TYPES[type];
  if (size === 1) return type === UNSIGNED_BYTE ? data : new Int8Array(data.buffer, data.byteOffset, data.length);
  const out = new array(data.length / size);
  for (let i = 0; i < out.length; i++) out[i] = read(view, i * size);
  return out;
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
