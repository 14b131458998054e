/** Shows the layers of a network with their shapes and parameters. */
import { brief } from "./expect_tensor.ts";
import type { Picture } from "./picture.ts";
import { table } from "./table.ts";
import { sizeOf } from "./tensor_like.ts";

/** What a summary needs to know of a layer or network; the library's `Layer` and `Module` are such. */
export interface SummaryModel {
  /** What it is called. */
  readonly name?: string;
  /** Its layers, if it is made of some. */
  readonly layers?: readonly SummaryModel[];
  /** Its weights. */
  parameters(): readonly { readonly name: string; readonly value: { readonly shape: readonly number[] } }[];
  /** The shape that comes out when this one goes in. */
  outputShape?(inputShape: readonly number[]): readonly number[];
}

/** How to head a summary. */
export interface SummaryOptions {
  /** A line above it. */
  title?: string;
}

/** One layer of a summary. */
export interface LayerRow {
  /** Its name, with two spaces for each module that it lies in. */
  readonly name: string;
  /** Its class. */
  readonly kind: string;
  /** What comes out; undefined where that cannot be known. The first axis is "N" where no batch was given. */
  readonly shape?: readonly (number | string)[];
  readonly parameters: number;
  readonly layer: SummaryModel;
}

/**
 * A table of the layers of a network: output shape, parameters, and their sum. `inputShape` is the shape of a batch,
 * `[N, C, H, W]`, or of one sample without N.
 *
 * @throws {TypeError} when it is not a network, or its input no shape
 * @throws {RangeError} when a layer does not take what the one before it gives: the layer's own error
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const fc = {
 *   name: "fc1",
 *   parameters: () => [{ name: "weight", value: { shape: [784, 10] } }, { name: "bias", value: { shape: [10] } }],
 *   outputShape: ([n]: readonly number[]) => [n, 10],
 * };
 * const text = summary({ layers: [fc], parameters: fc.parameters }, [64, 784]).text();
 * assertStringIncludes(text, "[64, 10]");
 * assertStringIncludes(text, "7850");
 * ```
 */
export function summary(model: SummaryModel, inputShape?: readonly number[], options: SummaryOptions = {}): Picture {
  const layers = layerRows(model, inputShape);
  const total = countOf(model);
  const rows = layers.map((
    { name, kind, shape, parameters },
  ) => [name, kind, shape ? `[${shape.join(", ")}]` : "?", parameters]);
  if (inputShape) {
    rows.unshift([
      "input",
      "",
      `[${(layers[0]?.shape?.[0] === "N" ? ["N", ...inputShape] : inputShape).join(", ")}]`,
      "",
    ]);
  }
  return table([...rows, ["total", "", "", total]], ["layer", "kind", "output", "parameters"], {
    title: options.title ?? (model.name || undefined),
    total: true,
  });
}

/** The layers of a network in order, those inside of modules too. */
export function layerRows(model: SummaryModel, inputShape?: readonly number[], who = "summary"): LayerRow[] {
  if (typeof model?.parameters !== "function") {
    throw new TypeError(`${who} takes a layer or a network and got ${brief(model)}`);
  }
  if (inputShape === undefined && who === "summary") return walk(model, undefined, 0);
  if (!Array.isArray(inputShape) || !inputShape.every(Number.isInteger)) {
    throw new TypeError(`${who} takes the shape of its input, such as [1, 28, 28], and got ${brief(inputShape)}`);
  }
  try {
    return walk(model, inputShape, 0);
  } catch (error) {
    // One sample instead of a batch: with a batch of one in front it fits, or the first error was the right one.
    try {
      return walk(model, [1, ...inputShape], 0).map((row) => ({
        ...row,
        shape: row.shape && ["N", ...row.shape.slice(1)],
      }));
    } catch {
      throw error;
    }
  }
}

function walk(model: SummaryModel, input: readonly number[] | undefined, depth: number): LayerRow[] {
  const layers = model.layers ?? (depth === 0 ? [model] : []);
  let shape = input;
  return layers.flatMap((layer) => {
    const before = shape;
    shape = shape && layer.outputShape?.(shape);
    const row: LayerRow = {
      name: "  ".repeat(depth) + (layer.name || kindOf(layer).toLowerCase()),
      kind: kindOf(layer),
      shape,
      parameters: layer.layers ? 0 : countOf(layer),
      layer,
    };
    return layer.layers ? [row, ...walk(layer, before, depth + 1)] : [row];
  });
}

// A parameter that two layers share counts once.
function countOf(model: SummaryModel): number {
  return [...new Set(model.parameters())].reduce((sum, { value }) => sum + sizeOf(value.shape), 0);
}

function kindOf(layer: SummaryModel): string {
  const kind = layer.constructor?.name;
  return kind && kind !== "Object" ? kind : "";
}
