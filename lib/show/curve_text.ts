/** Draws curves with characters. */
import { Braille } from "./braille.ts";
import { frame } from "./chart_frame.ts";
import { ink, SERIES } from "./color.ts";
import type { Chart } from "./chart.ts";
import { scale } from "./scale.ts";
import type { Screen } from "./screen.ts";
import type { Series } from "./series.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { truncate } from "./text.ts";

// Curves differ by their dots, too, because not everybody sees colors: solid, dashed, dotted, dash and dot.
const PATTERNS = [[1], [1, 1, 1, 1, 0, 0, 0], [1, 0, 0], [1, 1, 1, 1, 1, 0, 0, 1, 0, 0]];
const SIGNS = ["•", "×", "+", "○"];
const MAX_COLUMNS = 100;

/** The chart as lines. */
export function curveText(chart: Chart, screen: Screen): string[] {
  const { series, options, notes } = chart;
  const rows = Math.max(3, options.rows ?? 12);
  const total = Math.min(screen.columns, MAX_COLUMNS);
  const y = scale(...chart.y, {
    count: Math.max(2, Math.round(rows / 3)),
    log: chart.logY,
    nice: options.yRange === undefined,
  });
  const left = Math.max(...y.ticks.map((tick) => tick.label.length)) + 2;
  const names = series.map(({ name }) => truncate(name, Math.max(6, total >> 2)));
  const right = Math.max(0, ...names.map(visibleWidth)) + (names.some((name) => name !== "") ? 3 : 1);
  const columns = Math.max(8, total - left - right);
  const x = scale(...chart.x, { count: Math.max(2, Math.round(columns / 12)), log: chart.logX });
  const canvas = new Braille(columns, rows);
  const place = {
    x: (v: number) => x.at(v) * (canvas.width - 1),
    y: (v: number) => (1 - y.at(v)) * (canvas.height - 1),
  };
  series.forEach((one, i) => draw(canvas, one, i, place));
  const body = canvas.lines((text, owner) => ink(screen, SERIES[owner % SERIES.length], text));
  const ends = endLabels(series, rows, (v) => Math.floor(place.y(v) / 4));
  return frame(body, screen, {
    columns,
    x,
    y,
    title: options.title,
    xLabel: options.xLabel,
    yLabel: options.yLabel,
    side: body.map((_, row) => {
      const i = ends.indexOf(row);
      return i < 0 || names[i] === ""
        ? ""
        : ink(screen, SERIES[i % SERIES.length], `${mark(series[i], i)} ${names[i]}`);
    }),
    notes,
  });
}

function mark({ points }: Series, i: number): string {
  return points ? SIGNS[i % SIGNS.length] : ["─", "╌", "┈", "┄"][i % PATTERNS.length];
}

function draw(
  canvas: Braille,
  { x, y, points }: Series,
  owner: number,
  place: { x(v: number): number; y(v: number): number },
): void {
  const pattern = PATTERNS[owner % PATTERNS.length];
  let phase = 0;
  for (let i = 0; i < y.length; i++) {
    if (Number.isNaN(y[i])) continue;
    const [px, py] = [place.x(x[i]), place.y(y[i])];
    const joined = i > 0 && !Number.isNaN(y[i - 1]);
    if (points && y.length <= 400) canvas.sign(px, py, SIGNS[owner % SIGNS.length], owner);
    else if (points || !joined) canvas.dot(px, py, owner);
    if (!points && joined) phase = canvas.line(place.x(x[i - 1]), place.y(y[i - 1]), px, py, owner, pattern, phase);
  }
}

// The row at which each curve ends, where its name is written; names that would overlap move apart, the higher curve up.
function endLabels(series: readonly Series[], rows: number, rowOf: (y: number) => number): number[] {
  const wanted = series.map(({ y }, i) => {
    const last = y.findLast((value) => !Number.isNaN(value)) ?? Infinity;
    return { i, last, row: Math.max(0, Math.min(rows - 1, rowOf(last))) };
  }).sort((a, b) => a.row - b.row || b.last - a.last);
  const taken = new Set<number>();
  for (const { row } of wanted) {
    for (let off = 0; off < 2 * rows; off++) {
      const to = row + (off % 2 === 1 ? (off + 1) / 2 : -off / 2);
      if (to < 0 || to >= rows || taken.has(to)) continue;
      taken.add(to);
      break;
    }
  }
  const result = new Array<number>(series.length).fill(-1);
  [...taken].sort((a, b) => a - b).forEach((row, k) => result[wanted[k].i] = row);
  return result;
}
