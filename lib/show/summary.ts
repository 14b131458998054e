/** Shows the layers of a network with their shapes and parameters. */
import { brief } from "./expect_tensor.ts";
import type { Picture } from "./picture.ts";
import { table } from "./table.ts";
import { sizeOf } from "./tensor_like.ts";

/** What a summary needs of a layer or network; the library's `Layer` and `Module` have it. */
export interface SummaryModel {
  /** Its name. */
  readonly name?: string;
  /** Its layers, if it is made of layers. */
  readonly layers?: readonly SummaryModel[];
  /** Its weights. */
  parameters(): readonly { readonly name: string; readonly value: { readonly shape: readonly number[] } }[];
  /** The shape of the output for an input of this shape. */
  outputShape?(inputShape: readonly number[]): readonly number[];
}

/** How to title a summary. */
export interface SummaryOptions {
  /** A line above it. */
  title?: string;
}

/** One layer of a summary. */
export interface LayerRow {
  /** Its name, indented by two spaces for each module around it. */
  readonly name: string;
  /** Its class. */
  readonly kind: string;
  /** The shape of the output, undefined if it is unknown. The first axis is "N" if no batch was given. */
  readonly shape?: readonly (number | string)[];
  readonly parameters: number;
  readonly layer: SummaryModel;
}

/**
 * A table of the layers of a network: output shape, number of parameters, and their total. `inputShape` is the shape of
 * a batch, `[N, C, H, W]`, or of one sample without N.
 *
 * @throws {TypeError} If it is not a network, or the input shape is not a shape.
 * @throws {RangeError} If a layer does not take the output of the one before it: the layer's own error.
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

/** The layers of a network in order, including those inside modules. */
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
    // Perhaps it is the shape of one sample: try it as a batch of one, else the first error was the right one.
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
