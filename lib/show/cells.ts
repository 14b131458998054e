/** Draws a matrix of short texts with row and column labels: numbers, counts, a heat map with its values. */
import { bold, css, dim, inkOn, onBackground, type RGB } from "./color.ts";
import type { Screen } from "./screen.ts";
import { escapeXml, round, svgDocument, svgText, textWidth } from "./svg.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { padEnd, padStart, truncate } from "./text.ts";

/** One cell of the matrix. */
export interface Cell {
  readonly text: string;
  /** Its background color. */
  readonly color?: RGB;
  /** Whether it gets brackets in text and a frame in SVG. */
  readonly marked?: boolean;
}

/** What is drawn around the cells. */
export interface CellsOptions {
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
  /** The title of the row labels. */
  readonly rowTitle?: string;
  /** The title of the column labels. */
  readonly columnTitle?: string;
  readonly head?: readonly string[];
  readonly foot?: readonly string[];
}

/** The matrix as lines; columns that do not fit are left out, and a line tells so. */
export function cellsText(cells: readonly (readonly Cell[])[], screen: Screen, options: CellsOptions): string[] {
  const { rows, columns, rowTitle, columnTitle, head = [], foot = [] } = options;
  const side = rows ? Math.max(...rows.map(visibleWidth), visibleWidth(rowTitle ?? "")) + 1 : 0;
  const all = layOut(cells, columns);
  const room = screen.columns - side;
  const beyond = all.findIndex((_, i) => sum(all.slice(0, i + 1)) > room);
  const fitting = beyond < 0 ? all.length : Math.max(1, beyond);
  const widths = all.slice(0, fitting);
  const lines = [...head];
  if (columnTitle) lines.push(" ".repeat(side) + dim(screen, truncate(columnTitle, Math.max(1, room))));
  const spaced = isSpaced(cells);
  if (columns) {
    const labels = widths.map((width, i) => lay(columns[i] ?? "", width, spaced)).join("").trimEnd();
    lines.push(padEnd(rowTitle ?? "", side) + dim(screen, labels));
  } else if (rowTitle) lines.push(rowTitle);
  cells.forEach((row, y) => {
    const label = rows ? dim(screen, padStart(rows[y] ?? "", side - 1)) + " " : "";
    lines.push(label + widths.map((width, i) => row[i] ? cellText(row[i], width, spaced, screen) : "").join(""));
  });
  if (fitting < all.length) lines.push(`(${fitting} of ${all.length} columns fit)`);
  lines.push(...foot);
  return lines.map((line) => visibleWidth(line) > screen.columns ? truncate(line, screen.columns) : line);
}

// Brackets and backgrounds need a space on either side of the text; plain numbers only one before them.
function isSpaced(cells: readonly (readonly Cell[])[]): boolean {
  return cells.some((row) => row.some((cell) => cell.marked || cell.color));
}

// How many characters each column takes, including the space around its texts. Similar columns are equally wide.
function layOut(cells: readonly (readonly Cell[])[], columns: readonly string[] | undefined): number[] {
  const count = Math.max(0, columns?.length ?? 0, ...cells.map((row) => row.length));
  const widths = Array.from(
    { length: count },
    (_, i) =>
      Math.max(1, visibleWidth(columns?.[i] ?? ""), ...cells.map((row) => visibleWidth(row[i]?.text ?? ""))) +
      (isSpaced(cells) ? 2 : 1),
  );
  const widest = Math.max(0, ...widths);
  // Unless one column stands out, such as percentages beside counts, equal widths look calmer.
  const even = widths.every((width) => width >= widest - 1);
  return even || !columns ? widths.map(() => widest) : widths;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

function lay(text: string, width: number, right: boolean): string {
  return right ? padStart(text, width - 1) + " " : padStart(text, width);
}

function cellText({ text, color, marked }: Cell, width: number, right: boolean, screen: Screen): string {
  const laid = marked ? padStart(`[${text}]`, width) : lay(text, width, right);
  const strong = marked ? bold(screen, laid) : laid;
  return color ? onBackground(screen, color, strong) : strong;
}

/** The matrix as an SVG document. */
export function cellsSvg(cells: readonly (readonly Cell[])[], label: string, options: CellsOptions): string {
  const { rows, columns, rowTitle, columnTitle, head = [], foot = [] } = options;
  const count = Math.max(0, ...cells.map((row) => row.length));
  const text = Math.max(
    ...cells.flat().map((cell) => textWidth(cell.text)),
    ...(columns ?? []).map((c) => textWidth(c)),
    8,
  );
  const width = Math.max(Math.min(34, 300 / Math.max(1, count)), text + 10);
  const height = 26;
  const left = 14 + (rowTitle ? 18 : 0) + (rows ? Math.max(...rows.map((row) => textWidth(row))) + 8 : 0);
  let y = 10;
  const parts: string[] = [];
  head.forEach((line, i) =>
    parts.push(svgText(14, (y += 18) - 3, line, i === 0 ? { weight: 600 } : { style: "gr-soft" }))
  );
  if (columnTitle) {
    parts.push(svgText(left + count * width / 2, (y += 18) - 3, columnTitle, { anchor: "middle", style: "gr-soft" }));
  }
  if (columns) {
    y += 18;
    columns.forEach((c, i) =>
      parts.push(svgText(left + (i + 0.5) * width, y - 4, c, { anchor: "middle", style: "gr-soft" }))
    );
  }
  const top = y + 2;
  cells.forEach((row, i) => {
    const middle = top + (i + 0.5) * height + 4;
    if (rows) parts.push(svgText(left - 8, middle, rows[i] ?? "", { anchor: "end", style: "gr-soft" }));
    row.forEach((cell, j) => parts.push(cellSvg(cell, left + j * width, top + i * height, width, height)));
  });
  if (rowTitle) {
    const at = `${round(20)} ${round(top + cells.length * height / 2)}`;
    parts.push(
      `<text class="gr-soft" text-anchor="middle" transform="translate(${at}) rotate(-90)">${
        escapeXml(rowTitle)
      }</text>`,
    );
  }
  y = top + cells.length * height;
  for (const line of foot) parts.push(svgText(14, (y += 18) + 2, line, { style: "gr-soft" }));
  const lines = [...head.map((line, i) => textWidth(line, 12, i === 0)), ...foot.map((line) => textWidth(line))];
  return svgDocument(
    Math.max(left + count * width + 14, ...lines.map((line) => line + 28)),
    y + 14,
    label,
    parts.join(""),
  );
}

function cellSvg({ text, color, marked }: Cell, x: number, y: number, width: number, height: number): string {
  const box = `x="${round(x + 1)}" y="${round(y + 1)}" width="${round(width - 2)}" height="${
    round(height - 2)
  }" rx="2"`;
  const background = color ? `<rect ${box} fill="${css(color)}"/>` : "";
  const frame = marked ? `<rect ${box} fill="none" stroke="#d66a0e" stroke-width="2"/>` : "";
  const extra = color ? `style="fill:${css(inkOn(color))}"` : "";
  return background + frame +
    (text === "" ? "" : svgText(x + width / 2, y + height / 2 + 4, text, {
      anchor: "middle",
      extra,
      weight: marked ? 600 : undefined,
    }));
}
