/** e^x and tanh, four numbers at a time. */
import { madd, nmadd } from "./vector";

/** A number, four times. Constants are in memory: otherwise V8 builds them with three instructions at each use. */
// @ts-ignore: decorator
@inline
function number(numbers: usize, i: i32 = 0): v128 {
  return v128.load32_splat(numbers + (i << 2));
}

const one = memory.data<f32>([1]);

const largest = memory.data<f32>([89]); // e^89 is infinite, e^-104 is 0
const smallest = memory.data<f32>([-104]);
const rounder = memory.data<f32>([12582912]); // 1.5 · 2²³: adding it rounds to an integer, in the lowest bits
const perLog2 = memory.data<f32>([1.44269504088896341]);
const log2 = memory.data<f32>([0.693359375, -2.12194440e-4]); // ln 2 in two parts
const expSeries = memory.data<f32>([
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
]);

/**
 * e^x = 2ⁿ · eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2, and a polynomial for eʳ (Cephes, expf). The largest error is
 * 2 units in the last place. 2ⁿ is applied in two halves, so that the result may be infinity, a denormal number or 0;
 * NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, number(largest)), number(smallest)); // in this order: both keep a NaN
  const shifted = madd(x, number(perLog2), number(rounder));
  const whole = f32x4.sub(shifted, number(rounder));
  const r = nmadd(whole, number(log2, 1), nmadd(whole, number(log2, 0), x));
  let p = madd(number(expSeries, 0), r, number(expSeries, 1));
  p = madd(p, r, number(expSeries, 2));
  p = madd(p, r, number(expSeries, 3));
  p = madd(p, r, number(expSeries, 4));
  p = madd(p, r, number(expSeries, 5));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), number(one));
  const n = i32x4.sub(shifted, number(rounder)), half = i32x4.shr_s(n, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
}

/** 2ⁿ by its bits, for -126 ≤ n ≤ 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

const bounds = memory.data<f32>([7.90531110763549805, -7.90531110763549805]);
const above = memory.data<f32>([ // of x¹³, x¹¹, … x
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08, 1.48572235717979e-05,
  6.37261928875436e-04, 4.89352455891786e-03,
]);
const below = memory.data<f32>([ // of x⁶, x⁴, x², 1
  1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03,
]);
const straight = memory.data<f32>([0.0004]); // below it tanh x = x
const flat = memory.data<f32>([9]); // above it tanh x = 1
const sign = memory.data<f32>([-0.0]);

/**
 * tanh x as a quotient of two polynomials in x, of degree 13 and 6, on |x| ≤ 7.905; beyond, it is 1 to within 3e-7 (the
 * approximation of Eigen and XLA), and from 9 on exactly 1. The largest error is 5 units in the last place; near 0, where
 * tanh x = x, the result is exact.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = f32x4.pmax(f32x4.pmin(x, number(bounds, 0)), number(bounds, 1)), s = f32x4.mul(t, t);
  let p = madd(s, number(above, 0), number(above, 1));
  p = madd(s, p, number(above, 2));
  p = madd(s, p, number(above, 3));
  p = madd(s, p, number(above, 4));
  p = madd(s, p, number(above, 5));
  p = f32x4.mul(t, madd(s, p, number(above, 6)));
  let q = madd(s, number(below, 0), number(below, 1));
  q = madd(s, q, number(below, 2));
  q = madd(s, q, number(below, 3));
  const size = f32x4.abs(x), limit = v128.or(number(one), v128.and(x, number(sign))); // 1 with the sign of x
  const y = v128.bitselect(limit, f32x4.div(p, q), f32x4.gt(size, number(flat)));
  return v128.bitselect(x, y, f32x4.lt(size, number(straight)));
}

/** 1 / (1 + e^-x), computed from e^-|x|: the exponent is never positive. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x))), negative = i32x4.shr_s(x, 31);
  return f32x4.div(v128.bitselect(e, number(one), negative), f32x4.add(number(one), e));
}
