/**
 * The matrix product, in the manner of Goto and van de Geijn (2008): a packed once, b packed a few columns at a time into
 * the first cache, and each pair multiplied tile by tile.
 *
 * Arguments: 1 a, 2 b, 3 out, 4 bias (or 0), 5 m, 6 n, 7 k, 8 flags (1 a transposed, 2 b transposed, 4 accumulate),
 * 9 packed a, 10 and 11 scratch.
 */
import { address, int, scratch } from "./job";
import { CHUNK_COLUMNS, CHUNK_ROWS, K_BLOCK, ROW_GROUP, ZEROS } from "./layout";
import { packColumns, packRows, rowsLeft, tileHeight } from "./pack";
import { tile4, tile5, tile6 } from "./tile";

/** Chunk by chunk: a group of rows of `a` is packed. */
export function packChunk(chunk: i32): void {
  const m = int(5), first = chunk * ROW_GROUP;
  packRows(address(1), m, int(7), (int(8) & 1) != 0, address(9), first, min(first + ROW_GROUP, m));
}

/** Chunk by chunk: up to 240 rows × 16 columns of `out`. */
export function matmulChunk(chunk: i32): void {
  const m = int(5), n = int(6), k = int(7), flags = int(8);
  const b = address(2), panels = scratch(10);
  const groups = (n + CHUNK_COLUMNS - 1) / CHUNK_COLUMNS;
  const column = (chunk % groups) * CHUNK_COLUMNS, firstRow = chunk / groups * CHUNK_ROWS;
  const lastRow = min(firstRow + CHUNK_ROWS, m);
  const left = min(n - column, 8), right = min(n - column - 8, 8);
  const blocks = (k + K_BLOCK - 1) / K_BLOCK, block = (k + blocks - 1) / max(blocks, 1);
  let first = 0;
  do { // at least once: with k = 0 the product is its starting value
    const count = min(block, k - first), second = panels + (<usize>count << 5);
    packColumns(b, n, k, (flags & 2) != 0, panels, column, left, first, count);
    if (right > 0) packColumns(b, n, k, (flags & 2) != 0, second, column + 8, right, first, count);
    let row = firstRow;
    while (row < lastRow) {
      const height = tileHeight(row, m);
      const a = address(9) + ((<usize>row * k + <usize>first * height) << 2);
      multiply(height, count, a, panels, row, column, left, first > 0);
      if (right > 0) multiply(height, count, a, second, row, column + 8, right, first > 0);
      row += height;
    }
    first += block;
  } while (first < k);
}

/** One tile: what it starts from, and where it goes. `more`: a part of the sum over k is in `out` already. */
function multiply(height: i32, k: i32, a: usize, b: usize, row: i32, column: i32, columns: i32, more: bool): void {
  const n = int(6), step = <usize>n << 2, rows = rowsLeft(row, int(5), height);
  const out = address(3) + ((<usize>row * n + column) << 2), bias = address(4);
  const add = more || (int(8) & 4) != 0;
  const start = bias != 0 && !more ? bias + (<usize>column << 2) : ZEROS;
  if (rows == height && columns == 8) {
    runTile(height, k, a, b, start, out, step, add);
  } else { // at the edge: a whole tile is computed aside, and what belongs to `out` is copied
    const aside = scratch(10) + <usize>int(11) - 256;
    if (add) copyBlock(out, step, aside, 32, rows, columns);
    runTile(height, k, a, b, start, aside, 32, add);
    copyBlock(aside, 32, out, step, rows, columns);
  }
}

// @ts-ignore: decorator
@inline
function runTile(height: i32, k: i32, a: usize, b: usize, init: usize, c: usize, step: usize, add: bool): void {
  if (height == 5) tile5(k, a, b, init, c, step, add);
  else if (height == 4) tile4(k, a, b, init, c, step, add);
  else tile6(k, a, b, init, c, step, add);
}

/** Copies a small block, row by row. */
export function copyBlock(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + (j << 2), load<f32>(from + (j << 2)));
    from += fromStep;
    to += toStep;
  }
}
