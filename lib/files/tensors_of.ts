/** tensorsOf and store: the tensors that a file keeps of a network, by name, and how they get in and out. */
import type { DType } from "../kernel/storage.ts";
import type { Layer } from "../layers/mod.ts";
import { arrayOf } from "../tensor/operations.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Stored } from "./safetensors.ts";

/** The names of the dtypes in the format. */
const CODES: Readonly<Record<DType, string>> = { float32: "F32", float64: "F64" };

/** The typed array of each dtype. */
const ARRAYS = { float32: Float32Array, float64: Float64Array };

/**
 * The parameters and running statistics of a network, by name.
 * @throws {RangeError} If two have one name.
 */
export function tensorsOf(model: Layer): Map<string, Tensor> {
  const named = [...model.parameters(), ...model.buffers()];
  const tensors = new Map(named.map(({ name, value }) => [name, value]));
  if (tensors.size < named.length) {
    throw new RangeError(
      "A checkpoint takes a different name for every tensor and got one twice: give the layers names",
    );
  }
  return tensors;
}

/** A tensor as a file keeps it. Its bytes are a view: write them before anything else is computed. */
function stored(tensor: Tensor): Stored {
  const { buffer, byteOffset, byteLength } = arrayOf(tensor);
  return { dtype: CODES[tensor.dtype], shape: tensor.shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** The same for all of them. */
export function allStored(tensors: ReadonlyMap<string, Tensor>): Map<string, Stored> {
  return new Map(Array.from(tensors, ([name, tensor]) => [name, stored(tensor)]));
}

/**
 * Copies the numbers of a file into the tensors of a network; if anything is wrong, nothing is changed.
 *
 * @param what The file in an error, in the middle of a sentence.
 * @throws {RangeError} If a tensor is missing, unknown to the network, or of another shape or dtype.
 */
export function restore(
  tensors: ReadonlyMap<string, Tensor>,
  found: ReadonlyMap<string, Stored>,
  what = "the checkpoint",
): void {
  for (const name of found.keys()) {
    if (!tensors.has(name)) {
      throw new RangeError(`${capital(what)} has ${name} and the network does not: build the same network`);
    }
  }
  for (const [name, tensor] of tensors) {
    const entry = found.get(name);
    if (!entry) throw new RangeError(`The network has ${name} and ${what} does not: build the same network`);
    expectAlike(name, tensor, entry, what);
  }
  for (const [name, tensor] of tensors) arrayOf(tensor).set(numbersOf(found.get(name)!, tensor.dtype));
}

/** Refuses a tensor of another dtype or shape. */
function expectAlike(name: string, { shape, dtype }: Tensor, entry: Stored, what: string): void {
  if (entry.dtype === CODES[dtype] && sameShape(entry.shape, shape)) return;
  throw new RangeError(
    `${name} is ${CODES[dtype]} ${formatShape(shape)} in the network and ` +
      `${entry.dtype} ${formatShape(entry.shape)} in ${what}: build the same network`,
  );
}

/** The numbers as an array of their own, which begins at a multiple of its size. */
export function numbersOf({ bytes }: Stored, dtype: DType): Float32Array | Float64Array {
  return new ARRAYS[dtype](bytes.slice().buffer);
}

function capital(text: string): string {
  return text.replace(/^the /, "The "); // a path stays as it is
}
