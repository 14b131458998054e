/**
 * Pictures for learners. One call shows anything, in a terminal, a pipe, the step-through or a notebook:
 *
 * | call | shows |
 * |---|---|
 * | `await show(value, { title })` | a tensor, one of the pictures below, text, any value |
 * | `tensor(t, "name")` | shape, type, min, mean, max, NaN; its numbers or a heat map |
 * | `image(pixels, { caption })` | one image, `[H, W]`, `[1, H, W]`, `[3, H, W]` or bytes |
 * | `digits(images, { labels, predictions, limit })` | images of 28 × 28 with their labels, wrong predictions marked |
 * | `filters(conv.weight.value)` | the filters of a convolution, `[out, in, kh, kw]` |
 * | `heatmap(t, { title })` | numbers as colors, zero in the middle |
 * | `curve(values)`, `curve({ a: values, b: { x, y }, c: Math.tanh }, { title, xLabel, yLabel, log })` | line charts |
 * | `histogram(values, { bins })` | how often each number occurs |
 * | `table(rows, columns)` | a table |
 * | `confusion(matrix)` | which classes are mistaken for which |
 * | `summary(model, [1, 28, 28])`, `diagram(model, [1, 28, 28])` | the layers of a network, their shapes and parameters |
 * | `graph(last, (node) => node.name)` | what a value was made from, by the `from` of each node |
 * | `pad(["..#", ".#."])` | a sheet to draw on, in a notebook |
 * | `slide(image, kernel, { stride, padding })` | a convolution, window by window |
 * | `await show(trace(model, x, { labels }))` | a batch through a network and back, layer by layer |
 * | `const live = display(); await live.update(value)` | a display that is drawn again in place |
 * | `const history = await watch(fit(…))` | training while it runs; `history.steps`, `history.epochs` |
 *
 * A picture is an object: nothing is drawn before `show`. `picture.text()` and `picture.svg()` return one form of it.
 *
 * @module
 */
export type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "../training/events.ts";
export { confusion, type ConfusionOptions } from "./confusion.ts";
export type { CurveOptions } from "./chart.ts";
export { curve } from "./curve.ts";
export { diagram, type DiagramOptions } from "./diagram.ts";
export { digits, type DigitsOptions } from "./digits.ts";
export { display, type LiveDisplay, show, type ShowOptions } from "./display.ts";
export { filters, type FiltersOptions } from "./filters.ts";
export { graph, type GraphOptions } from "./graph.ts";
export { heatmap, type HeatmapOptions } from "./heatmap.ts";
export { histogram, type HistogramOptions } from "./histogram.ts";
export { image, type ImageOptions } from "./image.ts";
export { pad, type PadOptions } from "./pad.ts";
export { DISPLAY, type Forms, type Frames, type MimeBundle, Picture, type Showable } from "./picture.ts";
export type { Palette } from "./plane.ts";
export { type ColorDepth, currentScreen, plainScreen, SCREEN, type Screen } from "./screen.ts";
export type { CurveData, Points } from "./series.ts";
export { slide, type SlideOptions } from "./slide.ts";
export { summary, type SummaryModel, type SummaryOptions } from "./summary.ts";
export { type Row, table, type TableOptions } from "./table.ts";
export { tensor } from "./tensor_picture.ts";
export type { TensorLike } from "./tensor_like.ts";
export { tracePicture } from "./trace_picture.ts";
export { type History, watch, type WatchOptions } from "./watch.ts";
