/**
 * Pooling. The most common windows, 2 × 2 with a stride of 2, are computed four at a time without a branch; all others one
 * by one.
 */
import { Pool } from "./arguments";
import { address, int } from "./job";
import { SUM_BLOCK } from "./vector";

/** Whether the windows are 2 × 2 with a stride of 2, and each row has four or more. */
// @ts-ignore: decorator
@inline
function twoByTwo(): bool {
  const kernel = int(Pool.kernelHeight) == 2 && int(Pool.kernelWidth) == 2;
  return kernel && int(Pool.strideHeight) == 2 && int(Pool.strideWidth) == 2 && int(Pool.outWidth) >= 4;
}

/** Whether such windows cover all of a plane. */
// @ts-ignore: decorator
@inline
function covered(): bool {
  return twoByTwo() && int(Pool.height) == 2 * int(Pool.outHeight) && int(Pool.width) == 2 * int(Pool.outWidth);
}

/** The first plane of a chunk. */
// @ts-ignore: decorator
@inline
function firstPlane(chunk: i32): i32 {
  return chunk * int(Pool.planesPerChunk);
}

/** The end of a chunk's planes: the first one after them. */
// @ts-ignore: decorator
@inline
function endPlane(chunk: i32): i32 {
  return min(firstPlane(chunk) + int(Pool.planesPerChunk), int(Pool.planes));
}

/** Whether `value` replaces `best`: it is larger, or it is the first NaN. */
// @ts-ignore: decorator
@inline
function wins(value: v128, best: v128): v128 {
  return v128.andnot(f32x4.eq(best, best), f32x4.le(value, best));
}

/** The maxima of a chunk's planes, and where they are. */
export function maxForwardChunk(chunk: i32): void {
  const inPlane = <usize>(int(Pool.height) * int(Pool.width)) << 2;
  const outPlane = <usize>(int(Pool.outHeight) * int(Pool.outWidth)) << 2;
  for (let p = firstPlane(chunk), end = endPlane(chunk); p < end; p++) {
    const x = address(Pool.x) + p * inPlane;
    const out = address(Pool.out) + p * outPlane, indices = address(Pool.indices) + p * outPlane;
    if (twoByTwo()) maxPairs(x, out, indices);
    else maxWindows(x, out, indices);
  }
}

function maxPairs(x: usize, out: usize, indices: usize): void {
  const width = int(Pool.width), line = <usize>width << 2, rows = int(Pool.outHeight), columns = int(Pool.outWidth);
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
  const width = int(Pool.width);
  for (let row = 0; row < int(Pool.outHeight); row++) {
    for (let column = 0; column < int(Pool.outWidth); column++) {
      let where = row * int(Pool.strideHeight) * width + column * int(Pool.strideWidth);
      const corner = where;
      let best = load<f32>(x + (<usize>corner << 2));
      for (let ky = 0; ky < int(Pool.kernelHeight); ky++) {
        for (let kx = 0; kx < int(Pool.kernelWidth); kx++) {
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

/** Every gradient goes to where its maximum was. */
export function maxBackwardChunk(chunk: i32): void {
  const inPlane = <usize>(int(Pool.height) * int(Pool.width)) << 2;
  const outPlane = <usize>(int(Pool.outHeight) * int(Pool.outWidth)) << 2;
  for (let p = firstPlane(chunk), end = endPlane(chunk); p < end; p++) {
    const gradOut = address(Pool.gradOut) + p * outPlane, indices = address(Pool.indices) + p * outPlane;
    const gradX = address(Pool.gradX) + p * inPlane;
    if (!covered()) memory.fill(gradX, 0, inPlane);
    if (twoByTwo()) scatterPairs(gradOut, indices, gradX);
    else {
      for (let i: usize = 0; i < outPlane; i += 4) {
        const to = gradX + (<usize>load<i32>(indices + i) << 2);
        store<f32>(to, load<f32>(to) + load<f32>(gradOut + i));
      }
    }
  }
}

function scatterPairs(gradOut: usize, indices: usize, gradX: usize): void {
  const width = int(Pool.width), line = <usize>width << 2, rows = int(Pool.outHeight), columns = int(Pool.outWidth);
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

/** Eight pixels of one row: `g` where the maximum is `left` or `right` pixels after the corner, else zero. */
// @ts-ignore: decorator
@inline
function storePairs(p: usize, g: v128, distance: v128, left: i32, right: i32): void {
  const even = v128.and(g, i32x4.eq(distance, i32x4.splat(left)));
  const odd = v128.and(g, i32x4.eq(distance, i32x4.splat(right)));
  v128.store(p, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(p, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
}

/** The mean of each window. */
export function averageForwardChunk(chunk: i32): void {
  const inPlane = <usize>(int(Pool.height) * int(Pool.width)) << 2;
  const outPlane = <usize>(int(Pool.outHeight) * int(Pool.outWidth)) << 2;
  for (let p = firstPlane(chunk), end = endPlane(chunk); p < end; p++) {
    const x = address(Pool.x) + p * inPlane, out = address(Pool.out) + p * outPlane;
    if (twoByTwo()) averagePairs(x, out);
    else averageWindows(x, out);
  }
}

function averagePairs(x: usize, out: usize): void {
  const line = <usize>int(Pool.width) << 2, rows = int(Pool.outHeight), columns = int(Pool.outWidth);
  const quarter = f32x4.splat(0.25);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j += 4) {
      const column = <usize>min(j, columns - 4), p = x + (column << 3), q = p + line;
      const left = f32x4.add(v128.load(p), v128.load(q)), right = f32x4.add(v128.load(p, 16), v128.load(q, 16));
      const even = v128.shuffle<f32>(left, right, 0, 2, 4, 6), odd = v128.shuffle<f32>(left, right, 1, 3, 5, 7);
      v128.store(out + (column << 2), f32x4.mul(quarter, f32x4.add(even, odd)));
    }
    x += 2 * line;
    out += <usize>columns << 2;
  }
}

function averageWindows(x: usize, out: usize): void {
  const width = int(Pool.width), rows = int(Pool.kernelHeight), columns = int(Pool.kernelWidth);
  const share: f32 = <f32>(1.0 / <f64>(rows * columns)), large = rows * columns > SUM_BLOCK;
  for (let row = 0; row < int(Pool.outHeight); row++) {
    for (let column = 0; column < int(Pool.outWidth); column++) {
      const corner = x + (<usize>(row * int(Pool.strideHeight) * width + column * int(Pool.strideWidth)) << 2);
      const sum = large ? sumBlocks(corner, rows, columns, width) : sumRows(corner, rows, columns, width);
      store<f32>(out, sum * share);
      out += 4;
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

/** Each gradient in equal shares to its window. */
export function averageBackwardChunk(chunk: i32): void {
  const inPlane = <usize>(int(Pool.height) * int(Pool.width)) << 2;
  const outPlane = <usize>(int(Pool.outHeight) * int(Pool.outWidth)) << 2;
  for (let p = firstPlane(chunk), end = endPlane(chunk); p < end; p++) {
    const gradOut = address(Pool.gradOut) + p * outPlane, gradX = address(Pool.gradX) + p * inPlane;
    if (!covered()) memory.fill(gradX, 0, inPlane);
    if (twoByTwo()) spreadPairs(gradOut, gradX);
    else spreadWindows(gradOut, gradX);
  }
}

function spreadPairs(gradOut: usize, gradX: usize): void {
  const line = <usize>int(Pool.width) << 2, rows = int(Pool.outHeight), columns = int(Pool.outWidth);
  const quarter = f32x4.splat(0.25);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j += 4) {
      const column = <usize>min(j, columns - 4), p = gradX + (column << 3), q = p + line;
      const g = f32x4.mul(quarter, v128.load(gradOut + (column << 2)));
      const left = v128.shuffle<f32>(g, g, 0, 0, 1, 1), right = v128.shuffle<f32>(g, g, 2, 2, 3, 3);
      v128.store(p, left);
      v128.store(p, right, 16);
      v128.store(q, left);
      v128.store(q, right, 16);
    }
    gradX += 2 * line;
    gradOut += <usize>columns << 2;
  }
}

function spreadWindows(gradOut: usize, gradX: usize): void {
  const width = int(Pool.width), share: f32 = <f32>(1.0 / <f64>(int(Pool.kernelHeight) * int(Pool.kernelWidth)));
  for (let row = 0; row < int(Pool.outHeight); row++) {
    for (let column = 0; column < int(Pool.outWidth); column++) {
      const corner = row * int(Pool.strideHeight) * width + column * int(Pool.strideWidth);
      const value = load<f32>(gradOut) * share;
      for (let ky = 0; ky < int(Pool.kernelHeight); ky++) {
        let at = gradX + (<usize>(corner + ky * width) << 2);
        for (let kx = 0; kx < int(Pool.kernelWidth); kx++, at += 4) store<f32>(at, load<f32>(at) + value);
      }
      gradOut += 4;
    }
  }
}
