/** Module: a network made of layers that run one after the other. */
import { describe } from "../tensor/describe.ts";
import { release } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectOnce, type NamedLayer } from "./expect_once.ts";
import { backwardWithoutInput, fieldsOf, Layer, type LayerOptions, ShapeError } from "./layer.ts";
import { isBuiltIn } from "./built_in.ts";

/**
 * A network: its layers run one after the other, and backward in reverse order.
 *
 * Pass the layers, or subclass it: the layers in public fields of the subclass, and in public fields that are lists,
 * are found in the order in which they are defined. Override `forward` and `backward` together if the layers do not
 * simply run one after the other.
 *
 * @example A network of two layers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Module, Random, ReLU, Tensor } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new Module([
 *   new FC({ inFeatures: 4, outFeatures: 3, random }),
 *   new ReLU(),
 *   new FC({ inFeatures: 3, outFeatures: 2, random }),
 * ]);
 * assertEquals(model.forward(Tensor.zeros([5, 4])).shape, [5, 2]);
 * assertEquals(model.parameters().map((p) => p.name), ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]);
 * ```
 */
export class Module extends Layer {
  #given: Layer[];
  #named: Layer[] = []; // the layers when they were last checked and named
  #intermediates: Tensor[] = []; // the tensors that passed from layer to layer in the latest forward

  /**
   * A network of these layers.
   * @throws {TypeError} If something in the list is not a layer.
   * @throws {RangeError} If a layer is in two places, at any depth.
   */
  constructor(layers: Layer[] = [], options: LayerOptions = {}) {
    super(options);
    this.#given = this.#checked(layers);
  }

  /** The layers, in the order in which forward runs them; assign a list to replace them. */
  get layers(): Layer[] {
    const fields = this.#given.length ? undefined : fieldsOf(this);
    const layers = fields?.map(([, layer]) => layer) ?? this.#given;
    if (layers.length !== this.#named.length || layers.some((layer, i) => layer !== this.#named[i])) {
      this.#named = this.#checked(layers, fields);
      nameLayers(this);
    }
    return layers;
  }

  set layers(layers: Layer[]) {
    this.#given = this.#checked(layers);
  }

  /** The layers, and those in public fields that are not among them. */
  override innerLayers(): Layer[] {
    return [...new Set([...this.layers, ...super.innerLayers()])];
  }

  /**
   * Runs the layers one after the other.
   * @throws {RangeError} If there are none, or a layer does not take the output of the layer before it.
   */
  forward(x: Tensor): Tensor {
    const layers = this.#atLeastOne();
    const passed: Tensor[] = [], before = this.#intermediates, releasable = mayRelease(this);
    let out = x;
    for (const [i, layer] of layers.entries()) {
      out = forwardExplained(layer, out, [x, ...passed]);
      // This layer and the one before it no longer hold what passed between them in the forward before.
      if (releasable && i > 0) release(...before.slice(i - 1, i));
      passed.push(out);
    }
    passed.pop();
    if (releasable) release(...before.slice(passed.length)); // of layers that are gone
    this.#intermediates = passed;
    return out;
  }

  /** Runs the layers backward, from the last to the first; returns the gradient of the input. */
  backward(gradOut: Tensor): Tensor {
    return this.#backward(this.#atLeastOne(), gradOut, (first, grad) => first.backward(grad));
  }

  /** The same, without the gradient of the input; nothing is computed for the layers before the first parameter either. */
  override backwardParameters(gradOut: Tensor): void {
    const layers = this.#atLeastOne();
    const idle = layers.findIndex((layer) => !isBuiltIn(layer) || layer.parameters().length > 0);
    this.#backward(layers.slice(Math.max(idle, 0)), gradOut, backwardWithoutInput);
  }

  #backward<T>([first, ...others]: Layer[], gradOut: Tensor, finish: (first: Layer, grad: Tensor) => T): T {
    const releasable = mayRelease(this);
    let grad = gradOut;
    for (const layer of others.toReversed()) {
      const before = grad;
      grad = layer.backward(before);
      if (releasable && before !== gradOut) release(before);
    }
    const result = finish(first, grad);
    if (releasable && grad !== gradOut) release(grad);
    return result;
  }

  #atLeastOne(): Layer[] {
    const { layers } = this;
    if (layers.length) return layers;
    throw new RangeError(
      `${this.label} takes at least one layer and got none: pass a list of layers, or make them public fields of ` +
        `the class`,
    );
  }

  /** The shape of the last layer's output. */
  override outputShape(inputShape: Shape): number[] {
    let shape = [...inputShape];
    for (const layer of this.layers) shape = layer.outputShape(shape);
    return shape;
  }

  /** Switches to training mode: dropout drops, batch norm uses the statistics of the batch. */
  train(): void {
    for (const layer of withInner(this)) layer.training = true;
  }

  /** Switches to evaluation mode: dropout passes everything, batch norm uses its running statistics. */
  eval(): void {
    for (const layer of withInner(this)) layer.training = false;
  }

  /** Takes one step of plain gradient descent on all parameters, then clears the gradients. */
  step(learningRate: number): void {
    this.update(learningRate);
    this.zeroGrad();
  }

  /** A copy of the list, after a check that it holds only layers, and that the module then holds each of them once. */
  #checked(list: Layer[], places?: NamedLayer[]): Layer[] {
    if (!Array.isArray(list)) {
      throw new TypeError(`Module takes its layers in a list and got ${describe(list)}: new Module([first, second])`);
    }
    for (const [i, layer] of list.entries()) {
      if (!(layer instanceof Layer)) {
        throw new TypeError(`Module takes layers and got ${describe(layer)} as number ${i + 1} of the list`);
      }
    }
    const own = places ?? numbered(list, " of the list");
    expectOnce(this, (layer) => !(layer instanceof Module) ? [] : layer === this ? own : layer.#places());
    return [...list];
  }

  #places(): NamedLayer[] {
    return this.#given.length ? numbered(this.#given) : fieldsOf(this);
  }
}

function numbered(list: readonly Layer[], where = ""): NamedLayer[] {
  return list.map((layer, i) => [`number ${i + 1}${where}`, layer]);
}

/** Whether the tensors that pass through `layer` and between its layers may be released: nobody else can hold one. */
export function mayRelease(layer: Layer): boolean {
  if (!(layer instanceof Module)) return isBuiltIn(layer);
  const asGiven = layer.forward === Module.prototype.forward && layer.backward === Module.prototype.backward;
  return asGiven && layer.layers.every(mayRelease);
}

/** A layer and all the layers inside it, at any depth. */
export function withInner(layer: Layer): Layer[] {
  return [...new Set([layer, ...layer.innerLayers().flatMap(withInner)])];
}

/**
 * Gives every layer without a name one: that of its field or, in a list, conv1, relu1, conv2, … A parameter is named
 * after its layer and the layers around it.
 */
function nameLayers(around: Layer, path = "", done: Set<Layer> = new Set()): void {
  const fields = new Map(fieldsOf(around).map(([field, layer]) => [layer, field]));
  const layers = around.innerLayers();
  const taken = new Set(layers.map((layer) => layer.name));
  const counts = new Map<string, number>();
  for (const layer of layers) {
    if (done.has(layer)) continue; // a field is a second name for a layer further inside
    const kind = kindName(layer);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (!layer.name) {
      let name = fields.get(layer) ?? `${kind}${count}`;
      while (taken.has(name)) name += "b";
      taken.add(name);
      layer.name = name;
    }
    for (const parameter of layer.parameters()) {
      parameter.name = `${path}${layer.name}.${parameter.name.split(".").at(-1)}`;
    }
    done.add(layer);
    nameLayers(layer, `${path}${layer.name}.`, done);
  }
}

/** fc for `FC`, conv for `Conv2D`, maxPool for `MaxPool2D`. */
function kindName(layer: Layer): string {
  const kind = layer.constructor.name.replace(/2D$/, "");
  return /^[A-Z]+$/.test(kind) ? kind.toLowerCase() : kind.replace(/^(ReLU|[A-Z])/, (start) => start.toLowerCase());
}

/** Runs a layer; if it refuses the shape, the error tells where that shape comes from. */
function forwardExplained(layer: Layer, x: Tensor, passed: Tensor[]): Tensor {
  try {
    return layer.forward(x);
  } catch (error) {
    if (error instanceof ShapeError && x.shape.length === 2) {
      const image = passed.findLast((tensor) => tensor.shape.length === 4 && tensor.size === x.size);
      if (image) {
        const [, channels, height, width] = image.shape;
        error.message += `, or look at the layers before it (${channels} × ${height} × ${width} = ${x.shape[1]})`;
      }
    }
    throw error;
  }
}
