/** Checkpoints: what a network has learnt as bytes, and back. */
import type { DType, FloatArray } from "../kernel/storage.ts";
import type { Layer } from "../layers/mod.ts";
import { arrayOf } from "../tensor/operations.ts";
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The format's names for the element types. */
const codes: Record<DType, string> = { float32: "F32", float64: "F64" };

/** The arrays of the element types. */
const arrays = { float32: Float32Array, float64: Float64Array };

/** What the header of a checkpoint says about one tensor. */
interface Entry {
  readonly dtype: string;
  readonly shape: Shape;
  readonly data_offsets: readonly [number, number];
}

/**
 * The parameters and running statistics of a network as bytes, in the safetensors format, which Python reads too: the
 * length of the header (8 bytes, little-endian), the header in JSON (name, type, shape and place of every tensor), and
 * the numbers.
 *
 * @param metadata Text to keep with it, by name; see {@linkcode checkpointMetadata}.
 *
 * @example Saved and loaded, the network computes the same
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, loadCheckpoint, Random, saveCheckpoint, Tensor } from "@gradually/gradually";
 *
 * const trained = new FC({ inFeatures: 3, outFeatures: 2, random: new Random(1) });
 * const other = new FC({ inFeatures: 3, outFeatures: 2, random: new Random(2) });
 * loadCheckpoint(other, saveCheckpoint(trained));
 * const x = Tensor.from([[1, 2, 3]]);
 * assertEquals(other.forward(x).toArray(), trained.forward(x).toArray());
 * ```
 */
export function saveCheckpoint(model: Layer, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const header: Record<string, Entry> = {};
  let end = 0;
  const tensors = contents(model);
  for (const [name, tensor] of tensors) {
    const start = end;
    end += byteLength(tensor);
    header[name] = { dtype: codes[tensor.dtype], shape: tensor.shape, data_offsets: [start, end] };
  }
  const noted = Object.keys(metadata).length > 0 ? { __metadata__: metadata, ...header } : header;
  const json = new TextEncoder().encode(JSON.stringify(noted));
  const padded = Math.ceil(json.length / 8) * 8; // the numbers begin at a multiple of 8
  const bytes = new Uint8Array(8 + padded + end).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  for (const [name, tensor] of tensors) {
    const { buffer, byteOffset, byteLength } = arrayOf(tensor);
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), 8 + padded + header[name].data_offsets[0]);
  }
  return bytes;
}

/**
 * Puts what {@linkcode saveCheckpoint} saved into a network of the same build. Nothing is changed if anything is wrong.
 *
 * @throws {TypeError} If these are no bytes.
 * @throws {SyntaxError} If the bytes are no checkpoint, or cut short.
 * @throws {RangeError} If a tensor is missing, of another shape or type, or unknown to the network.
 *
 * @example A checkpoint of another network is refused, and nothing changes
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { FC, loadCheckpoint, saveCheckpoint } from "@gradually/gradually";
 *
 * const small = new FC({ inFeatures: 1, outFeatures: 1, init: "zeros" });
 * const large = new FC({ inFeatures: 2, outFeatures: 1 });
 * assertThrows(() => loadCheckpoint(small, saveCheckpoint(large)), RangeError, "build the same network");
 * assertEquals(small.weight.value.toArray(), [[0]]);
 * ```
 */
export function loadCheckpoint(model: Layer, bytes: Uint8Array): void {
  const { header, numbers } = parse(bytes);
  const tensors = contents(model);
  const unknown = Object.keys(header).find((name) => name !== "__metadata__" && !tensors.has(name));
  if (unknown) throw new RangeError(`The checkpoint holds ${unknown} and the network has none: build the same network`);
  const found = [...tensors].map(([name, tensor]) => [tensor, read(name, tensor, header[name], numbers)] as const);
  for (const [tensor, data] of found) arrayOf(tensor).set(data);
}

/**
 * The text that was kept with a checkpoint.
 *
 * @throws {TypeError} If these are no bytes.
 * @throws {SyntaxError} If the bytes are no checkpoint.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { checkpointMetadata, FC, saveCheckpoint } from "@gradually/gradually";
 *
 * const bytes = saveCheckpoint(new FC({ inFeatures: 2, outFeatures: 1 }), { accuracy: "0.98" });
 * assertEquals(checkpointMetadata(bytes), { accuracy: "0.98" });
 * ```
 */
export function checkpointMetadata(bytes: Uint8Array): Record<string, string> {
  return { ...(parse(bytes).header as { __metadata__?: Record<string, string> }).__metadata__ };
}

function contents(model: Layer): Map<string, Tensor> {
  const named = [...model.parameters(), ...model.buffers()];
  const tensors = new Map(named.map(({ name, value }) => [name, value]));
  if (tensors.size < named.length) {
    throw new RangeError("A checkpoint names every tensor and two of this network share a name: give the layers names");
  }
  return tensors;
}

function byteLength({ size, dtype }: Tensor): number {
  return size * arrays[dtype].BYTES_PER_ELEMENT;
}

function parse(bytes: Uint8Array): { header: Record<string, unknown>; numbers: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError("A checkpoint takes its bytes in a Uint8Array: pass what saveCheckpoint or Deno.readFile gave");
  }
  const length = bytes.length >= 8 ? Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)) : NaN;
  if (!(length <= bytes.length - 8)) {
    throw new SyntaxError(`This is no whole checkpoint: ${bytes.length} bytes, and its header says there are more`);
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    throw new SyntaxError("This is no checkpoint: its header is not JSON", { cause });
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new SyntaxError("This is no checkpoint: its header holds no tensors by name");
  }
  return { header: header as Record<string, unknown>, numbers: bytes.subarray(8 + length) };
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const areCounts = (list: unknown) => Array.isArray(list) && list.every((each) => Number.isInteger(each) && each >= 0);
  return typeof dtype === "string" && areCounts(shape) && areCounts(offsets) && (offsets as number[]).length === 2;
}

function read(name: string, tensor: Tensor, entry: unknown, numbers: Uint8Array): FloatArray {
  if (entry === undefined) {
    throw new RangeError(`The network has ${name} and the checkpoint does not: build the same network`);
  }
  if (!isEntry(entry)) {
    throw new SyntaxError(
      `This is no checkpoint: what its header says of ${name} is not { dtype, shape, data_offsets }`,
    );
  }
  if (entry.dtype !== codes[tensor.dtype] || !sameShape(entry.shape, tensor.shape)) {
    throw new RangeError(
      `${name} is ${codes[tensor.dtype]} ${formatShape(tensor.shape)} in the network and ` +
        `${entry.dtype} ${formatShape(entry.shape)} in the checkpoint: build the same network`,
    );
  }
  const [start, end] = entry.data_offsets;
  if (end - start !== byteLength(tensor)) {
    throw new SyntaxError(
      `This is no checkpoint: ${name} takes ${byteLength(tensor)} bytes and has those from ${start} to ${end}`,
    );
  }
  if (end > numbers.length) {
    throw new SyntaxError(`The checkpoint is cut short: ${name} should end at byte ${end} of ${numbers.length}`);
  }
  return new arrays[tensor.dtype](numbers.slice(start, end).buffer);
}
