/** describeLayer and buildLayer: what a network is made of, as plain data, and a network made from such data. */
import type { DType } from "../kernel/storage.ts";
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  Layer,
  MaxPool2D,
  Module,
  ReLU,
  Sigmoid,
  Softmax,
  Tanh,
} from "../layers/mod.ts";
import { describe } from "../tensor/describe.ts";
import { Random } from "../tensor/random.ts";

/** A layer as plain data. */
export interface LayerData {
  /** Its class. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** What its constructor takes, besides the name. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The layers of a module. */
  readonly layers?: readonly LayerData[];
  /** Whether it is in evaluation mode. */
  readonly evaluating?: true;
}

/** A network as plain data. */
export interface Architecture {
  /** The version of this form. */
  readonly version: 1;
  /** The network. */
  readonly model: LayerData;
  /** The states of the sources that its dropouts draw from; `options.random` of a dropout is a place in this list. */
  readonly randoms: readonly (readonly (number | null)[])[];
}

/** Makes layers of classes that the library does not have, by the names of the classes. */
export type LayerMakers = Readonly<Record<string, (name: string) => Layer>>;

/** Modules inside modules, and layers in all: what a file may ask for. */
const DEEPEST = 100, MOST_LAYERS = 10_000;

/** Describes a network, layer by layer. */
export function describeNetwork(model: Layer): Architecture {
  const randoms: Random[] = [];
  const describeLayer = (layer: Layer): LayerData => {
    const { constructor: { name: kind }, name } = layer;
    const evaluating = layer.training ? {} : { evaluating: true } as const;
    if (isRow(layer)) {
      // A subclass keeps its name: whoever has the class can have it made.
      return { kind, name, layers: layer.layers.map(describeLayer), ...evaluating };
    }
    const options = optionsOf(layer, randoms);
    return options ? { kind, name, options, ...evaluating } : { kind, name, ...evaluating };
  };
  return { version: 1, model: describeLayer(model), randoms: randoms.map(({ state }) => state) };
}

/** Whether a layer is a module whose layers simply run one after the other, and that has no others. */
function isRow(layer: Layer): layer is Module {
  return layer instanceof Module && layer.forward === Module.prototype.forward &&
    layer.backward === Module.prototype.backward && layer.innerLayers().length === layer.layers.length;
}

/** What the constructor of a layer of the library takes; undefined for a layer of somebody else. */
function optionsOf(layer: Layer, randoms: Random[]): Record<string, unknown> | undefined {
  switch (layer.constructor) {
    case FC: {
      const { inFeatures, outFeatures, bias, weight } = layer as FC;
      return { inFeatures, outFeatures, bias: bias !== undefined, dtype: weight.value.dtype };
    }
    case Conv2D: {
      const { inChannels, outChannels, kernelSize, stride, padding, bias, weight } = layer as Conv2D;
      const dtype = weight.value.dtype;
      return { inChannels, outChannels, kernelSize, stride, padding, bias: bias !== undefined, dtype };
    }
    case BatchNorm: {
      const { features, epsilon, momentum, gamma } = layer as BatchNorm;
      return { features, epsilon, momentum, dtype: gamma.value.dtype };
    }
    case MaxPool2D:
    case AvgPool2D: {
      const { kernelSize, stride } = layer as MaxPool2D;
      return { kernelSize, stride };
    }
    case Dropout: {
      const { rate, random } = layer as Dropout;
      if (!randoms.includes(random)) randoms.push(random);
      return { rate, random: randoms.indexOf(random) };
    }
    case Flatten:
    case ReLU:
    case Sigmoid:
    case Softmax:
    case Tanh:
      return {};
    default:
      return undefined;
  }
}

/**
 * Makes a network from its description. Its weights are zeros.
 *
 * @param room How many bytes of numbers the file has: a description that asks for more is refused before anything is made.
 * @param called The file in an error, at the beginning of a sentence.
 * @throws {SyntaxError} If the description makes no sense.
 * @throws {RangeError} If there is a layer of an unknown class.
 * @throws {TypeError} If what `makers` returns is not a layer.
 */
export function buildNetwork(description: unknown, makers: LayerMakers, room: number, called: string): Layer {
  const wrong = (problem: string, cause?: unknown) =>
    new SyntaxError(`${called} does not describe a network: ${problem}`, { cause });
  const { version, model, randoms } = expectRecord(description, "its architecture", wrong);
  if (version !== 1) throw wrong(`its version is ${describe(version)}, and this library reads version 1`);
  if (!Array.isArray(randoms)) throw wrong(`its randoms take a list and got ${describe(randoms)}`);
  const sources = randoms.map((state) => attempt(() => withState(state), wrong));
  let [left, count] = [room, 0];

  const build = (data: unknown, depth: number): Layer => {
    const { kind, name, options, layers, evaluating } = expectRecord(data, "a layer", wrong);
    if (typeof kind !== "string" || typeof name !== "string") throw wrong("a layer has no kind or no name");
    if (depth > DEEPEST || ++count > MOST_LAYERS) throw wrong("it has too many layers");
    const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined;
    let layer: Layer;
    if (make) layer = expectLayer(make(name), kind, name);
    else if (Array.isArray(layers)) {
      const inner = layers.map((each) => build(each, depth + 1));
      layer = attempt(() => new Module(inner, { name }), wrong);
    } else if (LIBRARY.has(kind)) {
      const given = expectRecord(options ?? {}, `the options of ${name || kind}`, wrong);
      left -= bytesFor(kind, given);
      if (!(left >= 0)) throw wrong(`${name || kind} takes more numbers than the file has`);
      layer = attempt(() => LIBRARY.get(kind)!({ ...given, name }, sources), wrong);
    } else {
      throw new RangeError(
        `${called} has ${name ? `${name}, a` : "a"} layer of the class ${kind}, which the library does not have: ` +
          `pass { layers: { ${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(kind) ? kind : JSON.stringify(kind)}: (name) => … } }`,
      );
    }
    if (evaluating === true) layer.training = false;
    return layer;
  };
  return build(model, 0);
}

type Wrong = (problem: string, cause?: unknown) => SyntaxError;
// deno-lint-ignore no-explicit-any -- the constructors check what they get
type Options = any;

const LIBRARY: ReadonlyMap<string, (options: Options, sources: readonly Random[]) => Layer> = new Map(
  Object.entries({
    FC: (options: Options) => new FC({ ...options, init: "zeros" }),
    Conv2D: (options: Options) => new Conv2D({ ...options, init: "zeros" }),
    BatchNorm: (options: Options) => new BatchNorm(options),
    MaxPool2D: (options: Options) => new MaxPool2D(options),
    AvgPool2D: (options: Options) => new AvgPool2D(options),
    Dropout: (options: Options, sources: readonly Random[]) =>
      new Dropout({ ...options, random: sources[options.random] }),
    Flatten: ({ name }: Options) => new Flatten({ name }),
    ReLU: ({ name }: Options) => new ReLU({ name }),
    Sigmoid: ({ name }: Options) => new Sigmoid({ name }),
    Softmax: ({ name }: Options) => new Softmax({ name }),
    Tanh: ({ name }: Options) => new Tanh({ name }),
  }),
);

/** How many bytes the weights of such a layer take at least; NaN if its sizes are not numbers. */
function bytesFor(kind: string, options: Record<string, unknown>): number {
  const size = ({ dtype }: { dtype?: DType }) => dtype === "float64" ? 8 : 4;
  if (kind === "FC") return Number(options.inFeatures) * Number(options.outFeatures) * size(options);
  if (kind === "BatchNorm") return 4 * Number(options.features) * size(options);
  if (kind !== "Conv2D") return 0;
  const { inChannels, outChannels, kernelSize } = options;
  const [height, width] = Array.isArray(kernelSize) ? kernelSize : [kernelSize, kernelSize];
  return Number(inChannels) * Number(outChannels) * Number(height) * Number(width) * size(options);
}

function withState(state: unknown): Random {
  const random = new Random(0);
  random.state = state as (number | null)[];
  return random;
}

function expectRecord(value: unknown, what: string, wrong: Wrong): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(`${what} takes an object and got ${describe(value)}`);
}

function expectLayer(layer: unknown, kind: string, name: string): Layer {
  if (!(layer instanceof Layer)) {
    throw new TypeError(`layers.${kind} takes a function that returns a layer, and it returned ${describe(layer)}`);
  }
  layer.name = name;
  return layer;
}

/** What a constructor refuses is the fault of the file. */
function attempt<T>(make: () => T, wrong: Wrong): T {
  try {
    return make();
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), error);
  }
}
