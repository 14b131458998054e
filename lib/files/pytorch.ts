/** What PyTorch calls the tensors of a network, and in which order it keeps their numbers. */
import { type Layer, Module } from "../layers/mod.ts";
import { withInner } from "../layers/module.ts";
import { BatchNorm, FC } from "../layers/mod.ts";
import type { Stored } from "./safetensors.ts";
import { formatShape } from "../tensor/shape.ts";

/** One tensor of a network, as PyTorch has it. */
interface Foreign {
  /** Its name here: `fc1.weight`. */
  readonly name: string;
  /** Its layer, as the way to it from the network: names, and places in the list of each module. */
  readonly path: readonly { readonly name: string; readonly place: number }[];
  /** Its role there: `weight`, `running_mean`. */
  readonly role: string;
  /** Whether rows and columns are exchanged: `[out, in]` there, `[in, out]` here. */
  readonly transposed: boolean;
}

const BATCH_NORM: Readonly<Record<string, string>> = {
  gamma: "weight",
  beta: "bias",
  runningMean: "running_mean",
  runningVar: "running_var",
};

/** The tensors of a network, with what PyTorch calls them. */
export function foreignTensors(model: Layer): Foreign[] {
  return walk(model, []);
}

function walk(layer: Layer, path: Foreign["path"]): Foreign[] {
  const inner = layer instanceof Module ? layer.layers : layer.innerLayers();
  const deeper = inner.flatMap((each, place) => walk(each, [...path, { name: each.name, place }]));
  const inside = new Set(withInner(layer).slice(1).flatMap((each) => ownTensors(each)));
  const own = ownTensors(layer).filter((name) => !inside.has(name)).map((name) => {
    const role = name.split(".").at(-1)!;
    return {
      name,
      path,
      role: layer instanceof BatchNorm ? BATCH_NORM[role] ?? role : role,
      transposed: layer instanceof FC && role === "weight",
    };
  });
  return [...own, ...deeper];
}

function ownTensors(layer: Layer): string[] {
  return [...layer.parameters().map(({ name }) => name), ...layer.buffers().map(({ name }) => name)];
}

/** The batch norms: PyTorch counts the batches that each has seen. */
export function countedBy(tensors: readonly Foreign[]): Foreign[] {
  return tensors.filter(({ role }) => role === "running_mean");
}

/** The name of a tensor in a state_dict. */
export function nameThere({ path, role }: Pick<Foreign, "path" | "role">, numbered: boolean): string {
  return [...path.map(({ name, place }) => numbered ? String(place) : name), role].join(".");
}

/** Whether a name of a state_dict means this tensor: each step is the layer's name, or its place in an nn.Sequential. */
export function means(there: string, { path, role }: Foreign): boolean {
  const steps = there.split(".");
  return steps.length === path.length + 1 && steps.at(-1) === role &&
    path.every(({ name, place }, i) => steps[i] === name || steps[i] === String(place));
}

/** A matrix with rows and columns exchanged. */
export function transposed(name: string, { dtype, shape, bytes }: Stored): Stored {
  if (shape.length !== 2) {
    throw new RangeError(`${name} takes a matrix [out, in] and got ${formatShape(shape)}: build the same network`);
  }
  const [rows, columns] = shape, size = bytes.length / Math.max(1, rows * columns);
  const out = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * size, to = (column * rows + row) * size;
      for (let i = 0; i < size; i++) out[to + i] = bytes[from + i];
    }
  }
  return { dtype, shape: [columns, rows], bytes: out };
}
