/**
 * Shows a batch on its way through a network and back: the output of each layer, its gradient, and the time it takes.
 */
import type { Trace, TraceStep, ValueRange } from "../training/trace.ts";
import { brief } from "./expect_tensor.ts";
import { formatNumber } from "./format.ts";
import { gridSvg, gridText, type Tile } from "./grid.ts";
import { planesOf } from "./heatmap.ts";
import { Picture } from "./picture.ts";
import { paletteFor, rangeOf } from "./plane.ts";
import type { Screen } from "./screen.ts";
import { table } from "./table.ts";
import type { TensorLike } from "./tensor_like.ts";

// How many maps of one layer are drawn, for the first sample.
const MAX_MAPS = 12;
// Features that are not an image are folded into rows of this length.
const ROW = 32;

/** Whether a value is the result of `trace(model, x)`. */
export function isTrace(value: unknown): value is Trace {
  const { x, gradX, steps } = (value ?? {}) as Partial<Trace>;
  return typeof value === "object" && x !== undefined && gradX !== undefined && Array.isArray(steps) &&
    steps.every((step) => "outputRange" in step && "gradOutRange" in step);
}

/**
 * The layers as a table, and the first sample at each of them: activations on the way forward, gradients on the way
 * back.
 * `show` draws it for the result of `trace`. In a front end where a key goes from frame to frame, each layer is one frame,
 * forward and then backward.
 *
 * @throws {TypeError} If it is not a trace.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const [range, x] = [{ min: 0, mean: 0.5, max: 1, nans: 0 }, { shape: [1, 2], data: [0, 1] }];
 * const step = { name: "fc1", kind: "FC", inputShape: [1, 2], output: x, outputRange: range, gradOut: x, gradOutRange:
 * range }; const text = tracePicture({
 *   x, gradX: x, loss: 2.3, steps: [{ ...step, parameters: [], forwardTime: 0.1, backwardTime: 0.2 }],
 * } as never).text();
 * assertStringIncludes(text, "fc1");
 * assertStringIncludes(text, "loss 2.3");
 * ```
 */
export function tracePicture(trace: Trace): Picture {
  if (!isTrace(trace)) throw new TypeError(`tracePicture takes the result of trace(model, x) and got ${brief(trace)}`);
  const { steps } = trace;
  const order = [...steps.keys(), ...[...steps.keys()].reverse()];
  const summary = (screen: Screen): string[] => [...headOf(trace), ...tableOf(trace).text(screen).split("\n")];
  return new Picture({
    text: (screen) => [
      ...summary(screen),
      "",
      ...gridText(rowOf(trace, "output"), screen, { head: ["the first sample on its way through"] }),
      ...gridText(rowOf(trace, "gradOut"), screen, { head: ["the gradient of the loss, on the way back"] }),
    ],
    svg: () => {
      const tiles = [...rowOf(trace, "output"), ...rowOf(trace, "gradOut")];
      const head = [...headOf(trace), ...steps.map((step) => linesOf(step, "output").join(", "))];
      return gridSvg(tiles, "a batch through a network and back", { head, perRow: tiles.length / 2 });
    },
    html: () => tableOf(trace).html() ?? "",
    frames: {
      count: 1 + order.length,
      text: (index, screen) => {
        if (index === 0) return summary(screen);
        const backward = index > steps.length;
        return frameOf(steps[order[index - 1]], backward ? "gradOut" : "output", screen);
      },
    },
  });
}

function headOf({ x, loss }: Trace): string[] {
  return [
    `${x.shape[0]} samples of [${x.shape.slice(1).join(", ")}]${
      loss === undefined ? "" : `, loss ${formatNumber(loss)}`
    }`,
  ];
}

function tableOf({ steps }: Trace): Picture {
  const columns = ["layer", "output", "min", "mean", "max", "grad min", "grad max", "ms →", "ms ←"];
  const rows = steps.map(({ name, output, outputRange, gradOutRange, forwardTime, backwardTime }) => [
    name,
    `[${output.shape.join(", ")}]`,
    ...[outputRange.min, outputRange.mean, outputRange.max, gradOutRange.min, gradOutRange.max].map((n) =>
      formatNumber(n, 3)
    ),
    ...[forwardTime, backwardTime].map((ms) => ms.toFixed(1)),
  ]);
  return table(rows, columns);
}

/** The first map of the input and of each layer. */
function rowOf({ x, gradX, steps }: Trace, what: "output" | "gradOut"): Tile[] {
  const first = what === "output" ? x : gradX;
  return [{ name: "input", tensor: first }, ...steps.map((step) => ({ name: step.name, tensor: step[what] }))]
    .map(({ name, tensor }) => ({ ...tilesOf(tensor, 1)[0], caption: name }));
}

/** One layer, forward or backward. */
function frameOf(step: TraceStep, what: "output" | "gradOut", screen: Screen): string[] {
  const tiles = tilesOf(step[what], MAX_MAPS);
  const parameters = what === "output"
    ? []
    : step.parameters.map(({ name, grad, range }) =>
      `${name} [${grad.shape.join(", ")}]: gradient ${rangeText(range)}`
    );
  const more = tiles.length < tiles.total ? [`${tiles.length} of ${tiles.total} maps of the first sample`] : [];
  return gridText(tiles, screen, { head: linesOf(step, what), foot: [...more, ...parameters] });
}

function linesOf(step: TraceStep, what: "output" | "gradOut"): string[] {
  const { name, kind, inputShape, output, outputRange, gradOutRange, forwardTime, backwardTime } = step;
  const shapes = [inputShape, output.shape].map((shape) => `[${shape.join(", ")}]`);
  return what === "output"
    ? [`→ ${name} (${kind}): ${shapes[0]} → ${shapes[1]}, ${forwardTime.toFixed(1)} ms`, rangeText(outputRange)]
    : [`← ${name} (${kind}): the gradient of its output, ${backwardTime.toFixed(1)} ms`, rangeText(gradOutRange)];
}

function rangeText({ min, mean, max, nans }: ValueRange): string {
  return `min ${formatNumber(min)} mean ${formatNumber(mean)} max ${formatNumber(max)}${
    nans > 0 ? ` NaN ${nans}` : ""
  }`;
}

/** The maps of the first sample; features that are not an image are folded into rows. */
function tilesOf({ shape, data }: TensorLike, limit: number): Tile[] & { total: number } {
  const size = shape.slice(1).reduce((product, n) => product * n, 1);
  const values = Array.from({ length: size }, (_, i) => data[i]);
  const palette = paletteFor(values);
  const maps = shape.length >= 3
    ? { shape: shape.slice(1), data: values }
    : { shape: [Math.ceil(size / ROW), Math.min(size, ROW)], data: folded(values) };
  return planesOf(maps, palette, rangeOf(values, palette), limit);
}

function folded(values: number[]): number[] {
  const missing = values.length > ROW ? (ROW - values.length % ROW) % ROW : 0;
  return [...values, ...new Array<number>(missing).fill(0)];
}
