/** saveWeights and loadWeights: the numbers of a network in a file, named as here or as in PyTorch. */
import { Layer } from "../layers/mod.ts";
import { describe, foundName } from "../tensor/describe.ts";
import { countedBy, foreignTensors, means, nameThere, transposed } from "./pytorch.ts";
import { decodeSafetensors, encodeSafetensors, type Stored } from "./safetensors.ts";
import { allStored, restore, tensorsOf } from "./tensors_of.ts";
import { writeFile } from "./write_file.ts";

/** The options of {@linkcode loadWeights}. */
export interface LoadWeightsOptions {
  /** Whose names and layouts the file has: `"pytorch"`, or those of this library by default. */
  from?: "pytorch";
}

/** The options of {@linkcode saveWeights}. */
export interface SaveWeightsOptions {
  /** Whose names and layouts the file gets: `"pytorch"`, or those of this library by default. */
  for?: "pytorch";
  /**
   * Whether PyTorch's layers are numbered, as in an `nn.Sequential`: `0.weight` instead of `fc1.weight`. `false` by
   * default.
   */
  numbered?: boolean;
  /** Text to save with it, by name. */
  metadata?: Readonly<Record<string, string>>;
}

/** What PyTorch writes besides weights; it has no meaning here, and is passed over. */
const COUNT = "num_batches_tracked";

/**
 * Loads weights from a file in the safetensors format into a network. If anything is wrong, nothing is changed.
 *
 * From PyTorch: save the `state_dict` with `safetensors.torch.save_file`. Its layers must have the names of the layers
 * here (`self.fc1 = nn.Linear(…)` is the layer named `fc1`), or their places in an `nn.Sequential`. The weight of an FC
 * layer is `[out, in]` there and `[in, out]` here; `weight`, `bias`, `running_mean` and `running_var` of a batch norm are
 * gamma, beta, runningMean and runningVar; its `num_batches_tracked` is passed over.
 *
 * @throws {SyntaxError} If it is not such a file, or is truncated.
 * @throws {RangeError} If a tensor is missing, unknown to the network, or of another shape or dtype.
 * @throws What the file system throws, such as `Deno.errors.NotFound`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, loadWeights, Module, saveWeights, Tensor } from "@gradually/gradually";
 *
 * const [model, other] = [1, 2].map(() => new Module([new FC({ inFeatures: 2, outFeatures: 1, name: "fc" })]));
 * const path = await Deno.makeTempFile();
 * await saveWeights(model, path, { for: "pytorch" });
 * await loadWeights(other, path, { from: "pytorch" });
 * const x = Tensor.from([[1, 2]]);
 * assertEquals(other.forward(x).toArray(), model.forward(x).toArray());
 * await Deno.remove(path);
 * ```
 */
export async function loadWeights(
  model: Layer,
  path: string | URL,
  { from }: LoadWeightsOptions = {},
): Promise<void> {
  expectNetwork("loadWeights", model);
  expectPeer("loadWeights", "from", from);
  const called = String(path);
  const { tensors } = decodeSafetensors(await Deno.readFile(path), called);
  restore(tensorsOf(model), from === undefined ? tensors : translated(model, tensors, called), called);
}

/**
 * Saves the weights of a network to a file in the safetensors format; {@linkcode loadWeights} says what PyTorch calls
 * them. There, `model.load_state_dict(safetensors.torch.load_file(path))` loads it. The file is written beside its place
 * and renamed.
 *
 * @throws {RangeError} If two tensors have one name.
 * @throws What the file system throws, such as `Deno.errors.NotCapable` without permission to write.
 *
 * @example For an nn.Sequential, layers are numbered
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Module, ReLU, saveWeights } from "@gradually/gradually";
 *
 * const model = new Module([new ReLU(), new FC({ inFeatures: 2, outFeatures: 1 })]);
 * const path = await Deno.makeTempFile();
 * await saveWeights(model, path, { for: "pytorch", numbered: true });
 * const text = await Deno.readTextFile(path);
 * assertEquals(text.includes(`"1.weight":{"dtype":"F32","shape":[1,2]`), true);
 * await Deno.remove(path);
 * ```
 */
export async function saveWeights(
  model: Layer,
  path: string | URL,
  { for: peer, numbered = false, metadata = {} }: SaveWeightsOptions = {},
): Promise<void> {
  expectNetwork("saveWeights", model);
  expectPeer("saveWeights", "for", peer);
  const own = allStored(tensorsOf(model));
  const tensors = peer === undefined ? own : new Map<string, Stored>();
  if (peer !== undefined) {
    const foreign = foreignTensors(model);
    for (const tensor of foreign) {
      const found = own.get(tensor.name)!;
      tensors.set(nameThere(tensor, numbered), tensor.transposed ? transposed(tensor.name, found) : found);
    }
    for (const { path } of countedBy(foreign)) {
      tensors.set(nameThere({ path, role: COUNT }, numbered), { dtype: "I64", shape: [], bytes: new Uint8Array(8) });
    }
  }
  await writeFile(path, encodeSafetensors({ metadata: new Map(Object.entries(metadata)), tensors }));
}

/** The tensors of a state_dict with the names and layouts of this library. */
function translated(model: Layer, tensors: ReadonlyMap<string, Stored>, called: string): Map<string, Stored> {
  tensorsOf(model); // gives the layers their names, and refuses a name that two have
  const foreign = foreignTensors(model), out = new Map<string, Stored>();
  const norms = countedBy(foreign);
  for (const [name, stored] of tensors) {
    const found = foreign.find((tensor) => means(name, tensor));
    if (found) {
      if (out.has(found.name)) {
        throw new RangeError(`${called} has ${found.name} twice, once as ${name}: save one state_dict`);
      }
      out.set(found.name, found.transposed ? transposed(name, stored) : stored);
    } else if (!(isCount(stored) && norms.some((norm) => means(name, { ...norm, role: COUNT })))) {
      const names = foreign.map((tensor) => nameThere(tensor, false));
      const shown = names.slice(0, 4).join(", ") + (names.length > 4 ? ", …" : "");
      throw new RangeError(
        `${called} has ${name} and the network does not: it takes ${shown}, or the places of the layers instead of ` +
          `their names`,
      );
    }
  }
  return out;
}

function isCount({ dtype, shape }: Stored): boolean {
  return dtype === "I64" && shape.length === 0;
}

function expectNetwork(who: string, model: unknown): void {
  if (!(model instanceof Layer)) throw new TypeError(`${who} takes a network and got ${describe(model)}`);
}

function expectPeer(who: string, option: string, peer: unknown): void {
  if (peer === undefined || peer === "pytorch") return;
  throw new RangeError(`${who} takes ${option} as "pytorch", or nothing, and got ${foundName(peer)}`);
}
