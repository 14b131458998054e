/** Draws what a value was made from: a node for each value, and a line to each value that was made from it. */
import { Braille } from "./braille.ts";
import { ink, SERIES } from "./color.ts";
import { brief } from "./expect_tensor.ts";
import { heightOf, type LabeledNode, type Layout, layOut, type Placed } from "./graph_layout.ts";
import { Picture } from "./picture.ts";
import type { Screen } from "./screen.ts";
import { round, svgDocument, svgText, textWidth } from "./svg.ts";
import { truncate } from "./text.ts";
import { graphemesOf } from "../text/graphemes.ts";
import { visibleWidth } from "../text/visible_width.ts";

/** What surrounds a graph. */
export interface GraphOptions {
  /** A line above it. */
  title?: string;
}

/** The graph of a long computation would be too large to look at. */
const MAX_NODES = 60;
const GAP = 4; // the least room between two columns of text, for the lines, in characters
const LINE = 17; // the height of a line of text, in pixels

/**
 * A graph of everything that a value was made from: inputs on the left, the value itself on the right. On a screen that
 * is too narrow for it, the nodes become a list.
 *
 * @param last The value; its `from`, and theirs in turn, are the other nodes.
 * @param label What to write at a node; it may have several lines.
 * @throws {TypeError} If a node has no list `from`, or a value was made from itself.
 * @throws {RangeError} If there are more than 60 nodes.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { graph } from "@gradually/gradually/show";
 *
 * type Node = { name: string; from: Node[] };
 * const a: Node = { name: "a", from: [] };
 * const square: Node = { name: "a · a", from: [a, a] };
 * const text = graph(square, ({ name }) => name).text();
 * assertMatch(text, /^a .+ a · a$/m);
 * ```
 */
export function graph<T extends { readonly from: readonly T[] }>(
  last: T,
  label: (node: T) => string,
  options: GraphOptions = {},
): Picture {
  const nodes = nodesOf(last, label);
  const layout = layOut(nodes);
  return new Picture({
    text: (screen) => [
      ...options.title === undefined ? [] : [truncate(options.title, screen.columns)],
      ...graphText(layout, screen) ?? listText(nodes, screen),
    ],
    svg: () => graphSvg(layout, options.title),
  });
}

/** All nodes, each after those that it was made from. */
function nodesOf<T extends { readonly from: readonly T[] }>(last: T, label: (node: T) => string): LabeledNode[] {
  const indices = new Map<T, number>(), nodes: LabeledNode[] = [];
  const visit = (node: T): number => {
    if (!Array.isArray(node?.from)) {
      throw new TypeError(`graph takes nodes with a list "from" and got ${brief(node)}: an input has an empty one`);
    }
    const known = indices.get(node);
    if (known === -1) throw new TypeError("graph takes values made from other values and got one made from itself");
    if (known !== undefined) return known;
    indices.set(node, -1);
    const from = node.from.map(visit);
    if (nodes.length === MAX_NODES) {
      throw new RangeError(`graph takes up to ${MAX_NODES} nodes and got more: draw a smaller computation`);
    }
    indices.set(node, nodes.length);
    return nodes.push({ lines: label(node).split("\n"), from }) - 1;
  };
  visit(last);
  return nodes;
}

/** The graph in characters, if the screen is wide enough. */
function graphText({ placed, edges, columns, rows }: Layout, screen: Screen): string[] | undefined {
  const widths = Array.from({ length: columns }, (_, i) => Math.max(0, ...of(placed, i).map(widthOf)));
  const needed = widths.reduce((sum, width) => sum + width);
  const gap = Math.min(12, Math.floor((screen.columns - needed) / Math.max(1, columns - 1)));
  if (needed > screen.columns || gap < GAP && columns > 1) return undefined;
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + gap, 0));
  const canvas = new Braille(lefts.at(-1)! + widths.at(-1)!, rows);
  const middle = (one: Placed) => 4 * one.row + 2 * heightOf(one) - 1;
  const start = (one: Placed) => lefts[one.column] + Math.floor((widths[one.column] - widthOf(one)) / 2);
  for (const { from, to, twice } of edges) {
    const aside = twice ? 2 : 0; // a second line between the same two
    // It leaves a character of room on both sides of a label.
    const x = [2 * (start(from) + widthOf(from)) + 2, 2 * start(to) - 3];
    canvas.line(x[0], middle(from) + aside, x[1], middle(to) + aside, 0, [1]);
  }
  for (const one of placed.filter(isPoint)) { // the line goes on to the other side of the column
    const left = 2 * start(one);
    canvas.line(left - 3, middle(one), left + 2, middle(one), 0, [1]);
  }
  for (const one of placed) one.lines.forEach((line, i) => write(canvas, line, start(one), one.row + i));
  return canvas.lines((text) => ink(screen, SERIES[0], text)).map((line) => line.trimEnd());
}

function of(placed: readonly Placed[], column: number): Placed[] {
  return placed.filter((one) => one.column === column);
}

function isPoint({ lines }: Placed): boolean {
  return lines.length === 0;
}

function widthOf({ lines }: Placed): number {
  return Math.max(0, ...lines.map(visibleWidth));
}

function write(canvas: Braille, line: string, column: number, row: number): void {
  for (const { segment } of graphemesOf(line)) {
    canvas.sign(2 * column, 4 * row, segment, -1);
    const width = visibleWidth(segment);
    if (width === 2) canvas.sign(2 * column + 2, 4 * row, "", -1);
    column += width;
  }
}

/** One line for each node, with the numbers of the nodes that it was made from. */
function listText(nodes: readonly LabeledNode[], screen: Screen): string[] {
  return nodes.map(({ lines, from }, i) =>
    truncate(`${i}: ${lines.join(" ")}${from.length ? `  from ${from.join(", ")}` : ""}`, screen.columns)
  );
}

function graphSvg({ placed, edges, columns, rows }: Layout, title?: string): string {
  const widths = Array.from(
    { length: columns },
    (_, i) => Math.max(12, ...of(placed, i).flatMap(({ lines }) => lines).map((line) => textWidth(line) + 20)),
  );
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + 44, 16));
  const top = title === undefined ? 16 : 40;
  const middle = (one: Placed) => top + LINE * (one.row + heightOf(one) / 2);
  const edge = (one: Placed, side: -1 | 1) =>
    lefts[one.column] + widths[one.column] / 2 + side * (isPoint(one) ? 0 : widths[one.column] / 2);
  const lines = edges.map(({ from, to, twice }) => {
    const [x0, x1, aside] = [edge(from, 1), edge(to, -1), twice ? 7 : 0];
    const end = isPoint(to) ? "" : `M${round(x1 - 6)} ${round(middle(to) + aside - 4)}l6 4l-6 4`;
    return `<path class="gr-axis" stroke-width="1.5" d="M${round(x0)} ${round(middle(from) + aside)}` +
      `L${round(x1)} ${round(middle(to) + aside)}${end}"/>`;
  });
  const boxes = placed.filter((one) => !isPoint(one)).map((one) => {
    const height = LINE * heightOf(one) + 6;
    const box = `<rect x="${round(lefts[one.column])}" y="${round(middle(one) - height / 2)}" width="${
      round(widths[one.column])
    }" height="${round(height)}" rx="5" class="gr-box"/>`;
    const y = middle(one) - LINE * (heightOf(one) - 1) / 2 + 4;
    return box +
      one.lines.map((line, i) =>
        svgText(lefts[one.column] + widths[one.column] / 2, y + LINE * i, line, { anchor: "middle" })
      ).join("");
  });
  const heading = title === undefined ? "" : svgText(16, 22, title, { weight: 600, size: 14 });
  const width = Math.max(lefts.at(-1)! + widths.at(-1)! + 16, title ? 32 + textWidth(title, 14, true) : 0);
  return svgDocument(width, top + LINE * rows + 16, title ?? "a graph", heading + lines.join("") + boxes.join(""));
}
