/** Whether numbers are finite: 0 · x is 0 for a finite x, and NaN for any other. */

/** Whether all `count` numbers at `p` are finite. */
export function allFinite(p: usize, count: i32): bool {
  const zero = f32x4.splat(0), end = p + (<usize>count << 2);
  let sum = zero;
  for (; p + 16 <= end; p += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(p), zero));
  let rest: f32 = 0;
  for (; p < end; p += 4) rest += load<f32>(p) * 0;
  return rest == 0 && v128.any_true(f32x4.ne(sum, zero)) == false;
}
