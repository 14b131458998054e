/** The safetensors format: named tensors and some text in one file, which Python reads, too. */
import { describe } from "../tensor/describe.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import { namedTwice } from "./named_twice.ts";

/** Bytes of an element, by the name of its type. */
const SIZES: ReadonlyMap<string, number> = new Map([
  ...["F64", "I64", "U64"].map((name) => [name, 8] as const),
  ...["F32", "I32", "U32"].map((name) => [name, 4] as const),
  ...["F16", "BF16", "I16", "U16"].map((name) => [name, 2] as const),
  ...["I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2"].map((name) => [name, 1] as const),
]);

/** Bytes of the longest header that is read: the limit of the reference implementation. */
const LONGEST_HEADER = 100_000_000;

/** One tensor of a file. */
export interface Stored {
  /** The type of its elements, as the format calls it: `F32`. */
  readonly dtype: string;
  /** The size of each axis. */
  readonly shape: Shape;
  /** Its numbers, row-major, little-endian. */
  readonly bytes: Uint8Array;
}

/** The contents of a file. */
export interface Contents {
  /** Text, by name. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The tensors, by name, in the order of the header. */
  readonly tensors: ReadonlyMap<string, Stored>;
}

/**
 * Writes a file: the length of the header (8 bytes, little-endian), the header in JSON (name, dtype, shape and offsets of
 * every tensor), and the numbers, those of eight bytes first, so that each begins at a multiple of its size.
 */
export function encodeSafetensors({ metadata, tensors }: Contents): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = metadata.size > 0 ? [["__metadata__", Object.fromEntries(metadata)]] : [];
  const width = (dtype: string) => SIZES.get(dtype) ?? 1;
  const sorted = [...tensors].sort(([, a], [, b]) => width(b.dtype) - width(a.dtype)); // a stable sort
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of sorted) {
    entries.push([name, { dtype, shape, data_offsets: [end, end + bytes.length] }]);
    end += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const header = Math.ceil(json.length / 8) * 8; // the numbers start at a multiple of 8
  const file = new Uint8Array(8 + header + end).fill(0x20, 8 + json.length, 8 + header);
  new DataView(file.buffer).setBigUint64(0, BigInt(header), true);
  file.set(json, 8);
  let at = 8 + header;
  for (const [, { bytes }] of sorted) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/**
 * Reads a file, and refuses everything that the format forbids. The numbers are not copied.
 *
 * @param called What to call it in an error, at the beginning of a sentence.
 * @throws {SyntaxError} If it is not such a file, or is truncated.
 */
export function decodeSafetensors(file: Uint8Array, called = "The file"): Contents {
  const wrong = (problem: string, cause?: unknown) =>
    new SyntaxError(`${called} is not a safetensors file: ${problem}`, { cause });
  if (file.length < 8) throw wrong(`it has ${file.length} bytes, and the length of the header alone has 8`);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > LONGEST_HEADER) throw wrong("the length of its header is above 100 MB");
  if (length > file.length - 8) {
    throw new SyntaxError(
      `${called} is not a complete safetensors file: its header takes ${length} bytes, and ${file.length - 8} follow`,
    );
  }
  if (file[8] !== 0x7b || length === 0) throw wrong("its header does not begin with {");
  let header: Record<string, unknown>;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch (cause) {
    throw wrong("its header is not JSON", cause);
  }
  const twice = namedTwice(text);
  if (twice !== undefined) throw wrong(`its header has the name ${JSON.stringify(twice)} twice`);
  const metadata = textsOf(header["__metadata__"], wrong);
  const tensors = new Map<string, Stored>();
  const places: [start: number, end: number, name: string][] = [];
  const numbers = file.subarray(8 + length);
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (!isEntry(value)) throw wrong(`in its header ${name} is not { dtype, shape, data_offsets }`);
    const { dtype, shape, data_offsets: [start, end] } = value;
    const size = SIZES.get(dtype);
    if (size === undefined) {
      throw wrong(`${name} has the dtype ${JSON.stringify(dtype)}, which the format does not know`);
    }
    if (end - start !== size * sizeOf(shape)) {
      throw wrong(
        `${name}, ${dtype} ${formatShape(shape)}, takes ${
          size * sizeOf(shape)
        } bytes and got those from ${start} to ${end}`,
      );
    }
    places.push([start, end, name]);
    tensors.set(name, { dtype, shape, bytes: numbers.subarray(start, end) });
  }
  expectWhole(places, numbers.length, called, wrong);
  return { metadata, tensors };
}

type Wrong = (problem: string) => SyntaxError;

/** Refuses numbers that belong to no tensor, or to two. */
function expectWhole(places: [number, number, string][], length: number, called: string, wrong: Wrong): void {
  const last = places.reduce((max, [, end]) => Math.max(max, end), 0);
  if (last > length) {
    throw new SyntaxError(`${called} is truncated: its numbers should end at byte ${last} of ${length}`);
  }
  let at = 0;
  for (const [start, end, name] of places.sort(([a, b], [c, d]) => a - c || b - d)) {
    if (start > at) throw wrong(`the bytes from ${at} to ${start}, before ${name}, belong to no tensor`);
    if (start < at) throw wrong(`${name} begins at byte ${start}, inside the tensor before it`);
    at = end;
  }
  if (at < length) throw wrong(`${length - at} bytes follow after the end of its numbers`);
}

function textsOf(value: unknown, wrong: Wrong): Map<string, string> {
  if (value === undefined) return new Map();
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isRecord) throw wrong(`its __metadata__ takes text by name and got ${describe(value)}`);
  const texts = new Map(Object.entries(value));
  for (const [name, text] of texts) {
    if (typeof text !== "string") throw wrong(`its __metadata__ takes text and got ${describe(text)} as ${name}`);
  }
  return texts;
}

interface Entry {
  readonly dtype: string;
  readonly shape: Shape;
  readonly data_offsets: readonly [number, number];
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const areCounts = (list: unknown) =>
    Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
  return typeof dtype === "string" && areCounts(shape) && areCounts(offsets) && (offsets as number[]).length === 2;
}
