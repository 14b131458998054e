/**
 * The tiles of `tile.ts` for convolution: here row k of `b` is not packed, but read from the image, at `b + table[k]`.
 *
 *     c[i, x] = init[i, x] + Σₖ weight[i, k] · image[table[k] + x]
 *
 * k counts the weights of one output channel (input channel, row, column), the rows i are output channels, and the 8 or
 * 12 columns are neighboring pixels: what im2col would copy nine times is read in place.
 *
 * The tiles here and in `tile.ts` repeat each other line by line: AssemblyScript has no macros, and sums in an array that
 * a loop could index would be in memory, not in registers.
 */
import { madd } from "./vector";

/** 3 rows × 12 columns. The weights are read four at a time; the fourth belongs to the next step. */
export function tableTile3(
  k: i32,
  a: usize,
  b: usize,
  table: usize,
  init: usize,
  initStep: usize,
  c: usize,
  step: usize,
): void {
  let c00 = v128.load(init), c01 = c00, c02 = c00;
  init += initStep;
  let c10 = v128.load(init), c11 = c10, c12 = c10;
  init += initStep;
  let c20 = v128.load(init), c21 = c20, c22 = c20;
  const end = a + <usize>k * 12;
  while (a < end) {
    const p = b + load<u32>(table);
    const v = v128.load(a);
    let s = v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    const b0 = v128.load(p), b1 = v128.load(p, 16), b2 = v128.load(p, 32);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    s = v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    c12 = madd(s, b2, c12);
    s = v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    c22 = madd(s, b2, c22);
    a += 12;
    table += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  c += step;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  v128.store(c, c12, 32);
  c += step;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  v128.store(c, c22, 32);
}

/** 4 rows × 8 columns. */
export function tableTile4(
  k: i32,
  a: usize,
  b: usize,
  table: usize,
  init: usize,
  initStep: usize,
  c: usize,
  step: usize,
): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16);
  init += initStep;
  let c10 = v128.load(init), c11 = v128.load(init, 16);
  init += initStep;
  let c20 = v128.load(init), c21 = v128.load(init, 16);
  init += initStep;
  let c30 = v128.load(init), c31 = v128.load(init, 16);
  const end = a + <usize>k * 16;
  while (a < end) {
    const p = b + load<u32>(table);
    const v = v128.load(a);
    let s = v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    const b0 = v128.load(p), b1 = v128.load(p, 16);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.shuffle<f32>(v, v, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    a += 16;
    table += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += step;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += step;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += step;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** 5 rows × 8 columns. */
export function tableTile5(
  k: i32,
  a: usize,
  b: usize,
  table: usize,
  init: usize,
  initStep: usize,
  c: usize,
  step: usize,
): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16);
  init += initStep;
  let c10 = v128.load(init), c11 = v128.load(init, 16);
  init += initStep;
  let c20 = v128.load(init), c21 = v128.load(init, 16);
  init += initStep;
  let c30 = v128.load(init), c31 = v128.load(init, 16);
  init += initStep;
  let c40 = v128.load(init), c41 = v128.load(init, 16);
  const end = a + <usize>k * 20;
  while (a < end) {
    const p = b + load<u32>(table);
    const v = v128.load(a);
    let s = v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    const b0 = v128.load(p), b1 = v128.load(p, 16);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.shuffle<f32>(v, v, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    s = v128.load32_splat(a, 16);
    c40 = madd(s, b0, c40);
    c41 = madd(s, b1, c41);
    a += 20;
    table += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += step;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += step;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += step;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += step;
  v128.store(c, c40);
  v128.store(c, c41, 16);
}

/** 6 rows × 8 columns. */
export function tableTile6(
  k: i32,
  a: usize,
  b: usize,
  table: usize,
  init: usize,
  initStep: usize,
  c: usize,
  step: usize,
): void {
  let c00 = v128.load(init), c01 = v128.load(init, 16);
  init += initStep;
  let c10 = v128.load(init), c11 = v128.load(init, 16);
  init += initStep;
  let c20 = v128.load(init), c21 = v128.load(init, 16);
  init += initStep;
  let c30 = v128.load(init), c31 = v128.load(init, 16);
  init += initStep;
  let c40 = v128.load(init), c41 = v128.load(init, 16);
  init += initStep;
  let c50 = v128.load(init), c51 = v128.load(init, 16);
  const end = a + <usize>k * 24;
  while (a < end) {
    const p = b + load<u32>(table);
    let v = v128.load(a), s = v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    const b0 = v128.load(p), b1 = v128.load(p, 16);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.shuffle<f32>(v, v, 3, 3, 3, 3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    v = v128.load(a, 16);
    s = v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    c40 = madd(s, b0, c40);
    c41 = madd(s, b1, c41);
    s = v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    c50 = madd(s, b0, c50);
    c51 = madd(s, b1, c51);
    a += 24;
    table += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += step;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += step;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += step;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += step;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += step;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}
