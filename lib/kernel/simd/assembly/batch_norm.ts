/**
 * Batch normalization, channel by channel; the formulas are in the reference. Sums over a block of a plane are kept in
 * four lanes, sums over the blocks in double precision. A chunk is a channel.
 */
import { BatchNorm, BatchNormFloat } from "./arguments";
import { address, float, int } from "./job";
import { firstLanes, horizontalSum, madd, put, SUM_BLOCK } from "./vector";

// @ts-ignore: decorator
@inline
function channelNumber(name: i32, channel: i32): f32 {
  return load<f32>(address(name) + (<usize>channel << 2));
}

/** A vector in which what is beyond the `left` last bytes of a plane counts as zero. */
// @ts-ignore: decorator
@inline
function keepFirst(v: v128, left: usize): v128 {
  return left >= 16 ? v : v128.and(v, firstLanes(<i32>left >> 2));
}

const BLOCK: usize = <usize>SUM_BLOCK << 2; // bytes

/** The sum of a block. */
function sumBlock(x: usize, size: usize): f64 {
  let sum = f32x4.splat(0), other = sum;
  let i: usize = 0;
  for (; i + 32 <= size; i += 32) {
    sum = f32x4.add(sum, v128.load(x + i));
    other = f32x4.add(other, v128.load(x + i, 16));
  }
  for (; i < size; i += 16) sum = f32x4.add(sum, keepFirst(v128.load(x + i), size - i));
  return <f64>horizontalSum(f32x4.add(sum, other));
}

/** The sum of the squared distances of a block from a number. */
function sumSquares(x: usize, size: usize, center: v128): f64 {
  let sum = f32x4.splat(0), other = sum;
  let i: usize = 0;
  for (; i + 32 <= size; i += 32) {
    const d = f32x4.sub(v128.load(x + i), center), e = f32x4.sub(v128.load(x + i, 16), center);
    sum = madd(d, d, sum);
    other = madd(e, e, other);
  }
  for (; i < size; i += 16) {
    const d = keepFirst(f32x4.sub(v128.load(x + i), center), size - i);
    sum = madd(d, d, sum);
  }
  return <f64>horizontalSum(f32x4.add(sum, other));
}

/**
 * Mean and biased variance, in one pass over the memory: each block is read twice while it is in the first-level cache,
 * for its own mean and its squares around that, and then joined to the blocks before it (Chan, Golub and LeVeque 1979).
 */
export function statisticsChunk(channel: i32): void {
  const bytes = <usize>int(BatchNorm.plane) << 2, step = bytes * int(BatchNorm.channels), batch = int(BatchNorm.batch);
  let count: f64 = 0, sum: f64 = 0, squares: f64 = 0;
  for (let start: usize = 0; start < bytes; start += BLOCK) {
    const size = min(BLOCK, bytes - start), numbers = <f64>(size >> 2);
    let x = address(BatchNorm.x) + channel * bytes + start;
    for (let n = 0; n < batch; n++) {
      const own = sumBlock(x, size), center = <f32>(own / numbers), rest = own / numbers - <f64>center;
      squares += sumSquares(x, size, f32x4.splat(center)) - numbers * rest * rest;
      if (count > 0) {
        const distance = own / numbers - sum / count;
        squares += distance * distance * count * numbers / (count + numbers);
      }
      sum += own, count += numbers;
      x += step;
    }
  }
  store<f32>(address(BatchNorm.mean) + (<usize>channel << 2), <f32>(sum / count));
  store<f32>(address(BatchNorm.variance) + (<usize>channel << 2), <f32>max(0, squares / count));
}

// @ts-ignore: decorator
@inline
function inverseDeviation(channel: i32): f32 {
  return <f32>(1.0 / sqrt(<f64>channelNumber(BatchNorm.variance, channel) + <f64>float(BatchNormFloat.epsilon)));
}

/** gamma (x - mean) / σ + beta. */
export function normalizeChunk(channel: i32): void {
  const bytes = <usize>int(BatchNorm.plane) << 2, step = bytes * int(BatchNorm.channels), batch = int(BatchNorm.batch);
  const scale = f32x4.splat(channelNumber(BatchNorm.gamma, channel) * inverseDeviation(channel));
  const center = f32x4.splat(channelNumber(BatchNorm.mean, channel));
  const shift = f32x4.splat(channelNumber(BatchNorm.beta, channel));
  let x = address(BatchNorm.x) + channel * bytes, out = address(BatchNorm.out) + channel * bytes;
  for (let n = 0; n < batch; n++) {
    let i: usize = 0;
    for (; i + 32 <= bytes; i += 32) {
      v128.store(out + i, madd(f32x4.sub(v128.load(x + i), center), scale, shift));
      v128.store(out + i, madd(f32x4.sub(v128.load(x + i, 16), center), scale, shift), 16);
    }
    for (; i < bytes; i += 16) {
      put(out + i, madd(f32x4.sub(v128.load(x + i), center), scale, shift), bytes - i);
    }
    x += step, out += step;
  }
}

/** The gradients of x, gamma and beta. */
export function normalizeBackwardChunk(channel: i32): void {
  const bytes = <usize>int(BatchNorm.plane) << 2, step = bytes * int(BatchNorm.channels), batch = int(BatchNorm.batch);
  const start = channel * bytes;
  const inverse = inverseDeviation(channel), center = f32x4.splat(channelNumber(BatchNorm.mean, channel));
  const count = <f64>batch * <f64>int(BatchNorm.plane);
  let total: f64 = 0, products: f64 = 0;
  for (let block: usize = 0; block < bytes; block += BLOCK) {
    const size = min(BLOCK, bytes - block);
    let x = address(BatchNorm.x) + start + block, gradOut = address(BatchNorm.gradOut) + start + block;
    for (let n = 0; n < batch; n++) {
      let sum = f32x4.splat(0), product = sum, otherSum = sum, otherProduct = sum;
      let i: usize = 0;
      for (; i + 32 <= size; i += 32) {
        const g = v128.load(gradOut + i), h = v128.load(gradOut + i, 16);
        sum = f32x4.add(sum, g);
        otherSum = f32x4.add(otherSum, h);
        product = madd(g, f32x4.sub(v128.load(x + i), center), product);
        otherProduct = madd(h, f32x4.sub(v128.load(x + i, 16), center), otherProduct);
      }
      for (; i < size; i += 16) {
        const g = keepFirst(v128.load(gradOut + i), size - i);
        sum = f32x4.add(sum, g);
        product = madd(g, keepFirst(f32x4.sub(v128.load(x + i), center), size - i), product);
      }
      total += <f64>horizontalSum(f32x4.add(sum, otherSum));
      products += <f64>horizontalSum(f32x4.add(product, otherProduct));
      x += step, gradOut += step;
    }
  }
  products *= <f64>inverse;
  addTo(address(BatchNorm.gradGamma) + (<usize>channel << 2), products);
  addTo(address(BatchNorm.gradBeta) + (<usize>channel << 2), total);
  // gradX = gamma / σ (dy - shift - (x - mean) slope)
  const frozen = int(BatchNorm.frozen) != 0;
  const shift = f32x4.splat(frozen ? 0 : <f32>(total / count));
  const slope = f32x4.splat(frozen ? 0 : <f32>(products / count * <f64>inverse));
  const scale = f32x4.splat(channelNumber(BatchNorm.gamma, channel) * inverse);
  let x = address(BatchNorm.x) + start, gradOut = address(BatchNorm.gradOut) + start;
  let gradX = address(BatchNorm.gradX) + start;
  for (let n = 0; n < batch; n++) {
    let i: usize = 0;
    for (; i + 32 <= bytes; i += 32) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + i), center), slope);
      const e = f32x4.mul(f32x4.sub(v128.load(x + i, 16), center), slope);
      v128.store(gradX + i, f32x4.mul(scale, f32x4.sub(f32x4.sub(v128.load(gradOut + i), shift), d)));
      v128.store(gradX + i, f32x4.mul(scale, f32x4.sub(f32x4.sub(v128.load(gradOut + i, 16), shift), e)), 16);
    }
    for (; i < bytes; i += 16) {
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
