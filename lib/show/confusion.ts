/** Shows what was taken for what. */
import { type Cell, type CellsOptions, cellsSvg, cellsText } from "./cells.ts";
import { blues } from "./color.ts";
import { brief } from "./expect_tensor.ts";
import { formatPercent } from "./format.ts";
import { Picture } from "./picture.ts";
import { isNumbers, isTensorLike, type TensorLike } from "./tensor_like.ts";

/** How to label the matrix. */
export interface ConfusionOptions {
  /** A line above it. */
  title?: string;
  /** What the classes are called; 0, 1, 2, … otherwise. */
  labels?: readonly (string | number)[];
  /** How many of the most common mistakes are named; 3 otherwise. */
  worst?: number;
}

/**
 * A confusion matrix: a row for each truth, a column for each prediction, the right ones in brackets on the diagonal.
 * Below stand the accuracy and the most common mistakes.
 *
 * @throws {RangeError} when the matrix is not square or holds something else than counts
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const text = confusion([[48, 2], [0, 50]], { labels: ["cat", "dog"] }).text();
 * assertStringIncludes(text, "[48]");
 * assertStringIncludes(text, "cat taken for dog: 2 times (4.0 % of them)");
 * ```
 */
export function confusion(matrix: TensorLike | readonly ArrayLike<number>[], options: ConfusionOptions = {}): Picture {
  const counts = rowsOf(matrix);
  const odd = counts.flat().find((n) => !(n >= 0 && n < Infinity));
  if (odd !== undefined) throw new RangeError(`confusion takes counts, 0 or more, and got ${odd}`);
  const size = counts.length;
  const names = Array.from({ length: size }, (_, i) => String(options.labels?.[i] ?? i));
  const sums = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
  const total = sums.reduce((sum, n) => sum + n, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  const cells = counts.map((row, i): Cell[] => [
    ...row.map((n, j): Cell => ({
      text: n === 0 && i !== j ? "·" : String(n),
      // Mistakes are few beside what is right: the root lets them be seen.
      color: n === 0 ? undefined : blues(0.15 + 0.6 * Math.sqrt(n / Math.max(1, sums[i]))),
      marked: i === j,
    })),
    { text: sums[i] === 0 ? "–" : formatPercent(row[i] / sums[i], 1) },
  ]);
  const head = options.title === undefined ? [] : [options.title];
  const foot = [
    `${right.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} right, ${formatPercent(right / total)}`,
    ...worst(counts, sums, names, options.worst ?? 3),
  ];
  const around: CellsOptions = {
    rows: names,
    columns: [...names, "right"],
    rowTitle: "truth",
    columnTitle: "prediction",
    head,
    foot,
  };
  return new Picture({
    text: (screen) => cellsText(cells, screen, around),
    svg: () => cellsSvg(cells, options.title ?? "a confusion matrix", around),
  });
}

function worst(counts: number[][], sums: number[], names: readonly string[], limit: number): string[] {
  return counts.flatMap((row, i) => row.map((n, j) => ({ n, i, j })))
    .filter(({ n, i, j }) => i !== j && n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, limit)
    .map(({ n, i, j }) =>
      `${names[i]} taken for ${names[j]}: ${n} ${n === 1 ? "time" : "times"} (${formatPercent(n / sums[i], 1)} of them)`
    );
}

function rowsOf(matrix: TensorLike | readonly ArrayLike<number>[]): number[][] {
  if (isTensorLike(matrix)) {
    const [rows, columns] = matrix.shape;
    if (matrix.shape.length === 2 && rows === columns && rows > 0) {
      const { data } = matrix;
      return Array.from({ length: rows }, (_, i) => Array.from({ length: rows }, (_, j) => data[i * rows + j]));
    }
    throw new RangeError(
      `confusion takes a square matrix, rows truth and columns prediction, and got [${matrix.shape}]`,
    );
  }
  if (!Array.isArray(matrix) || !matrix.every(isNumbers)) {
    throw new TypeError(`confusion takes a tensor or rows of numbers, and got ${brief(matrix)}`);
  }
  const uneven = matrix.findIndex((row) => row.length !== matrix.length);
  if (matrix.length === 0 || uneven >= 0) {
    const found = matrix.length === 0
      ? "no rows"
      : `${matrix.length} rows with ${matrix[uneven].length} numbers in row ${uneven}`;
    throw new RangeError(`confusion takes a square matrix, rows truth and columns prediction, and got ${found}`);
  }
  return matrix.map((row) => Array.from(row as ArrayLike<number>));
}
