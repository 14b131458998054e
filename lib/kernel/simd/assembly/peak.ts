/** The peak speed of the multiply-add unit: ten independent sums that never leave the registers. For the benchmark. */
import { madd } from "./vector";

/** Multiplies and adds 10 vectors per round: 80 floating-point operations. The numbers at `p` are the factors. */
export function measurePeak(rounds: i32, p: usize): f32 {
  const x = v128.load(p), y = v128.load(p, 16);
  let a0 = f32x4.splat(0), a1 = f32x4.splat(1), a2 = f32x4.splat(2), a3 = f32x4.splat(3), a4 = f32x4.splat(4);
  let a5 = f32x4.splat(5), a6 = f32x4.splat(6), a7 = f32x4.splat(7), a8 = f32x4.splat(8), a9 = f32x4.splat(9);
  for (let i = 0; i < rounds; i++) {
    a0 = madd(x, y, a0), a1 = madd(x, y, a1), a2 = madd(x, y, a2), a3 = madd(x, y, a3), a4 = madd(x, y, a4);
    a5 = madd(x, y, a5), a6 = madd(x, y, a6), a7 = madd(x, y, a7), a8 = madd(x, y, a8), a9 = madd(x, y, a9);
  }
  const low = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), a4);
  const high = f32x4.add(f32x4.add(f32x4.add(a5, a6), f32x4.add(a7, a8)), a9);
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}
