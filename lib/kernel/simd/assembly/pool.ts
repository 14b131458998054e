/**
 * Pooling. Windows of 2 × 2 side by side, the usual ones, go four at a time without a branch; all others one by one.
 *
 * Arguments: 1 and 2 the arrays that are read (x; gradOut, indices), 3 and 4 those that are written (out, indices; gradX),
 * 5 planes, 6 planes a chunk, 7, 8 height and width, 9, 10 of the window, 11, 12 its steps, 13, 14 of the output.
 */
import { address, int } from "./job";
import { SUM_BLOCK } from "./vector";

// @ts-ignore: decorator
@inline
function pairsOfTwo(): bool {
  return int(9) == 2 && int(10) == 2 && int(11) == 2 && int(12) == 2 && int(14) >= 4;
}

/** Whether `value` takes the place of `best`: it is larger, or the first NaN. */
// @ts-ignore: decorator
@inline
function wins(value: v128, best: v128): v128 {
  return v128.andnot(f32x4.eq(best, best), f32x4.le(value, best));
}

/** Chunk by chunk: the maxima of some planes, and where they stood. */
export function maxForwardChunk(chunk: i32): void {
  const first = chunk * int(6), last = min(first + int(6), int(5));
  const inPlane = <usize>(int(7) * int(8)) << 2, outPlane = <usize>(int(13) * int(14)) << 2;
  for (let p = first; p < last; p++) {
    const x = address(1) + p * inPlane, out = address(3) + p * outPlane, indices = address(4) + p * outPlane;
    if (pairsOfTwo()) maxPairs(x, out, indices);
    else maxWindows(x, out, indices);
  }
}

function maxPairs(x: usize, out: usize, indices: usize): void {
  const width = int(8), line = <usize>width << 2, rows = int(13), columns = int(14);
  const right = i32x4.splat(1), under = i32x4.splat(width), across = i32x4.splat(width + 1);
  const steps = i32x4(0, 2, 4, 6);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j += 4) {
      const column = min(j, columns - 4), corner = row * 2 * width + column * 2;
      const p = x + (<usize>corner << 2), q = p + line;
      const above0 = v128.load(p), above1 = v128.load(p, 16), below0 = v128.load(q), below1 = v128.load(q, 16);
      let best = v128.shuffle<f32>(above0, above1, 0, 2, 4, 6);
      let value = v128.shuffle<f32>(above0, above1, 1, 3, 5, 7), better = wins(value, best);
      best = v128.bitselect(value, best, better);
      let found = v128.and(right, better);
      value = v128.shuffle<f32>(below0, below1, 0, 2, 4, 6), better = wins(value, best);
      best = v128.bitselect(value, best, better);
      found = v128.bitselect(under, found, better);
      value = v128.shuffle<f32>(below0, below1, 1, 3, 5, 7), better = wins(value, best);
      best = v128.bitselect(value, best, better);
      found = v128.bitselect(across, found, better);
      v128.store(out + (column << 2), best);
      v128.store(indices + (column << 2), i32x4.add(found, i32x4.add(i32x4.splat(corner), steps)));
    }
    out += <usize>columns << 2;
    indices += <usize>columns << 2;
  }
}

function maxWindows(x: usize, out: usize, indices: usize): void {
  const width = int(8);
  for (let row = 0; row < int(13); row++) {
    for (let column = 0; column < int(14); column++) {
      let where = row * int(11) * width + column * int(12);
      const corner = where;
      let best = load<f32>(x + (<usize>corner << 2));
      for (let ky = 0; ky < int(9); ky++) {
        for (let kx = 0; kx < int(10); kx++) {
          const at = corner + ky * width + kx;
          const value = load<f32>(x + (<usize>at << 2));
          if (value > best || (value != value && best == best)) {
            best = value;
            where = at;
          }
        }
      }
      store<f32>(out, best);
      store<i32>(indices, where);
      out += 4, indices += 4;
    }
  }
}

/** Chunk by chunk: every gradient goes where its maximum stood. */
export function maxBackwardChunk(chunk: i32): void {
  const first = chunk * int(6), last = min(first + int(6), int(5));
  const inPlane = <usize>(int(7) * int(8)) << 2, outCount = int(13) * int(14), outPlane = <usize>outCount << 2;
  const covered = pairsOfTwo() && int(7) == 2 * int(13) && int(8) == 2 * int(14);
  for (let p = first; p < last; p++) {
    const gradOut = address(1) + p * outPlane, indices = address(2) + p * outPlane, gradX = address(3) + p * inPlane;
    if (!covered) memory.fill(gradX, 0, inPlane);
    if (pairsOfTwo()) spreadPairs(gradOut, indices, gradX);
    else {
      for (let i: usize = 0; i < outPlane; i += 4) {
        const to = gradX + (<usize>load<i32>(indices + i) << 2);
        store<f32>(to, load<f32>(to) + load<f32>(gradOut + i));
      }
    }
  }
}

function spreadPairs(gradOut: usize, indices: usize, gradX: usize): void {
  const width = int(8), line = <usize>width << 2, rows = int(13), columns = int(14);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j += 4) {
      const column = min(j, columns - 4), corner = row * 2 * width + column * 2;
      const g = v128.load(gradOut + (column << 2)), found = v128.load(indices + (column << 2));
      const where = i32x4.add(i32x4.splat(corner), i32x4(0, 2, 4, 6));
      const p = gradX + (<usize>corner << 2), q = p + line;
      storePairs(p, g, i32x4.sub(found, where), 0, 1);
      storePairs(q, g, i32x4.sub(found, where), width, width + 1);
    }
    gradOut += <usize>columns << 2;
    indices += <usize>columns << 2;
  }
}

/** Eight pixels of one row: `g` where the maximum stood `left` or `right` after the corner, else zero. */
// @ts-ignore: decorator
@inline
function storePairs(p: usize, g: v128, distance: v128, left: i32, right: i32): void {
  const even = v128.and(g, i32x4.eq(distance, i32x4.splat(left)));
  const odd = v128.and(g, i32x4.eq(distance, i32x4.splat(right)));
  v128.store(p, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(p, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
}

/** Chunk by chunk: the mean of each window. */
export function averageForwardChunk(chunk: i32): void {
  const first = chunk * int(6), last = min(first + int(6), int(5)), width = int(8), rows = int(9), columns = int(10);
  const share: f32 = <f32>(1.0 / <f64>(rows * columns)), large = rows * columns > SUM_BLOCK;
  let out = address(3) + (<usize>(first * int(13) * int(14)) << 2);
  for (let p = first; p < last; p++) {
    for (let row = 0; row < int(13); row++) {
      for (let column = 0; column < int(14); column++) {
        const corner = address(1) + (<usize>((p * int(7) + row * int(11)) * width + column * int(12)) << 2);
        const sum = large ? sumBlocks(corner, rows, columns, width) : sumRows(corner, rows, columns, width);
        store<f32>(out, sum * share);
        out += 4;
      }
    }
  }
}

/** The sum of some rows of a window. */
// @ts-ignore: decorator
@inline
function sumRows(at: usize, rows: i32, columns: i32, width: i32): f32 {
  let sum: f32 = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) sum += load<f32>(at + (x << 2));
    at += <usize>width << 2;
  }
  return sum;
}

function sumBlocks(corner: usize, rows: i32, columns: i32, width: i32): f32 {
  const block = max(SUM_BLOCK / columns, 1); // rows
  let sum: f64 = 0;
  for (let y = 0; y < rows; y += block) {
    sum += <f64>sumRows(corner + (<usize>(y * width) << 2), min(block, rows - y), columns, width);
  }
  return <f32>sum;
}

/** Chunk by chunk: each gradient in equal shares to its window. */
export function averageBackwardChunk(chunk: i32): void {
  const first = chunk * int(6), last = min(first + int(6), int(5)), width = int(8);
  const share: f32 = <f32>(1.0 / <f64>(int(9) * int(10)));
  const plane = <usize>(int(7) * width) << 2;
  memory.fill(address(3) + first * plane, 0, (last - first) * plane);
  let from = address(1) + (<usize>(first * int(13) * int(14)) << 2);
  for (let p = first; p < last; p++) {
    for (let row = 0; row < int(13); row++) {
      for (let column = 0; column < int(14); column++) {
        const corner = (p * int(7) + row * int(11)) * width + column * int(12);
        const value = load<f32>(from) * share;
        for (let ky = 0; ky < int(9); ky++) {
          let at = address(3) + (<usize>(corner + ky * width) << 2);
          for (let kx = 0; kx < int(10); kx++, at += 4) store<f32>(at, load<f32>(at) + value);
        }
        from += 4;
      }
    }
  }
}
