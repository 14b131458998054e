/** Shows a tensor: its name, dtype and shape, statistics, and its numbers or a picture of them. */
import { type Cell, type CellsOptions, cellsSvg, cellsText } from "./cells.ts";
import { bold, NAN_COLOR } from "./color.ts";
import { expectTensor } from "./expect_tensor.ts";
import { formatColumn, formatNumber } from "./format.ts";
import { gridSvg, gridText } from "./grid.ts";
import { indexOf, planesOf } from "./heatmap.ts";
import { Picture } from "./picture.ts";
import { paletteFor, rangeOf } from "./plane.ts";
import type { Screen } from "./screen.ts";
import { sizeOf, statistics, type TensorLike } from "./tensor_like.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { truncate } from "./text.ts";

// A table of numbers is readable up to about this size; beyond it colors show more.
const MAX_ROWS = 16;
const MAX_COLUMNS = 12;

/**
 * A tensor with its numbers, if they are few, or a heat map of them. {@linkcode show} does this by itself; call this
 * function to give the tensor a name.
 *
 * @throws {TypeError} If it is not a tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const text = tensor({ shape: [2, 2], data: [1, 2, 3, NaN] }, "x").text();
 * assertEquals(text.split("\n"), ["x  [2, 2]  min 1  mean 2  max 3  NaN 1", "   1    2", "   3  NaN"]);
 * ```
 */
export function tensor(value: TensorLike, name: string | undefined = value?.name): Picture {
  expectTensor(value, "tensor");
  const { shape } = value;
  // Read only once: a tensor may have to fetch its numbers from elsewhere.
  const read = { shape, data: value.data };
  const head = headline(read, value.dtype, name);
  const label = head.replace(/ {2,}/g, ", ");
  if (read.data.length === 0) return new Picture({ text: () => head });
  const [columns, rows] = [shape.at(-1) ?? 1, sizeOf(shape.slice(0, -1))];
  if (columns <= MAX_COLUMNS && rows + (shape.length > 2 ? sizeOf(shape.slice(0, -2)) : 0) <= MAX_ROWS) {
    const blocks = numberBlocks(read);
    return new Picture({
      text: (screen) =>
        [
          ...headLines(head, name, screen),
          ...blocks.flatMap(({ cells, around }) => cellsText(cells, screen, around)),
        ].map((line) => line.trimEnd()),
      svg: () => {
        const cells = blocks.flatMap((block) => block.cells);
        const rows = shape.length > 2
          ? blocks.flatMap(({ around, cells }) => cells.map((_, i) => i === 0 ? around.head![0] : ""))
          : undefined;
        return cellsSvg(cells, label, { head: split(head), rows });
      },
    });
  }
  const palette = paletteFor(read.data);
  const tiles = planesOf(read, palette, rangeOf(read.data, palette), shape.length > 2 ? 10 : 1);
  const rest = tiles.length < tiles.total ? [`${tiles.length} of ${tiles.total.toLocaleString("en-US")} maps`] : [];
  const key = palette === "diverging" ? ["blue below zero, red above"] : [];
  return new Picture({
    text: (screen) =>
      gridText(tiles, screen, {
        head: headLines(head, name, screen),
        foot: screen.colors === "none" && palette === "diverging"
          ? [...rest, "9 is the largest absolute value, · is about zero"]
          : [...rest, ...key],
      }),
    svg: () => gridSvg(tiles, label, { head: split(head), foot: [[...rest, ...key].join("  ·  ")].filter(Boolean) }),
  });
}

function headline({ shape, data }: TensorLike, dtype?: string, name?: string): string {
  const { min, mean, max, nan, infinite } = statistics(data);
  const parts = [name, dtype, `[${shape.join(", ")}]`].filter((part) => part !== undefined && part !== "");
  if (data.length === 0) return [...parts, "empty"].join("  ");
  if (nan < data.length) {
    parts.push(`min ${formatNumber(min)}`, `mean ${formatNumber(mean)}`, `max ${formatNumber(max)}`);
  }
  if (nan > 0) parts.push(`NaN ${nan.toLocaleString("en-US")}${nan === data.length ? " (all)" : ""}`);
  if (infinite > 0) parts.push(`infinite ${infinite.toLocaleString("en-US")}`);
  return parts.join("  ");
}

// On a narrow screen the statistics get a separate line.
function headLines(head: string, name: string | undefined, screen: Screen): string[] {
  const lines = visibleWidth(head) <= screen.columns ? [head] : split(head);
  const [first, ...rest] = lines.map((line) => truncate(line, screen.columns));
  return [name && first.startsWith(name) ? bold(screen, name) + first.slice(name.length) : first, ...rest];
}

function split(head: string): string[] {
  const at = head.search(/ {2}(min|NaN|empty)\b/);
  return at < 0 ? [head] : [head.slice(0, at), head.slice(at + 2)];
}

function numberBlocks({ shape, data }: TensorLike): { cells: Cell[][]; around: CellsOptions }[] {
  const plain = formatColumn(data);
  const width = Math.max(...plain.map((text) => text.length));
  const texts = plain.map((text) => text.padStart(width)); // the same columns in every block
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length >= 2 ? shape.at(-2)! : 1;
  const leading = shape.slice(0, -2);
  return Array.from({ length: sizeOf(leading) }, (_, block) => ({
    cells: Array.from({ length: rows }, (_, y) =>
      Array.from({ length: columns }, (_, x): Cell => {
        const at = (block * rows + y) * columns + x;
        return { text: texts[at], color: Number.isNaN(data[at]) ? NAN_COLOR : undefined };
      })),
    around: leading.length > 0 ? { head: [`[${indexOf(block, leading).join(", ")}]`] } : {},
  }));
}
