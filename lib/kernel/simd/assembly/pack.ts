/** Packing: matrices rearranged so that the tiles of the product read them from front to back. */
import { ROW_GROUP } from "./layout";
import { transpose4 } from "./vector";

/**
 * The height of the tile that begins at row `row` of `rows`. Rows are cut into tiles of five as far as possible, of four
 * or six where that divides better; a last tile with fewer than four rows is filled up with zeros.
 */
export function tileHeight(row: i32, rows: i32): i32 {
  const rest = min(rows - row, ROW_GROUP - row % ROW_GROUP);
  if (rest % 5 == 0) return 5;
  return rest == 6 || rest == 11 ? 6 : 4;
}

/** How many rows there are from `row` on, at most `height`. */
// @ts-ignore: decorator
@inline
export function rowsLeft(row: i32, rows: i32, height: i32): i32 {
  return min(rows - row, height);
}

/**
 * Packs the rows from `first` up to but not including `last` of a matrix `[rows, k]` (or `[k, rows]`, if transposed) into
 * tiles: tile by tile, within a tile step by step of k, for each step the rows of the tile. The tile that begins at row r
 * is at `to + 4 · r · k`.
 */
export function packRows(a: usize, rows: i32, k: i32, transposed: bool, to: usize, first: i32, last: i32): void {
  let row = first;
  while (row < last) {
    const height = tileHeight(row, rows);
    const p = to + ((<usize>row * k) << 2);
    if (row + height > rows) packPartial(a, rows, k, transposed, p, row, height);
    else if (transposed) packSlices(a + (<usize>row << 2), rows, k, p, height);
    else packTile(a + ((<usize>row * k) << 2), k, p, height);
    row += height;
  }
}

function packPartial(a: usize, rows: i32, k: i32, transposed: bool, to: usize, row: i32, height: i32): void {
  for (let p = 0; p < k; p++) {
    for (let i = row; i < row + height; i++) {
      const at = transposed ? <usize>p * rows + i : <usize>i * k + p;
      store<f32>(to, i < rows ? load<f32>(a + (at << 2)) : 0);
      to += 4;
    }
  }
}

/** The rows are stored as columns: for each k, their numbers are already neighbors. */
function packSlices(a: usize, rows: i32, k: i32, to: usize, height: i32): void {
  const end = to + ((<usize>k * height) << 2), step = <usize>rows << 2;
  while (to < end) {
    v128.store(to, v128.load(a));
    if (height >= 5) store<f32>(to, load<f32>(a, 16), 16);
    if (height == 6) store<f32>(to, load<f32>(a, 20), 20);
    to += <usize>height << 2;
    a += step;
  }
}

function packTile(a: usize, k: i32, to: usize, height: i32): void {
  const line = <usize>k << 2, step = <usize>height << 2;
  const a1 = line, a2 = 2 * line, a3 = 3 * line, a4 = 4 * line, a5 = 5 * line;
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    transpose4(a, a + a1, a + a2, a + a3, to, step);
    if (height >= 5) copyFour(a + a4, to + 16, step);
    if (height == 6) copyFour(a + a5, to + 20, step);
    a += 16;
    to += 4 * step;
  }
  for (; p < k; p++) {
    for (let i = 0; i < height; i++) store<f32>(to + (i << 2), load<f32>(a + i * line));
    a += 4;
    to += step;
  }
}

// @ts-ignore: decorator
@inline
function copyFour(from: usize, to: usize, step: usize): void {
  store<f32>(to, load<f32>(from));
  store<f32>(to + step, load<f32>(from, 4));
  store<f32>(to + 2 * step, load<f32>(from, 8));
  store<f32>(to + 3 * step, load<f32>(from, 12));
}

/**
 * Packs `columns` columns of `b` from `column` on (8, or fewer at the edge: the rest is zero), for `count` steps of k
 * from `first` on: for each k, its 8 numbers. `b` is `[k, n]`, or `[n, k]` if transposed.
 */
export function packColumns(
  b: usize,
  n: i32,
  k: i32,
  transposed: bool,
  to: usize,
  column: i32,
  columns: i32,
  first: i32,
  count: i32,
): void {
  if (columns < 8) packNarrow(b, n, k, transposed, to, column, columns, first, count);
  else if (transposed) packLines(b + ((<usize>column * k + first) << 2), k, to, count);
  else {
    let from = b + ((<usize>first * n + column) << 2);
    const end = to + (<usize>count << 5), step = <usize>n << 2;
    while (to < end) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += step;
      to += 32;
    }
  }
}

function packNarrow(
  b: usize,
  n: i32,
  k: i32,
  transposed: bool,
  to: usize,
  column: i32,
  columns: i32,
  first: i32,
  count: i32,
): void {
  for (let p = first; p < first + count; p++) {
    for (let j = 0; j < 8; j++) {
      const at = transposed ? <usize>(column + j) * k + p : <usize>p * n + column + j;
      store<f32>(to, j < columns ? load<f32>(b + (at << 2)) : 0);
      to += 4;
    }
  }
}

/** Eight lines of a transposed `b` become columns. */
function packLines(b: usize, k: i32, to: usize, count: i32): void {
  const line = <usize>k << 2;
  const lower = b + 4 * line;
  let p = 0;
  for (; p + 4 <= count; p += 4) {
    const o = <usize>p << 2;
    transpose4(b + o, b + line + o, b + 2 * line + o, b + 3 * line + o, to, 32);
    transpose4(lower + o, lower + line + o, lower + 2 * line + o, lower + 3 * line + o, to + 16, 32);
    to += 128;
  }
  for (; p < count; p++) {
    for (let j = 0; j < 8; j++) store<f32>(to + (j << 2), load<f32>(b + j * line + (<usize>p << 2)));
    to += 32;
  }
}
