/** Checkpoints: saves what a network has learned as bytes, and loads it. */
import type { DType, FloatArray } from "../kernel/storage.ts";
import type { Layer } from "../layers/mod.ts";
import { describe } from "../tensor/describe.ts";
import { arrayOf } from "../tensor/operations.ts";
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The names of the dtypes in the format. */
const codes: Record<DType, string> = { float32: "F32", float64: "F64" };

/** The typed array of each dtype. */
const arrays = { float32: Float32Array, float64: Float64Array };

/** What the header of a checkpoint says about one tensor. */
interface Entry {
  readonly dtype: string;
  readonly shape: Shape;
  readonly data_offsets: readonly [number, number];
}

/**
 * The parameters and running statistics of a network as bytes, in the safetensors format, which Python reads, too: the
 * length of the header (8 bytes, little-endian), the header in JSON (name, dtype, shape and offsets of every tensor),
 * and the numbers.
 *
 * @param metadata Text to save with it, by name; see {@linkcode checkpointMetadata}.
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
  const padded = Math.ceil(json.length / 8) * 8; // the numbers start at a multiple of 8
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
 * Loads what {@linkcode saveCheckpoint} saved into a network of the same architecture. If anything is wrong, nothing is
 * changed.
 *
 * @throws {TypeError} If `bytes` is not a Uint8Array.
 * @throws {SyntaxError} If the bytes are not a checkpoint, or are truncated.
 * @throws {RangeError} If a tensor is missing, unknown to the network, or of another shape or dtype.
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
  if (unknown) {
    throw new RangeError(`The checkpoint has ${unknown} and the network does not: build the same network`);
  }
  const found = [...tensors].map(([name, tensor]) => [tensor, read(name, tensor, header[name], numbers)] as const);
  for (const [tensor, data] of found) arrayOf(tensor).set(data);
}

/**
 * The text that was saved with a checkpoint.
 *
 * @throws {TypeError} If `bytes` is not a Uint8Array.
 * @throws {SyntaxError} If the bytes are not a checkpoint.
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
    throw new RangeError(
      "A checkpoint takes a different name for every tensor and got one twice: give the layers names",
    );
  }
  return tensors;
}

function byteLength({ size, dtype }: Tensor): number {
  return size * arrays[dtype].BYTES_PER_ELEMENT;
}

function parse(bytes: Uint8Array): { header: Record<string, unknown>; numbers: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      `A checkpoint takes its bytes as a Uint8Array and got ${describe(bytes)}: pass what saveCheckpoint or ` +
        `Deno.readFile returned`,
    );
  }
  const length = bytes.length >= 8 ? Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)) : NaN;
  if (!(length <= bytes.length - 8)) {
    throw new SyntaxError(
      `This is not a complete checkpoint: it has ${bytes.length} bytes, and its header says that there are more`,
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    throw new SyntaxError("This is not a checkpoint: its header is not JSON", { cause });
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new SyntaxError("This is not a checkpoint: its header does not list tensors by name");
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
      `This is not a checkpoint: in its header ${name} is not { dtype, shape, data_offsets }`,
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
      `This is not a checkpoint: ${name} takes ${byteLength(tensor)} bytes and got those from ${start} to ${end}`,
    );
  }
  if (end > numbers.length) {
    throw new SyntaxError(`The checkpoint is truncated: ${name} should end at byte ${end} of ${numbers.length}`);
  }
  return new arrays[tensor.dtype](numbers.slice(start, end).buffer);
}
