/** Shows how often each number occurs: the weights of a layer, the labels of a data set. */
import { expectNumbers } from "../tensor/expect_number.ts";
import { frame } from "./chart_frame.ts";
import { css, ink, SERIES } from "./color.ts";
import { axes } from "./curve_svg.ts";
import { brief } from "./expect_tensor.ts";
import { formatNumber } from "./format.ts";
import { Picture } from "./picture.ts";
import { LARGEST, type Scale, scale } from "./scale.ts";
import type { Screen } from "./screen.ts";
import { escapeXml, round, SVG_WIDTH, svgDocument, svgText, textWidth } from "./svg.ts";
import { isNumbers, isTensorLike, statistics, type TensorLike } from "./tensor_like.ts";

/** How to count and label. */
export interface HistogramOptions {
  /** About how many bars; by default 24, or one for each whole number if there are few. */
  bins?: number;
  /** A line above it. */
  title?: string;
  /** The label of the x axis. */
  xLabel?: string;
  /** The range of the x axis, to compare several histograms. */
  range?: readonly [number, number];
}

interface Bars {
  /** The lower end of the first bar. */
  readonly from: number;
  /** The width of a bar. */
  readonly step: number;
  readonly counts: readonly number[];
  readonly notes: readonly string[];
  readonly options: HistogramOptions;
}

/**
 * A histogram of numbers. NaN and numbers outside of `range` are counted below the chart.
 *
 * @throws {TypeError} If it does not get numbers.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const text = histogram([0, 1, 1, 2, NaN]).text();
 * assertStringIncludes(text, "5 numbers");
 * assertStringIncludes(text, "1 NaN");
 * ```
 */
export function histogram(values: TensorLike | ArrayLike<number>, options: HistogramOptions = {}): Picture {
  if (!isTensorLike(values) && !isNumbers(values)) {
    throw new TypeError(`histogram takes a tensor or a list of numbers and got ${brief(values)}`);
  }
  const [from, to] = options.range ?? [];
  expectNumbers("histogram", { bins: options.bins, "range[0]": from, "range[1]": to });
  const bars = count(isTensorLike(values) ? values.data : values, options);
  return new Picture({ text: (screen) => histogramText(bars, screen), svg: () => histogramSvg(bars) });
}

function count(data: ArrayLike<number>, options: HistogramOptions): Bars {
  const finite = Float64Array.from(data).filter((value) => Math.abs(value) <= LARGEST);
  const { min, max, mean, nan } = statistics(finite.length > 0 ? finite : [0]);
  const [low, high] = options.range ?? [min, max];
  const whole = options.bins === undefined && high - low <= 30 && finite.every(Number.isInteger);
  const { from, step, bins } = whole
    ? { from: Math.floor(low) - 0.5, step: 1, bins: Math.floor(high) - Math.floor(low) + 1 }
    : evenBins(low, high, options);
  const counts = new Array<number>(bins).fill(0);
  let outside = 0, sum = 0;
  for (const value of finite) {
    sum += (value - mean) ** 2;
    const bin = value === from + step * bins ? bins - 1 : Math.floor((value - from) / step);
    if (bin >= 0 && bin < bins) counts[bin]++;
    else outside++;
  }
  const noted = (n: number, what: string) => n > 0 ? [`${n.toLocaleString("en-US")} ${what}`] : [];
  const about = finite.length > 0
    ? [`mean ${formatNumber(mean)}`, `deviation ${formatNumber(Math.sqrt(sum / finite.length))}`]
    : [];
  const lost = data.length - finite.length;
  const nans = nan + Array.prototype.filter.call(data, Number.isNaN).length;
  const notes = [
    [
      `${data.length.toLocaleString("en-US")} numbers`,
      ...about,
      ...noted(nans, "NaN"),
      ...noted(lost - nans, "infinite"),
      ...noted(outside, "outside"),
    ].join("  "),
  ];
  return { from, step, counts, notes, options };
}

// Bars that begin and end at round numbers, unless the range is given.
function evenBins(
  low: number,
  high: number,
  { bins = 24, range }: HistogramOptions,
): { from: number; step: number; bins: number } {
  bins = Math.max(1, Math.min(500, Math.floor(bins)));
  if (range) return { from: low, step: (high - low) / bins || 1, bins };
  const { from, to, ticks } = scale(low, high, { count: bins, nice: true });
  const step = ticks.length > 1 ? ticks[1].value - ticks[0].value : to - from;
  return { from, step, bins: Math.max(1, Math.round((to - from) / step)) };
}

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

function axesOf({ from, step, counts, options }: Bars, xTicks: number, yTicks: number): { x: Scale; y: Scale } {
  const to = from + step * counts.length;
  const x = scale(from, to, { count: Math.min(xTicks, step === 1 ? counts.length : xTicks) });
  // If bars stand for whole numbers, the halves at the ends are not ticks.
  const ticks = options.bins === undefined && step === 1
    ? x.ticks.filter((tick) => Number.isInteger(tick.value))
    : x.ticks;
  return { x: { ...x, ticks }, y: scale(0, Math.max(1, ...counts), { count: yTicks, nice: true }) };
}

function histogramText(bars: Bars, screen: Screen): string[] {
  const { counts, options, notes } = bars;
  const rows = 10;
  const room = Math.min(screen.columns, 90) - 12;
  const { y } = axesOf(bars, 2, 4);
  const each = Math.max(1, Math.floor(room / counts.length));
  const columns = each * counts.length;
  if (columns > room && counts.length > 1) return histogramText(halved(bars), screen);
  const { x } = axesOf(bars, Math.max(2, Math.round(columns / 10)), 4);
  const gap = each >= 3 ? 1 : 0;
  const body = Array.from({ length: rows }, (_, row) => {
    const line = counts.map((n) => {
      const eighths = Math.round(y.at(n) * rows * 8) - (rows - 1 - row) * 8;
      // A bar that is not empty is visible.
      const seen = row === rows - 1 && n > 0 ? Math.max(1, eighths) : eighths;
      return EIGHTHS[Math.max(0, Math.min(8, seen))].repeat(each - gap) + " ".repeat(gap);
    }).join("");
    return ink(screen, SERIES[0], line);
  });
  return frame(body, screen, { columns, x, y, title: options.title, xLabel: options.xLabel, notes });
}

function halved(bars: Bars): Bars {
  const counts = Array.from(
    { length: Math.ceil(bars.counts.length / 2) },
    (_, i) => bars.counts[2 * i] + (bars.counts[2 * i + 1] ?? 0),
  );
  return { ...bars, step: bars.step * 2, counts };
}

function histogramSvg(bars: Bars): string {
  const { counts, options, notes, from, step } = bars;
  const { x, y } = axesOf(bars, counts.length <= 12 && step === 1 ? 12 : 8, 4);
  const left = 22 + Math.max(...y.ticks.map((tick) => textWidth(tick.label)));
  const top = 16 + (options.title ? 22 : 0);
  const [width, height] = [SVG_WIDTH - left - 22, 200];
  const place = { x: (v: number) => left + x.at(v) * width, y: (v: number) => top + (1 - y.at(v)) * height };
  const parts = [axes(x, y, place, { left, top, width, height })];
  if (options.title) {
    parts.push(svgText(left + width / 2, 24, options.title, { anchor: "middle", weight: 600, size: 14 }));
  }
  const gap = width / counts.length > 12 ? 3 : 1;
  counts.forEach((n, i) => {
    if (n === 0) return;
    const [x0, y0] = [place.x(from + i * step) + gap / 2, Math.min(place.y(n), top + height - 1)];
    const size = `width="${round(width / counts.length - gap)}" height="${round(top + height - y0)}"`;
    const says = `${formatNumber(from + i * step)} … ${formatNumber(from + (i + 1) * step)}: ${
      n.toLocaleString("en-US")
    }`;
    parts.push(
      `<rect x="${round(x0)}" y="${round(y0)}" ${size} fill="${css(SERIES[0])}"><title>${
        escapeXml(says)
      }</title></rect>`,
    );
  });
  let bottom = top + height + 24;
  if (options.xLabel) {
    parts.push(svgText(left + width / 2, bottom += 16, options.xLabel, { anchor: "middle", style: "gr-soft" }));
  }
  for (const note of notes) parts.push(svgText(left, bottom += 18, note, { style: "gr-soft" }));
  return svgDocument(SVG_WIDTH, bottom + 12, options.title ?? "a histogram", parts.join(""));
}
