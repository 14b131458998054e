/**
 * The matrix product, after Goto and van de Geijn (2008): both factors are packed so that the tiles read them from front
 * to back, and the parts in use stay in the caches. There are two orders:
 *
 * - by columns: a is packed first; each chunk packs a few columns of b and multiplies all rows of a by them;
 * - by rows, when k is small and `out` is therefore the largest of the three: b is packed first; each chunk packs a few
 *   rows of a and goes along the lines of `out`, which suits the processor's prefetching.
 */
import { Matmul } from "./arguments";
import { address, int, scratch } from "./job";
import { CHUNK_COLUMNS, CHUNK_ROWS, EDGE_TILE, K_BLOCK, ROW_GROUP, ZEROS } from "./layout";
import { packColumns, packRows, rowsLeft, tileHeight } from "./pack";
import { tile4, tile5, tile6 } from "./tile";

/** By columns, first job: packs a group of rows of `a`. */
export function packRowsChunk(chunk: i32): void {
  const m = int(Matmul.m), first = chunk * ROW_GROUP, last = min(first + ROW_GROUP, m);
  packRows(address(Matmul.a), m, int(Matmul.k), int(Matmul.transposeA) != 0, address(Matmul.packed), first, last);
}

/** By columns, second job: up to 240 rows × 16 columns of `out`. */
export function byColumnsChunk(chunk: i32): void {
  const m = int(Matmul.m), n = int(Matmul.n), k = int(Matmul.k);
  const groups = (n + CHUNK_COLUMNS - 1) / CHUNK_COLUMNS;
  const firstColumn = (chunk % groups) * CHUNK_COLUMNS, firstRow = chunk / groups * CHUNK_ROWS;
  const lastColumn = min(firstColumn + CHUNK_COLUMNS, n), lastRow = min(firstRow + CHUNK_ROWS, m);
  const blocks = max((k + K_BLOCK - 1) / K_BLOCK, 1), block = (k + blocks - 1) / blocks;
  const panel = scratch(Matmul.scratch, Matmul.scratchSize);
  for (let b = 0; b < blocks; b++) { // at least once: with k = 0 the product is its starting value
    const first = b * block, count = min(block, k - first);
    for (let column = firstColumn; column < lastColumn; column += 8) {
      const columns = min(n - column, 8);
      packColumns(address(Matmul.b), n, k, int(Matmul.transposeB) != 0, panel, column, columns, first, count);
      let row = firstRow;
      while (row < lastRow) {
        const height = tileHeight(row, m);
        const a = address(Matmul.packed) + ((<usize>row * k + <usize>first * height) << 2);
        multiply(height, count, a, panel, row, column, columns, first > 0);
        row += height;
      }
    }
  }
}

/** By rows, first job: packs some columns of `b`. */
export function packColumnsChunk(chunk: i32): void {
  const n = int(Matmul.n), k = int(Matmul.k), first = chunk * CHUNK_COLUMNS, last = min(first + CHUNK_COLUMNS, n);
  for (let column = first; column < last; column += 8) {
    const to = address(Matmul.packed) + (<usize>(column * k) << 2);
    packColumns(address(Matmul.b), n, k, int(Matmul.transposeB) != 0, to, column, min(n - column, 8), 0, k);
  }
}

/** By rows, second job: a group of rows of `out`. */
export function byRowsChunk(chunk: i32): void {
  const m = int(Matmul.m), n = int(Matmul.n), k = int(Matmul.k);
  const first = chunk * ROW_GROUP, last = min(first + ROW_GROUP, m);
  const packed = scratch(Matmul.scratch, Matmul.scratchSize) - (<usize>(first * k) << 2); // where row 0 would be
  packRows(address(Matmul.a), m, k, int(Matmul.transposeA) != 0, packed, first, last);
  let row = first;
  while (row < last) {
    const height = tileHeight(row, m), a = packed + (<usize>(row * k) << 2);
    for (let column = 0; column < n; column += 8) {
      const panel = address(Matmul.packed) + (<usize>(column * k) << 2);
      multiply(height, k, a, panel, row, column, min(n - column, 8), false);
    }
    row += height;
  }
}

/** One tile: what it starts from, and where it goes. `more`: `out` already holds a part of the sum over k. */
function multiply(height: i32, k: i32, a: usize, b: usize, row: i32, column: i32, columns: i32, more: bool): void {
  const n = int(Matmul.n), step = <usize>n << 2, rows = rowsLeft(row, int(Matmul.m), height);
  const out = address(Matmul.out) + ((<usize>row * n + column) << 2), bias = address(Matmul.bias);
  const add = more || int(Matmul.accumulate) != 0;
  const start = bias != 0 && !more ? bias + (<usize>column << 2) : ZEROS;
  if (rows == height && columns == 8) {
    runTile(height, k, a, b, start, out, step, add);
  } else { // at the edge: a whole tile is computed in the scratch, and the part that is inside `out` is copied
    const edge = scratch(Matmul.scratch, Matmul.scratchSize) + <usize>int(Matmul.scratchSize) - EDGE_TILE;
    if (add) copyBlock(out, step, edge, 32, rows, columns);
    runTile(height, k, a, b, start, edge, 32, add);
    copyBlock(edge, 32, out, step, rows, columns);
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
