/** Lays out small images in rows, each with a caption below it. */
import { bold, css, ink, RIGHT, WRONG } from "./color.ts";
import type { Plane } from "./plane.ts";
import { planeText } from "./plane_text.ts";
import { pngDataUri } from "./png.ts";
import type { Screen } from "./screen.ts";
import { round, SVG_WIDTH, svgDocument, svgText, textWidth } from "./svg.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { center, flow, padEnd, truncate } from "./text.ts";

/** One image of a grid. */
export interface Tile {
  readonly plane: Plane;
  /** The text below it. */
  readonly caption?: string;
  /** Whether it is framed as right or wrong; the caption tells the same without color. */
  readonly verdict?: "right" | "wrong";
}

/** What surrounds a grid, and how wide it is. */
interface GridOptions {
  /** Lines above it. */
  readonly head?: readonly string[];
  /** Lines below it. */
  readonly foot?: readonly string[];
  /** Images in a row; as many as fit by default. */
  readonly perRow?: number;
}

/** The grid as lines of text. */
export function gridText(
  tiles: readonly Tile[],
  screen: Screen,
  { head = [], foot = [], perRow }: GridOptions,
): string[] {
  const widest = Math.max(1, ...tiles.map((tile) => tile.plane.width));
  const inRow = perRow ?? tiles.length;
  const whole = Math.min(inRow, tiles.length) * (widest + 2) - 2 <= screen.columns;
  // Half size still shows a digit, and five of them fit into 80 columns; fewer images share the width.
  const share = Math.floor((screen.columns + 2) / Math.min(inRow, tiles.length)) - 2;
  const shrunk = Math.min(share > 16 ? share : 16, Math.ceil(widest / Math.ceil(widest / Math.max(16, share))));
  const columns = Math.min(screen.columns, Math.max(10, whole ? widest : shrunk));
  const blocks = tiles.map((tile) => block(tile, screen, columns));
  const lines = [...head];
  for (let i = 0; i < blocks.length; i += inRow) {
    if (i > 0) lines.push("");
    lines.push(...flow(blocks.slice(i, i + inRow), screen.columns));
  }
  lines.push(...foot);
  return lines.map((line) => visibleWidth(line) > screen.columns ? truncate(line, screen.columns) : line);
}

function block({ plane, caption, verdict }: Tile, screen: Screen, columns: number): string[] {
  const lines = planeText(plane, screen, columns);
  const width = Math.max(...lines.map(visibleWidth), Math.min(columns, plane.width));
  if (caption === undefined) return lines.map((line) => padEnd(line, width));
  const label = center(truncate(caption, Math.max(width, 10)), width);
  const colored = verdict === "wrong" ? bold(screen, ink(screen, WRONG, label)) : label;
  return [...lines.map((line) => padEnd(line, width)), colored];
}

/** The grid as an SVG document. */
export function gridSvg(tiles: readonly Tile[], label: string, { head = [], foot = [], perRow }: GridOptions): string {
  const widest = Math.max(1, ...tiles.map((tile) => tile.plane.width));
  const captioned = tiles.some((tile) => tile.caption !== undefined);
  const longest = Math.max(0, ...tiles.map((tile) => textWidth(tile.caption ?? "")));
  const scale = Math.max(
    1,
    Math.min(24, Math.floor((tiles.length === 1 ? 224 : tiles.length <= 4 ? 112 : 84) / widest)),
  );
  const cell = Math.max(Math.min(widest * scale, SVG_WIDTH - 32), Math.min(longest, 200)) + 10;
  const inRow = Math.max(1, Math.min(tiles.length, perRow ?? Math.floor((SVG_WIDTH - 24) / cell)));
  const parts: string[] = [];
  let y = 12;
  head.forEach((line, i) =>
    parts.push(svgText(14, (y += 18) - 4, line, i === 0 ? { weight: 600 } : { style: "gr-soft" }))
  );
  if (head.length > 0) y += 6;
  for (let i = 0; i < tiles.length; i += inRow) {
    const row = tiles.slice(i, i + inRow);
    const height = Math.max(...row.map(({ plane }) => plane.height * fitScale(plane, scale)));
    row.forEach((tile, j) =>
      parts.push(tileSvg(tile, 12 + j * cell + cell / 2, y, height, fitScale(tile.plane, scale)))
    );
    y += height + (captioned ? 24 : 10);
  }
  for (const line of foot) parts.push(svgText(14, (y += 18) - 6, line, { style: "gr-soft" }));
  const lines = [...head.map((line, i) => textWidth(line, 12, i === 0)), ...foot.map((line) => textWidth(line))];
  const width = Math.max(24 + inRow * cell, ...lines.map((w) => w + 40));
  return svgDocument(width, y + 8, label, parts.join(""));
}

function fitScale(plane: Plane, scale: number): number {
  return Math.min(scale, (SVG_WIDTH - 32) / plane.width);
}

function tileSvg({ plane, caption, verdict }: Tile, x: number, y: number, rowHeight: number, scale: number): string {
  const [width, height] = [plane.width * scale, plane.height * scale];
  const [left, top] = [round(x - width / 2), round(y)];
  const size = `x="${left}" y="${top}" width="${round(width)}" height="${round(height)}"`;
  const parts = [
    `<image ${size} preserveAspectRatio="none" style="image-rendering:pixelated" href="${pngDataUri(plane)}"/>`,
    verdict === "wrong"
      ? `<rect ${size} fill="none" stroke="${css(WRONG)}" stroke-width="3"/>`
      : `<rect ${size} fill="none" class="gr-axis" stroke-width="0.5"/>`,
  ];
  if (caption !== undefined) {
    const color = verdict ? `style="fill:${css(verdict === "wrong" ? WRONG : RIGHT)}"` : "";
    const weight = verdict === "wrong" ? 700 : undefined;
    parts.push(svgText(x, y + rowHeight + 15, caption, { anchor: "middle", weight, extra: color }));
  }
  return parts.join("");
}
