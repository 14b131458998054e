/** e^x and tanh, four numbers at a time. */
import { madd, nmadd } from "./vector";

// @ts-ignore: decorator
@inline
function constant(value: f32): v128 {
  return f32x4.splat(value);
}

/**
 * e^x = 2ⁿ · eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2, and a polynomial for eʳ (Cephes, expf). The largest error is 2
 * units in the last place. 2ⁿ is multiplied in two halves, so that it may end in infinity, a denormal number or 0;
 * NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, constant(89)), constant(-104)); // in this order: both keep a NaN
  const magic = constant(12582912); // 1.5 · 2²³: adding it rounds to a whole number, kept in the lowest bits
  const shifted = madd(x, constant(1.44269504088896341), magic);
  const whole = f32x4.sub(shifted, magic);
  const r = nmadd(whole, constant(-2.12194440e-4), nmadd(whole, constant(0.693359375), x)); // ln 2 in two parts
  let p = madd(constant(1.9875691500e-4), r, constant(1.3981999507e-3));
  p = madd(p, r, constant(8.3334519073e-3));
  p = madd(p, r, constant(4.1665795894e-2));
  p = madd(p, r, constant(1.6666665459e-1));
  p = madd(p, r, constant(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), constant(1));
  const n = i32x4.sub(shifted, magic), half = i32x4.shr_s(n, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
}

/** 2ⁿ by its bits, for -126 ≤ n ≤ 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/**
 * tanh x as a quotient of two polynomials in x, of degree 13 and 6, on |x| ≤ 7.905; beyond, it is 1 to within 3e-7 (the
 * approximation of Eigen and XLA), and from 9 on exactly. The largest error is 5 units in the last place; near 0, where tanh x = x, there is none.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = f32x4.pmax(f32x4.pmin(x, constant(7.90531110763549805)), constant(-7.90531110763549805));
  const s = f32x4.mul(t, t);
  let p = madd(s, constant(-2.76076847742355e-16), constant(2.00018790482477e-13));
  p = madd(s, p, constant(-8.60467152213735e-11));
  p = madd(s, p, constant(5.12229709037114e-08));
  p = madd(s, p, constant(1.48572235717979e-05));
  p = madd(s, p, constant(6.37261928875436e-04));
  p = f32x4.mul(t, madd(s, p, constant(4.89352455891786e-03)));
  let q = madd(s, constant(1.19825839466702e-06), constant(1.18534705686654e-04));
  q = madd(s, q, constant(2.26843463243900e-03));
  q = madd(s, q, constant(4.89352518554385e-03));
  const size = f32x4.abs(x), one = constant(1);
  const limit = v128.or(one, v128.and(x, constant(-0.0))); // 1 with the sign of x
  const y = v128.bitselect(limit, f32x4.div(p, q), f32x4.gt(size, constant(9)));
  return v128.bitselect(x, y, f32x4.lt(size, constant(0.0004)));
}

/** 1 / (1 + e^-x), by e^-|x|: no exponent is positive. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = constant(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, constant(0))), f32x4.add(one, e));
}
