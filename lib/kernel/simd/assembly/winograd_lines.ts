/**
 * The transforms of Winograd's products, along one line: F(4, 3) gives four numbers of the output from six of the image
 * and three weights. It evaluates polynomials at the points 0, 1, -1, 2, -½ and ∞. With the points 0, ±1, ±2 and ∞, which
 * most libraries take, the same products round three times as much.
 *
 *          1   3/2  -2  -3/2   1   0           1    0    0            1  1  1  1   1   0
 *          0  -1  -5/2  -1/2   1   0         -1/3 -1/3 -1/3           0  1 -1  2  -1/2 0
 *     Bᵀ = 0   1   1/2  -5/2   1   0    G =   1/3 -1/3  1/3     Aᵀ =  0  1  1  4  1/4  0
 *          0  -1/2 -1    1/2   1   0         1/15  2/15 4/15          0  1 -1  8 -1/8  1
 *          0   2  -1   -2      1   0       -16/15  8/15 -4/15
 *          0   1   3/2  -2   -3/2  1           0    0    1
 *
 * A square of numbers is transformed column by column, then row by row. Each of these functions reads a line of vectors
 * that are `step` bytes apart, and writes a line whose vectors are `toStep` bytes apart.
 */
import { madd, nmadd } from "./vector";

// @ts-ignore: decorator
@inline
function number(value: f32): v128 {
  return f32x4.splat(value);
}

/** Bᵀ: six numbers of the image. */
// @ts-ignore: decorator
@inline
function imageLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from);
  from += step;
  const d1 = v128.load(from);
  from += step;
  const d2 = v128.load(from);
  from += step;
  const d3 = v128.load(from);
  from += step;
  const d4 = v128.load(from);
  from += step;
  const d5 = v128.load(from);
  const even = f32x4.sub(d4, d2), odd = f32x4.sub(d3, d1), half = number(1.5);
  v128.store(to, nmadd(half, odd, f32x4.add(f32x4.sub(d0, d2), even)));
  to += toStep;
  v128.store(to, nmadd(half, f32x4.add(d2, d3), f32x4.add(even, odd)));
  to += toStep;
  v128.store(to, madd(half, f32x4.sub(d2, d3), f32x4.sub(even, odd)));
  to += toStep;
  v128.store(to, madd(number(0.5), odd, even));
  to += toStep;
  v128.store(to, nmadd(number(2), odd, even));
  to += toStep;
  v128.store(to, nmadd(half, even, f32x4.sub(f32x4.sub(d5, d3), odd)));
}

/**
 * Bᵀ d of a row of tiles, `columns` pixels wide, whose six rows are `line` bytes apart: for each column six vectors. Tiles
 * overlap by two columns, so this is a quarter less than tile by tile.
 */
export function transformColumns(pixels: usize, line: usize, columns: i32, to: usize): void {
  const end = pixels + (<usize>columns << 4);
  for (; pixels < end; pixels += 16) {
    imageLine(pixels, line, to, 16);
    to += 96;
  }
}

/** (Bᵀ d) B of one of these tiles, from its first column on; writes its 36 numbers `place` bytes apart. */
export function transformRows(columns: usize, to: usize, place: usize): void {
  for (let i: usize = 0; i < 96; i += 16) {
    imageLine(columns + i, 96, to, place);
    to += 6 * place;
  }
}

/** Aᵀ: from six products four numbers of the output. */
// @ts-ignore: decorator
@inline
function outLine(from: usize, step: usize, start: v128, to: usize, toStep: usize): v128 {
  const m0 = v128.load(from);
  from += step;
  const m1 = v128.load(from);
  from += step;
  const m2 = v128.load(from);
  from += step;
  const m3 = v128.load(from);
  from += step;
  const m4 = v128.load(from);
  from += step;
  const m5 = v128.load(from);
  const sum = f32x4.add(start, f32x4.add(m1, m2)), difference = f32x4.add(start, f32x4.sub(m1, m2));
  const y0 = f32x4.add(f32x4.add(m0, sum), f32x4.add(m3, m4));
  v128.store(to, y0);
  to += toStep;
  const y1 = nmadd(number(0.5), m4, madd(number(2), m3, difference));
  v128.store(to, y1);
  to += toStep;
  const y2 = madd(number(0.25), m4, madd(number(4), m3, sum));
  v128.store(to, y2);
  to += toStep;
  const y3 = f32x4.add(m5, nmadd(number(0.125), m4, madd(number(8), m3, difference)));
  v128.store(to, y3);
  return f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
}

/** Aᵀ m A + bias: writes 4 × 4 pixels, whose rows are `line` bytes apart. Returns their sums, in four lanes. */
export function transformOut(m: usize, place: usize, square: usize, bias: v128, to: usize, line: usize): v128 {
  const zero = number(0);
  for (let i: usize = 0; i < 96; i += 16) {
    outLine(m, 6 * place, zero, square + i, 96);
    m += place;
  }
  let sum = zero;
  for (let i: usize = 0; i < 384; i += 96) {
    sum = f32x4.add(sum, outLine(square + i, 16, bias, to, 16));
    to += line;
  }
  return sum;
}

/** A: four numbers of the gradient. */
// @ts-ignore: decorator
@inline
function gradLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const g0 = v128.load(from);
  from += step;
  const g1 = v128.load(from);
  from += step;
  const g2 = v128.load(from);
  from += step;
  const g3 = v128.load(from);
  const even = f32x4.add(g0, g2), odd = f32x4.add(g1, g3), quarter = number(0.25);
  v128.store(to, g0);
  to += toStep;
  v128.store(to, f32x4.add(even, odd));
  to += toStep;
  v128.store(to, f32x4.sub(even, odd));
  to += toStep;
  v128.store(to, madd(number(2), madd(number(4), g3, g1), madd(number(4), g2, g0)));
  to += toStep;
  v128.store(to, nmadd(number(0.5), madd(quarter, g3, g1), madd(quarter, g2, g0)));
  to += toStep;
  v128.store(to, g3);
}

/** A g Aᵀ of a square of 4 × 4 pixels. */
export function transformGrad(pixels: usize, line: usize, square: usize, to: usize, place: usize): void {
  for (let i: usize = 0; i < 64; i += 16) gradLine(pixels + i, line, square + i, 64);
  for (let i: usize = 0; i < 384; i += 64) {
    gradLine(square + i, 16, to, place);
    to += 6 * place;
  }
}

/** Gᵀ: from six sums the gradients of three weights. */
// @ts-ignore: decorator
@inline
function windowLine(from: usize, step: usize, to: usize, toStep: usize): v128 {
  const m0 = v128.load(from);
  from += step;
  const m1 = v128.load(from);
  from += step;
  const m2 = v128.load(from);
  from += step;
  const m3 = v128.load(from);
  from += step;
  const m4 = v128.load(from);
  from += step;
  const m5 = v128.load(from);
  const third = number(<f32>(1.0 / 3.0)), fifteenth = number(<f32>(1.0 / 15.0));
  const difference = f32x4.mul(third, f32x4.sub(m2, m1)), sum = f32x4.mul(third, f32x4.add(m2, m1));
  const e = f32x4.mul(fifteenth, m3), f = f32x4.mul(number(<f32>(16.0 / 15.0)), m4);
  const w0 = f32x4.add(f32x4.add(m0, difference), f32x4.sub(e, f));
  v128.store(to, w0);
  to += toStep;
  const w1 = f32x4.sub(madd(number(2), e, f32x4.mul(number(0.5), f)), sum);
  v128.store(to, w1);
  to += toStep;
  const w2 = f32x4.add(f32x4.add(m5, difference), nmadd(number(0.25), f, f32x4.mul(number(4), e)));
  v128.store(to, w2);
  return f32x4.add(f32x4.add(w0, w1), w2);
}

/** Gᵀ m G: writes 3 × 3 numbers, `toStep` bytes apart. Returns their sums, in four lanes. */
export function transformSums(m: usize, place: usize, square: usize, to: usize, toStep: usize): v128 {
  for (let i: usize = 0; i < 96; i += 16) {
    windowLine(m, 6 * place, square + i, 96);
    m += place;
  }
  let sum = number(0);
  for (let i: usize = 0; i < 288; i += 96) {
    sum = f32x4.add(sum, windowLine(square + i, 16, to, toStep));
    to += 3 * toStep;
  }
  return sum;
}

/** G g Gᵀ of one window: writes its 36 numbers `place` bytes apart. `flipped`: the window is read from its end. */
export function transformWindow(g: usize, flipped: bool, to: usize, place: usize): void {
  if (flipped) g += 32;
  const step: usize = flipped ? 0 - 4 : 4; // backward, modulo the size of the memory
  for (let i = 0; i < 6; i++) {
    const a = weightLine(i, load<f32>(g), load<f32>(g + 3 * step), load<f32>(g + 6 * step));
    const b = weightLine(i, load<f32>(g + step), load<f32>(g + 4 * step), load<f32>(g + 7 * step));
    const c = weightLine(i, load<f32>(g + 2 * step), load<f32>(g + 5 * step), load<f32>(g + 8 * step));
    for (let j = 0; j < 6; j++) {
      store<f32>(to, weightLine(j, a, b, c));
      to += place;
    }
  }
}

/** Row `i` of G, times three weights. */
// @ts-ignore: decorator
@inline
function weightLine(i: i32, a: f32, b: f32, c: f32): f32 {
  if (i == 0) return a;
  if (i == 5) return c;
  if (i == 1) return <f32>(-1.0 / 3.0) * (a + c + b);
  if (i == 2) return <f32>(1.0 / 3.0) * (a + c - b);
  if (i == 3) return <f32>(1.0 / 15.0) * (a + <f32>2 * b + <f32>4 * c);
  return <f32>(-16.0 / 15.0) * (a - <f32>0.5 * b + <f32>0.25 * c);
}
