/**
 * The matrix product, in the manner of Goto and van de Geijn (2008): both factors are packed so that the tiles read them
 * from front to back, and the parts in use stay in the caches. There are two orders:
 *
 * - by columns: a is packed first; each chunk packs a few columns of b, and takes them through the rows of a;
 * - by rows, when k is short and `out` therefore the largest of the three: b is packed first; each chunk packs a few rows
 *   of a, and walks along the lines of `out`, as the processor expects when it fetches memory ahead.
 *
 * Arguments: 1 a, 2 b, 3 out, 4 bias (or 0), 5 m, 6 n, 7 k, 8 flags (1 a transposed, 2 b transposed, 4 accumulate),
 * 9 what was packed first, 10 and 11 scratch.
 */
import { address, int, scratch } from "./job";
import { CHUNK_COLUMNS, CHUNK_ROWS, K_BLOCK, ROW_GROUP, ZEROS } from "./layout";
import { packColumns, packRows, rowsLeft, tileHeight } from "./pack";
import { tile4, tile5, tile6 } from "./tile";

/** By columns, first: chunk by chunk a group of rows of `a` is packed. */
export function packRowsChunk(chunk: i32): void {
  const m = int(5), first = chunk * ROW_GROUP;
  packRows(address(1), m, int(7), (int(8) & 1) != 0, address(9), first, min(first + ROW_GROUP, m));
}

/** By columns, then: chunk by chunk up to 240 rows × 16 columns of `out`. */
export function byColumnsChunk(chunk: i32): void {
  const m = int(5), n = int(6), k = int(7);
  const groups = (n + CHUNK_COLUMNS - 1) / CHUNK_COLUMNS;
  const firstColumn = (chunk % groups) * CHUNK_COLUMNS, firstRow = chunk / groups * CHUNK_ROWS;
  const lastColumn = min(firstColumn + CHUNK_COLUMNS, n), lastRow = min(firstRow + CHUNK_ROWS, m);
  const blocks = max((k + K_BLOCK - 1) / K_BLOCK, 1), block = (k + blocks - 1) / blocks, panel = scratch(10);
  for (let b = 0; b < blocks; b++) { // at least once: with k = 0 the product is its starting value
    const first = b * block, count = min(block, k - first);
    for (let column = firstColumn; column < lastColumn; column += 8) {
      const columns = min(n - column, 8);
      packColumns(address(2), n, k, (int(8) & 2) != 0, panel, column, columns, first, count);
      let row = firstRow;
      while (row < lastRow) {
        const height = tileHeight(row, m);
        const a = address(9) + ((<usize>row * k + <usize>first * height) << 2);
        multiply(height, count, a, panel, row, column, columns, first > 0);
        row += height;
      }
    }
  }
}

/** By rows, first: chunk by chunk some columns of `b` are packed. */
export function packColumnsChunk(chunk: i32): void {
  const n = int(6), k = int(7), first = chunk * CHUNK_COLUMNS, last = min(first + CHUNK_COLUMNS, n);
  for (let column = first; column < last; column += 8) {
    const to = address(9) + (<usize>(column * k) << 2);
    packColumns(address(2), n, k, (int(8) & 2) != 0, to, column, min(n - column, 8), 0, k);
  }
}

/** By rows, then: chunk by chunk a group of rows of `out`. */
export function byRowsChunk(chunk: i32): void {
  const m = int(5), n = int(6), k = int(7), first = chunk * ROW_GROUP, last = min(first + ROW_GROUP, m);
  const packed = scratch(10) - (<usize>(first * k) << 2); // where row 0 would lie
  packRows(address(1), m, k, (int(8) & 1) != 0, packed, first, last);
  let row = first;
  while (row < last) {
    const height = tileHeight(row, m), a = packed + (<usize>(row * k) << 2);
    for (let column = 0; column < n; column += 8) {
      const panel = address(9) + (<usize>(column * k) << 2);
      multiply(height, k, a, panel, row, column, min(n - column, 8), false);
    }
    row += height;
  }
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
