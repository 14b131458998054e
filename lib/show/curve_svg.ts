/** Draws curves as SVG. */
import { css, SERIES } from "./color.ts";
import type { Chart } from "./chart.ts";
import { type Scale, scale } from "./scale.ts";
import type { Series } from "./series.ts";
import { escapeXml, round, SVG_WIDTH, svgDocument, svgText, textWidth } from "./svg.ts";

const DASHES = ["", "7 4", "2 3", "9 3 2 3"];
const PLOT_HEIGHT = 240;

/** The chart as a document. */
export function curveSvg(chart: Chart): string {
  const { series, options, notes } = chart;
  const y = scale(...chart.y, { count: 5, log: chart.logY, nice: options.yRange === undefined });
  const left = 22 + Math.max(...y.ticks.map((tick) => textWidth(tick.label))) + (options.yLabel ? 16 : 0);
  const names = series.filter(({ name }) => name !== "");
  const top = 16 + (options.title ? 22 : 0) + (names.length > 0 ? 22 : 0);
  const width = SVG_WIDTH - left - 22;
  const x = scale(...chart.x, { count: 8, log: chart.logX });
  const place = { x: (v: number) => left + x.at(v) * width, y: (v: number) => top + (1 - y.at(v)) * PLOT_HEIGHT };
  const parts = [axes(x, y, place, { left, top, width }), legend(series, left, top - 12)];
  if (options.title) {
    parts.push(svgText(left + width / 2, 24, options.title, { anchor: "middle", weight: 600, size: 14 }));
  }
  // Outside the given range the curves are clipped at the axes.
  parts.push(
    `<svg x="${round(left - 4)}" y="${top - 4}" width="${round(width + 8)}" height="${PLOT_HEIGHT + 8}" ` +
      `viewBox="${round(left - 4)} ${top - 4} ${round(width + 8)} ${PLOT_HEIGHT + 8}">`,
    ...series.map((one, i) => seriesSvg(one, i, place, width)),
    "</svg>",
  );
  let bottom = top + PLOT_HEIGHT + 24;
  if (options.xLabel) {
    parts.push(svgText(left + width / 2, bottom += 16, options.xLabel, { anchor: "middle", style: "gr-soft" }));
  }
  if (options.yLabel) {
    const at = `18 ${round(top + PLOT_HEIGHT / 2)}`;
    parts.push(
      `<text class="gr-soft" text-anchor="middle" transform="translate(${at}) rotate(-90)">` +
        `${escapeXml(options.yLabel)}</text>`,
    );
  }
  for (const note of notes) parts.push(svgText(left, bottom += 18, note, { style: "gr-soft" }));
  const label = options.title ??
    `a chart of ${names.map(({ name }) => name).join(", ") || options.yLabel || "one curve"}`;
  return svgDocument(SVG_WIDTH, bottom + 12, label, parts.join(""));
}

/** Grid lines, axes and their numbers. */
export function axes(
  x: Scale,
  y: Scale,
  place: { x(v: number): number; y(v: number): number },
  { left, top, width, height = PLOT_HEIGHT }: { left: number; top: number; width: number; height?: number },
): string {
  const bottom = top + height;
  const parts: string[] = [];
  for (const { value, label } of y.ticks) {
    const at = round(place.y(value));
    parts.push(`<path class="gr-grid" d="M${round(left)} ${at}h${round(width)}"/>`);
    parts.push(svgText(left - 7, place.y(value) + 4, label, { anchor: "end", style: "gr-soft" }));
  }
  for (const { value, label } of x.ticks) {
    parts.push(`<path class="gr-axis" d="M${round(place.x(value))} ${round(bottom)}v5"/>`);
    parts.push(svgText(place.x(value), bottom + 18, label, { anchor: "middle", style: "gr-soft" }));
  }
  parts.push(`<path class="gr-axis" d="M${round(left)} ${round(top)}V${round(bottom)}h${round(width)}"/>`);
  return parts.join("");
}

function legend(series: readonly Series[], left: number, y: number): string {
  let x = left;
  return series.map(({ name, points }, i) => {
    if (name === "") return "";
    const color = css(SERIES[i % SERIES.length]);
    const sample = points
      ? marker(x + 11, y - 4, i, color)
      : `<path d="M${round(x)} ${y - 4}h22" fill="none" stroke="${color}" stroke-width="2.2"${dash(i)}/>`;
    const text = svgText(x + 28, y, name);
    x += 28 + textWidth(name) + 20;
    return sample + text;
  }).join("");
}

function seriesSvg(
  series: Series,
  i: number,
  place: { x(v: number): number; y(v: number): number },
  width: number,
): string {
  const color = css(SERIES[i % SERIES.length]);
  const { x, y, points } = series;
  if (points) {
    return Array.from(y, (v, j) => Number.isNaN(v) ? "" : marker(place.x(x[j]), place.y(v), i, color)).join("");
  }
  let d = "";
  let pen = false;
  const kept = thin(series, Math.ceil(width));
  for (const j of kept) {
    if (Number.isNaN(y[j])) {
      pen = false;
      continue;
    }
    // A value between two gaps is drawn as a dot: a line of length zero with round ends.
    d += `${pen ? "L" : "M"}${round(place.x(x[j]))} ${round(place.y(y[j]))}${pen ? "" : "h0"}`;
    pen = true;
  }
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"${
    dash(i)
  }/>`;
}

function dash(i: number): string {
  const pattern = DASHES[i % DASHES.length];
  return pattern === "" ? "" : ` stroke-dasharray="${pattern}"`;
}

function marker(x: number, y: number, i: number, color: string): string {
  const [cx, cy] = [round(x), round(y)];
  if (i % 3 === 0) return `<circle cx="${cx}" cy="${cy}" r="2.6" fill="${color}" fill-opacity="0.75"/>`;
  const d = i % 3 === 1 ? `m-3-3l6 6m0-6l-6 6` : `m-3.5 0h7m-3.5-3.5v7`;
  return `<path d="M${cx} ${cy}${d}" stroke="${color}" stroke-width="1.5" fill="none"/>`;
}

// Of many values on one pixel, the first, the lowest, the highest and the last are enough.
function thin({ y }: Series, pixels: number): number[] {
  const per = Math.ceil(y.length / pixels);
  if (per <= 4) return Array.from(y.keys());
  const kept: number[] = [];
  for (let from = 0; from < y.length; from += per) {
    const to = Math.min(y.length, from + per);
    let low = from, high = from, gap = -1;
    for (let i = from; i < to; i++) {
      if (Number.isNaN(y[i])) gap = i;
      if (y[i] < y[low] || Number.isNaN(y[low])) low = i;
      if (y[i] > y[high] || Number.isNaN(y[high])) high = i;
    }
    kept.push(...new Set([from, low, high, gap, to - 1].filter((i) => i >= 0).sort((a, b) => a - b)));
  }
  return kept;
}
