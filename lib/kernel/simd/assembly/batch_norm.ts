/**
 * Batch normalisation, channel by channel; the formulas stand in the reference. Sums over a block of a plane are kept in
 * four lanes, sums over the blocks in double precision. A chunk is a channel. Arguments:
 *
 *     1 x   2 gradOut   3 out or gradX   4 batch   5 channels   6 plane   7 mean   8 variance   9 epsilon
 *     10 gamma   11 beta   12 gradGamma   13 gradBeta   14 frozen
 */
import { address, float, int } from "./job";
import { firstLanes, horizontalSum, madd, put, SUM_BLOCK } from "./vector";

// @ts-ignore: decorator
@inline
function channelNumber(i: i32, channel: i32): f32 {
  return load<f32>(address(i) + (<usize>channel << 2));
}

// @ts-ignore: decorator
@inline
function keep(v: v128, left: usize): v128 {
  return left >= 16 ? v : v128.and(v, firstLanes(<i32>left >> 2));
}

const BLOCK: usize = <usize>SUM_BLOCK << 2; // bytes

/** Mean and biased variance. */
export function statisticsChunk(channel: i32): void {
  const bytes = <usize>int(6) << 2, step = bytes * int(5), batch = int(4);
  const count = <f64>batch * <f64>int(6);
  let total: f64 = 0;
  for (let start: usize = 0; start < bytes; start += BLOCK) {
    const size = min(BLOCK, bytes - start);
    let x = address(1) + channel * bytes + start;
    for (let n = 0; n < batch; n++) {
      let sum = f32x4.splat(0);
      for (let i: usize = 0; i < size; i += 16) sum = f32x4.add(sum, keep(v128.load(x + i), size - i));
      total += <f64>horizontalSum(sum);
      x += step;
    }
  }
  const mean = <f32>(total / count), center = f32x4.splat(mean);
  let squares: f64 = 0;
  for (let start: usize = 0; start < bytes; start += BLOCK) {
    const size = min(BLOCK, bytes - start);
    let x = address(1) + channel * bytes + start;
    for (let n = 0; n < batch; n++) {
      let sum = f32x4.splat(0);
      for (let i: usize = 0; i < size; i += 16) {
        const d = keep(f32x4.sub(v128.load(x + i), center), size - i);
        sum = madd(d, d, sum);
      }
      squares += <f64>horizontalSum(sum);
      x += step;
    }
  }
  store<f32>(address(7) + (<usize>channel << 2), mean);
  store<f32>(address(8) + (<usize>channel << 2), <f32>(squares / count));
}

// @ts-ignore: decorator
@inline
function inverseDeviation(channel: i32): f32 {
  return <f32>(1.0 / sqrt(<f64>channelNumber(8, channel) + <f64>float(9)));
}

/** gamma (x - mean) / σ + beta. */
export function normalizeChunk(channel: i32): void {
  const bytes = <usize>int(6) << 2, step = bytes * int(5), batch = int(4);
  const scale = f32x4.splat(channelNumber(10, channel) * inverseDeviation(channel));
  const center = f32x4.splat(channelNumber(7, channel)), shift = f32x4.splat(channelNumber(11, channel));
  let x = address(1) + channel * bytes, out = address(3) + channel * bytes;
  for (let n = 0; n < batch; n++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      put(out + i, madd(f32x4.sub(v128.load(x + i), center), scale, shift), bytes - i);
    }
    x += step, out += step;
  }
}

/** The gradients of x, gamma and beta. */
export function normalizeBackwardChunk(channel: i32): void {
  const bytes = <usize>int(6) << 2, step = bytes * int(5), batch = int(4), start = channel * bytes;
  const inverse = inverseDeviation(channel), center = f32x4.splat(channelNumber(7, channel));
  const count = <f64>batch * <f64>int(6);
  let total: f64 = 0, products: f64 = 0;
  for (let block: usize = 0; block < bytes; block += BLOCK) {
    const size = min(BLOCK, bytes - block);
    let x = address(1) + start + block, gradOut = address(2) + start + block;
    for (let n = 0; n < batch; n++) {
      let sum = f32x4.splat(0), product = f32x4.splat(0);
      for (let i: usize = 0; i < size; i += 16) {
        const g = keep(v128.load(gradOut + i), size - i);
        sum = f32x4.add(sum, g);
        product = madd(g, keep(f32x4.sub(v128.load(x + i), center), size - i), product);
      }
      total += <f64>horizontalSum(sum);
      products += <f64>horizontalSum(product);
      x += step, gradOut += step;
    }
  }
  products *= <f64>inverse;
  addTo(address(12) + (<usize>channel << 2), products);
  addTo(address(13) + (<usize>channel << 2), total);
  // gradX = gamma / σ (dy - shift - (x - mean) slope)
  const frozen = int(14) != 0;
  const shift = f32x4.splat(frozen ? 0 : <f32>(total / count));
  const slope = f32x4.splat(frozen ? 0 : <f32>(products / count * <f64>inverse));
  const scale = f32x4.splat(channelNumber(10, channel) * inverse);
  let x = address(1) + start, gradOut = address(2) + start, gradX = address(3) + start;
  for (let n = 0; n < batch; n++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + i), center), slope);
      put(gradX + i, f32x4.mul(scale, f32x4.sub(f32x4.sub(v128.load(gradOut + i), shift), d)), bytes - i);
    }
    x += step, gradOut += step, gradX += step;
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, value: f64): void {
  store<f32>(to, <f32>(<f64>load<f32>(to) + value));
}
