/** Puts axes, numbers and labels around a chart of characters. */
import { bold, dim } from "./color.ts";
import type { Scale } from "./scale.ts";
import type { Screen } from "./screen.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { center, truncate } from "./text.ts";

/** What is drawn around the chart. */
interface FrameOptions {
  /** Characters from left to right inside the axes. */
  readonly columns: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** What to print at the right end of each row. */
  readonly side?: readonly string[];
  /** Lines below. */
  readonly notes?: readonly string[];
}

/** The chart with its frame, as lines. */
export function frame(body: readonly string[], screen: Screen, options: FrameOptions): string[] {
  const { columns, x, y, title, xLabel, yLabel, side = [], notes = [] } = options;
  const width = Math.max(...y.ticks.map((tick) => tick.label.length));
  const labels = new Map<number, string>();
  for (const { value, label } of y.ticks) {
    const row = Math.round((1 - y.at(value)) * (body.length * 4 - 1) / 4 - 0.4);
    if (row >= 0 && row < body.length && !labels.has(row)) labels.set(row, label);
  }
  const lines: string[] = [];
  if (title) lines.push(bold(screen, center(title, width + 2 + columns).trimEnd()));
  if (yLabel) lines.push(dim(screen, yLabel));
  body.forEach((line, row) => {
    const label = labels.get(row);
    const axis = dim(screen, (label ?? "").padStart(width) + (label === undefined ? " │" : " ┤"));
    lines.push((axis + line + (side[row] ? " " + side[row] : "")).trimEnd());
  });
  lines.push(...xAxis(x, columns, width).map((line) => dim(screen, line)));
  if (xLabel) lines.push(dim(screen, " ".repeat(width + 2) + center(xLabel, columns).trimEnd()));
  lines.push(...notes);
  return lines.map((line) => visibleWidth(line) > screen.columns ? truncate(line, screen.columns) : line);
}

function xAxis(x: Scale, columns: number, width: number): string[] {
  const axis = new Array<string>(columns).fill("─");
  const numbers = new Array<string>(columns + width + 2).fill(" ");
  let free = 0;
  for (const { value, label } of x.ticks) {
    const column = Math.round(x.at(value) * (columns - 0.5) - 0.25);
    if (column < 0 || column >= columns) continue;
    const start = Math.min(Math.max(0, column + width + 2 - (label.length >> 1)), numbers.length - label.length);
    if (start < free) continue;
    axis[column] = "┬";
    [...label].forEach((char, i) => numbers[start + i] = char);
    free = start + label.length + 1;
  }
  return [" ".repeat(width) + " └" + axis.join(""), numbers.join("").trimEnd()];
}
