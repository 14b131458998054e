/** Checkpoints: saves what a network has learned as bytes, and loads it. */
import { type Contents, decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { allStored, restore, tensorsOf } from "../files/tensors_of.ts";
import type { Layer } from "../layers/mod.ts";
import { describe } from "../tensor/describe.ts";

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
  return encodeSafetensors({ metadata: new Map(Object.entries(metadata)), tensors: allStored(tensorsOf(model)) });
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
  restore(tensorsOf(model), parse(bytes).tensors);
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
  return Object.fromEntries(parse(bytes).metadata);
}

function parse(bytes: Uint8Array): Contents {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      `A checkpoint takes its bytes as a Uint8Array and got ${describe(bytes)}: pass what saveCheckpoint or ` +
        `Deno.readFile returned`,
    );
  }
  return decodeSafetensors(bytes, "The checkpoint");
}
