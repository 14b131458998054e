/** Softmax, row by row; and sums over rows. */
import { Softmax, SoftmaxFloat, SumRows } from "./arguments";
import { exp4 } from "./functions";
import { address, float, int } from "./job";
import { CHUNK_COLUMNS } from "./layout";
import { firstLanes, horizontalSum, madd, put, SUM_BLOCK } from "./vector";

/** Four numbers, of which those beyond the end of the row are replaced by `filler`. */
// @ts-ignore: decorator
@inline
function get(from: usize, left: usize, filler: v128): v128 {
  const v = v128.load(from);
  return left >= 16 ? v : v128.bitselect(v, filler, firstLanes(<i32>left >> 2));
}

/** e^(xⱼ - max) / Σₖ e^(xₖ - max). */
export function softmaxForwardChunk(chunk: i32): void {
  const line = <usize>int(Softmax.columns) << 2, first = chunk * int(Softmax.rowsPerChunk);
  const last = min(first + int(Softmax.rowsPerChunk), int(Softmax.rows));
  const lowest = f32x4.splat(-Infinity), zero = f32x4.splat(0);
  for (let row = first; row < last; row++) {
    const x = address(Softmax.x) + row * line, out = address(Softmax.out) + row * line;
    let largest = f32x4.splat(load<f32>(x));
    for (let i: usize = 0; i < line; i += 16) largest = f32x4.pmax(largest, get(x + i, line - i, lowest));
    largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
    largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 1, 0, 3, 2));
    let sums = zero;
    for (let i: usize = 0; i < line; i += 16) {
      const e = exp4(f32x4.sub(v128.load(x + i), largest));
      put(out + i, e, line - i);
      sums = f32x4.add(sums, line - i >= 16 ? e : v128.and(e, firstLanes(<i32>(line - i) >> 2)));
    }
    const sum = horizontalSum(sums), divisor = f32x4.splat(sum);
    for (let i: usize = 0; i < line; i += 16) put(out + i, f32x4.div(v128.load(out + i), divisor), line - i);
    const statistics = address(Softmax.rowStatistics);
    if (statistics) {
      store<f32>(statistics + (row << 3), sum);
      store<f32>(statistics + (row << 3), f32x4.extract_lane(largest, 0), 4);
    }
  }
}

/** yⱼ (dyⱼ - Σₖ dyₖ yₖ). */
export function softmaxBackwardChunk(chunk: i32): void {
  const line = <usize>int(Softmax.columns) << 2, first = chunk * int(Softmax.rowsPerChunk);
  const last = min(first + int(Softmax.rowsPerChunk), int(Softmax.rows));
  const zero = f32x4.splat(0);
  for (let row = first; row < last; row++) {
    const y = address(Softmax.y) + row * line, gradOut = address(Softmax.gradOut) + row * line;
    const gradX = address(Softmax.gradX) + row * line;
    let sums = zero;
    for (let i: usize = 0; i < line; i += 16) {
      sums = madd(get(y + i, line - i, zero), get(gradOut + i, line - i, zero), sums);
    }
    const mean = f32x4.splat(horizontalSum(sums));
    for (let i: usize = 0; i < line; i += 16) {
      put(gradX + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(gradOut + i), mean)), line - i);
    }
  }
}

/** scale · x, for cross entropy: the one number of each row that differs is set by the caller. */
export function scaleChunk(chunk: i32): void {
  const line = <usize>int(Softmax.columns) << 2, first = chunk * int(Softmax.rowsPerChunk);
  const rows = min(int(Softmax.rowsPerChunk), int(Softmax.rows) - first), bytes = <usize>rows * line;
  const x = address(Softmax.x) + first * line, out = address(Softmax.out) + first * line;
  const scale = f32x4.splat(float(SoftmaxFloat.scale));
  for (let i: usize = 0; i < bytes; i += 16) put(out + i, f32x4.mul(v128.load(x + i), scale), bytes - i);
}

/** out[j] += Σᵢ x[i, j], 16 columns in a chunk. */
export function sumRowsChunk(chunk: i32): void {
  const rows = int(SumRows.rows), line = <usize>int(SumRows.columns) << 2;
  const begin: usize = chunk * CHUNK_COLUMNS << 2, end = min(begin + (CHUNK_COLUMNS << 2), line);
  for (let j = begin; j < end; j += 16) {
    let x = address(SumRows.x) + j, total = f32x4.splat(0);
    for (let i = 0; i < rows;) {
      let sum = f32x4.splat(0);
      for (const end = min(i + SUM_BLOCK, rows); i < end; i++) {
        sum = f32x4.add(sum, v128.load(x));
        x += line;
      }
      total = f32x4.add(total, sum);
    }
    const to = address(SumRows.out) + j;
    put(to, f32x4.add(v128.load(to), total), line - j);
  }
}
