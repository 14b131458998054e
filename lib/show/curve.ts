/** Draws curves: a falling loss, a function and its derivative, test accuracy beside training accuracy. */
import { expectNumbers } from "../tensor/expect_number.ts";
import type { Chart, CurveOptions } from "./chart.ts";
import { curveSvg } from "./curve_svg.ts";
import { curveText } from "./curve_text.ts";
import { Picture } from "./picture.ts";
import { LARGEST } from "./scale.ts";
import { type CurveData, extent, type Series, seriesOf } from "./series.ts";

/**
 * A line chart of one curve, or of several by name: numbers (x is then 0, 1, 2, …), a 1-D tensor, `{ x, y }`, or a
 * function of x. `{ x, y, points: true }` draws single points. NaN breaks a line, and is counted below the chart.
 *
 * @throws {TypeError} If there is nothing to draw.
 * @throws {RangeError} If x and y differ in length.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const picture = curve({ "tanh": Math.tanh, "its slope": (x) => 1 - Math.tanh(x) ** 2 }, { title: "tanh" });
 * assertStringIncludes(picture.text(), "its slope");
 * assertStringIncludes(picture.svg()!, "<path");
 * ```
 */
export function curve(data: CurveData | Readonly<Record<string, CurveData>>, options: CurveOptions = {}): Picture {
  const { rows, xRange = [], yRange = [] } = options;
  expectNumbers("curve", {
    rows,
    ...{ "xRange[0]": xRange[0], "xRange[1]": xRange[1], "yRange[0]": yRange[0], "yRange[1]": yRange[1] },
  });
  const series = seriesOf(data, options.xRange);
  const chart = layOut(series, options);
  return new Picture({ text: (screen) => curveText(chart, screen), svg: () => curveSvg(chart) });
}

function layOut(all: readonly Series[], options: CurveOptions): Chart {
  const { log = false } = options;
  const [logX, logY] = [log === "x" || log === "both", log === true || log === "y" || log === "both"];
  let nan = 0, infinite = 0, flat = 0;
  const series = all.map((one) => ({
    ...one,
    y: one.y.map((y, i) => {
      const x = one.x[i];
      if (Number.isNaN(x) || Number.isNaN(y)) return nan++, NaN;
      if (!(Math.abs(x) <= LARGEST && Math.abs(y) <= LARGEST)) return infinite++, NaN;
      if ((logY && y <= 0) || (logX && x <= 0)) return flat++, NaN;
      return y;
    }),
  }));
  const count = (n: number, what: string) =>
    n > 0 ? [`${n.toLocaleString("en-US")} ${n === 1 ? "value is" : "values are"} ${what}`] : [];
  const notes = [
    ...count(nan, "NaN and not drawn"),
    ...count(infinite, "infinite and not drawn"),
    ...count(flat, "0 or less and not drawn on the logarithmic axis"),
  ];
  const [x, y] = [options.xRange ?? rangeX(series, logX), options.yRange ?? rangeY(series, logY)];
  return { series, options, x, y, logX, logY, notes };
}

function rangeX(series: readonly Series[], log: boolean): [number, number] {
  const drawn = log ? series.map((one) => ({ ...one, x: one.x.filter((x) => x > 0) })) : series;
  return extent(drawn) ?? (log ? [1, 10] : [0, 1]);
}

function rangeY(series: readonly Series[], log: boolean): [number, number] {
  let from = Infinity, to = -Infinity;
  for (const { y } of series) {
    for (const value of y) {
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  if (from > to) return log ? [1, 10] : [0, 1];
  // A loss that falls to a fraction of itself is judged against zero.
  if (!log && from > 0 && from <= 0.35 * to) from = 0;
  return [from, to];
}
