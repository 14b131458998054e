/** saveModel and loadModel: a network in a file, which alone is enough to have it again. */
import { type Layer, Module } from "../layers/mod.ts";
import { describe } from "../tensor/describe.ts";
import { buildNetwork, describeNetwork, type LayerMakers } from "./architecture.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { allStored, restore, tensorsOf } from "./tensors_of.ts";
import { writeFile } from "./write_file.ts";

/** The name of the architecture in the metadata. */
const ARCHITECTURE = "gradually.architecture";

/** The options of {@linkcode saveModel}. */
export interface SaveModelOptions {
  /** Text to save with it, by name, such as the accuracy. */
  metadata?: Readonly<Record<string, string>>;
}

/** The options of {@linkcode loadModel}. */
export interface LoadModelOptions {
  /** Makes layers of your own, by the names of their classes: `{ Square: (name) => new Square({ name }) }`. */
  layers?: LayerMakers;
}

/**
 * Saves a network to a file: its parameters and running statistics, and what it is made of. The format is safetensors,
 * so Python reads it, too. The file is written beside its place and renamed: it is whole at any time.
 *
 * @throws {TypeError} If `model` is not a module.
 * @throws What the file system throws, such as `Deno.errors.NotCapable` without permission to write.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, loadModel, Module, Random, ReLU, saveModel, Tensor } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new Module([
 *   new FC({ inFeatures: 3, outFeatures: 4, random }),
 *   new ReLU(),
 *   new FC({ inFeatures: 4, outFeatures: 2, random }),
 * ]);
 * const path = await Deno.makeTempFile();
 * await saveModel(model, path);
 * const loaded = await loadModel(path);
 * const x = Tensor.from([[1, 2, 3]]);
 * assertEquals(loaded.forward(x).toArray(), model.forward(x).toArray());
 * await Deno.remove(path);
 * ```
 */
export async function saveModel(model: Module, path: string | URL, options: SaveModelOptions = {}): Promise<void> {
  await writeFile(path, encodeModel(model, options));
}

/**
 * Loads a network that {@linkcode saveModel} saved.
 *
 * @throws {SyntaxError} If the file is damaged, or has no architecture: then it has only weights, for
 * {@linkcode loadWeights}.
 * @throws {RangeError} If it has a layer of a class that the library does not have; the message names it.
 * @throws What the file system throws, such as `Deno.errors.NotFound`.
 *
 * @example A layer of your own is made by your function
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Layer, loadModel, Module, saveModel, Tensor } from "@gradually/gradually";
 *
 * class Double extends Layer {
 *   forward(x: Tensor): Tensor {
 *     return x.times(2);
 *   }
 *   backward(gradOut: Tensor): Tensor {
 *     return gradOut.times(2);
 *   }
 * }
 * const path = await Deno.makeTempFile();
 * await saveModel(new Module([new Double()]), path);
 * const model = await loadModel(path, { layers: { Double: (name) => new Double({ name }) } });
 * assertEquals(model.forward(Tensor.from([4])).toArray(), [8]);
 * await Deno.remove(path);
 * ```
 */
export async function loadModel(path: string | URL, options: LoadModelOptions = {}): Promise<Module> {
  return decodeModel(await Deno.readFile(path), options, String(path));
}

/** The bytes of {@linkcode saveModel}. */
export function encodeModel(model: Module, { metadata = {} }: SaveModelOptions = {}): Uint8Array<ArrayBuffer> {
  if (!(model instanceof Module)) {
    throw new TypeError(
      `saveModel takes a Module and got ${describe(model)}: wrap a single layer as new Module([layer])`,
    );
  }
  const tensors = tensorsOf(model);
  const text = new Map([...Object.entries(metadata), [ARCHITECTURE, JSON.stringify(describeNetwork(model))] as const]);
  return encodeSafetensors({ metadata: text, tensors: allStored(tensors) });
}

/** The network of such bytes. */
export function decodeModel(bytes: Uint8Array, { layers = {} }: LoadModelOptions, called: string): Module {
  const { metadata, tensors } = decodeSafetensors(bytes, called);
  const text = metadata.get(ARCHITECTURE);
  if (text === undefined) {
    throw new SyntaxError(
      `${called} has weights, and does not say of what network: build the network, and use loadWeights(model, path)`,
    );
  }
  let architecture: unknown;
  try {
    architecture = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${called} does not describe a network: its architecture is not JSON`, { cause });
  }
  const model: Layer = buildNetwork(architecture, layers, bytes.length, called);
  if (!(model instanceof Module)) {
    throw new SyntaxError(
      `${called} does not describe a network: it describes a ${model.constructor.name}, not a Module`,
    );
  }
  restore(tensorsOf(model), tensors, called);
  return model;
}
