/**
 * Four planes side by side: pixel by pixel, their four numbers are one vector. So a transform of many pixels needs no
 * shuffles, whichever pixels it reads. The four are one channel of four images, or four channels of one image.
 */
import { transpose4 } from "./vector";

/**
 * Joins `rows` rows of four planes of `height` × `width` numbers, from row `first` of the padded planes on: the pixel
 * (y, x) lies in row y + top, column x + left. A row has `columns` vectors; what is beside the image is zero.
 */
export function joinPlanes(
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  height: i32,
  width: i32,
  to: usize,
  first: i32,
  rows: i32,
  columns: i32,
  top: i32,
  left: i32,
): void {
  const start = max(0, -left), end = min(width, columns - left), line = <usize>columns << 4;
  for (let row = 0; row < rows; row++) {
    const y = first + row - top;
    if (y < 0 || y >= height || end <= start) {
      memory.fill(to, 0, line);
    } else {
      joinRow(p0, p1, p2, p3, <usize>(y * width), start, end, to + (<usize>(start + left) << 4));
      clear(to, to + (<usize>(start + left) << 4));
      clear(to + (<usize>(end + left) << 4), to + line);
    }
    to += line;
  }
}

// @ts-ignore: decorator
@inline
function clear(from: usize, end: usize): void {
  for (; from < end; from += 16) v128.store(from, f32x4.splat(0));
}

/** The pixels from `start` to `end` of one row, which begins `offset` numbers after the planes. */
function joinRow(p0: usize, p1: usize, p2: usize, p3: usize, offset: usize, start: i32, end: i32, to: usize): void {
  let at = (offset + start) << 2;
  if (end - start < 4) {
    for (let x = start; x < end; x++) {
      store<f32>(to, load<f32>(p0 + at));
      store<f32>(to + 4, load<f32>(p1 + at));
      store<f32>(to + 8, load<f32>(p2 + at));
      store<f32>(to + 12, load<f32>(p3 + at));
      at += 4, to += 16;
    }
    return;
  }
  for (let x = start; x + 4 <= end; x += 4) {
    transpose4(p0 + at, p1 + at, p2 + at, p3 + at, to, 16);
    at += 16, to += 64;
  }
  const over: usize = <usize>(4 - ((end - start) & 3)) & 3; // the last four, some of them for the second time
  if (over) transpose4(p0 + at - (over << 2), p1 + at - (over << 2), p2 + at - (over << 2), p3 + at - (over << 2), to - (over << 4), 16);
}

/** The other way: writes `rows` rows of `width` pixels to `count` planes, which begin `step` bytes apart. */
export function splitPlanes(from: usize, line: usize, rows: i32, width: i32, to: usize, step: usize, count: i32): void {
  for (let row = 0; row < rows; row++) {
    if (width >= 4 && count == 4) splitRow(from, width, to, step);
    else {
      for (let x: usize = 0; x < <usize>width; x++) {
        for (let i: usize = 0; i < <usize>count; i++) {
          store<f32>(to + i * step + (x << 2), load<f32>(from + (x << 4) + (i << 2)));
        }
      }
    }
    from += line;
    to += <usize>width << 2;
  }
}

function splitRow(from: usize, width: i32, to: usize, step: usize): void {
  for (let x = 0; x < width; x += 4) {
    const first = <usize>min(x, width - 4), p = from + (first << 4);
    transpose4(p, p + 16, p + 32, p + 48, to + (first << 2), step);
  }
}
