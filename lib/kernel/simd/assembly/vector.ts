/** Vectors of four float32 numbers: the few operations that all jobs are written in. */

/**
 * How many numbers are added up in float32 before their sum is added to a larger one: each addition rounds to a unit of
 * the sum so far, and in a sum of a million equal numbers a hundredth would be lost.
 */
export const SUM_BLOCK: i32 = 1024;

/** `a · b + c`: fused where the engine has relaxed SIMD, else a product and a sum. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** `c - a · b`. */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** The sum of the four numbers, as (0 + 2) + (1 + 3). */
// @ts-ignore: decorator
@inline
export function horizontalSum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** A mask for the first `count` of four numbers: all bits are set in those. */
// @ts-ignore: decorator
@inline
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * Transposes a 4 × 4 block: reads four rows at `p0` to `p3`, writes the four columns at `to`, `step` bytes apart.
 */
// @ts-ignore: decorator
@inline
export function transpose4(p0: usize, p1: usize, p2: usize, p3: usize, to: usize, step: usize): void {
  const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(to + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(to + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
}

/** Stores a vector, or only its first numbers when fewer than 16 bytes are `left`. */
// @ts-ignore: decorator
@inline
export function put(to: usize, v: v128, left: usize): void {
  if (left >= 16) v128.store(to, v);
  else putFirst(to, v, left);
}

function putFirst(to: usize, v: v128, left: usize): void {
  store<f32>(to, f32x4.extract_lane(v, 0));
  if (left > 4) store<f32>(to, f32x4.extract_lane(v, 1), 4);
  if (left > 8) store<f32>(to, f32x4.extract_lane(v, 2), 8);
}
