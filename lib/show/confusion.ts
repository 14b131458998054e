/** Shows a confusion matrix: which classes are mistaken for which. */
import { expectNumbers } from "../tensor/expect_number.ts";
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
  /** The names of the classes; 0, 1, 2, … by default. */
  labels?: readonly (string | number)[];
  /** How many of the most common mistakes to list; 3 by default. */
  worst?: number;
}

/**
 * A confusion matrix: a row for each label, a column for each prediction, and the correct ones in brackets on the
 * diagonal. Below it are the accuracy and the most common mistakes.
 *
 * @throws {RangeError} If the matrix is not square or holds anything but counts.
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
  expectNumbers("confusion", { worst: options.worst });
  const counts = rowsOf(matrix);
  const odd = counts.flat().find((n) => !(n >= 0 && n < Infinity));
  if (odd !== undefined) throw new RangeError(`confusion takes counts of at least 0 and got ${odd}`);
  const size = counts.length;
  const names = Array.from({ length: size }, (_, i) => String(options.labels?.[i] ?? i));
  const sums = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
  const total = sums.reduce((sum, n) => sum + n, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  const cells = counts.map((row, i): Cell[] => [
    ...row.map((n, j): Cell => ({
      text: n === 0 && i !== j ? "·" : String(n),
      // Mistakes are few beside correct predictions: the root makes them visible.
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
      `confusion takes a square matrix, a row for each label and a column for each prediction, and got [${matrix.shape}]`,
    );
  }
  if (!Array.isArray(matrix) || !matrix.every(isNumbers)) {
    throw new TypeError(`confusion takes a tensor or rows of numbers and got ${brief(matrix)}`);
  }
  const uneven = matrix.findIndex((row) => row.length !== matrix.length);
  if (matrix.length === 0 || uneven >= 0) {
    const found = matrix.length === 0
      ? "no rows"
      : `${matrix.length} rows with ${matrix[uneven].length} numbers in row ${uneven}`;
    throw new RangeError(
      `confusion takes a square matrix, a row for each label and a column for each prediction, and got ${found}`,
    );
  }
  return matrix.map((row) => Array.from(row as ArrayLike<number>));
}
