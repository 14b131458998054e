/**
 * Batch normalization; the formulas are in the reference. A chunk is a few images, for the memory is read fastest from
 * front to back. Sums over a block of a plane are kept in four lanes, sums over the blocks in double precision: two numbers
 * for each chunk and channel, which are joined in the order of the chunks.
 */
import { BatchNorm, BatchNormFloat } from "./arguments";
import { address, float, int } from "./job";
import { firstLanes, horizontalSum, madd, put, SUM_BLOCK } from "./vector";

/** Two numbers in double precision, for a chunk and a channel. */
// @ts-ignore: decorator
@inline
function partial(chunk: i32, channel: i32): usize {
  return address(BatchNorm.partials) + (<usize>(chunk * int(BatchNorm.channels) + channel) << 4);
}

/** The first image of a chunk. */
// @ts-ignore: decorator
@inline
function firstImage(chunk: i32): i32 {
  return min(chunk * int(BatchNorm.imagesPerChunk), int(BatchNorm.batch));
}

// @ts-ignore: decorator
@inline
function chunkCount(): i32 {
  const size = int(BatchNorm.imagesPerChunk);
  return (int(BatchNorm.batch) + size - 1) / size;
}

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
 * The sum of the numbers of each channel, and of their squared distances from their mean, in one pass over the memory: each
 * block is read twice while it is in the first-level cache, for its own mean and its squares around that.
 */
export function statisticsChunk(chunk: i32): void {
  const plane = <usize>int(BatchNorm.plane) << 2, channels = int(BatchNorm.channels), first = firstImage(chunk);
  const end = firstImage(chunk + 1);
  memory.fill(partial(chunk, 0), 0, <usize>channels << 4);
  let x = address(BatchNorm.x) + <usize>(first * channels) * plane;
  for (let n = first; n < end; n++) {
    for (let c = 0; c < channels; c++) {
      let count = <f64>(n - first) * <f64>int(BatchNorm.plane);
      for (let start: usize = 0; start < plane; start += BLOCK) {
        const size = min(BLOCK, plane - start), numbers = <f64>(size >> 2);
        const sum = sumBlock(x + start, size), center = <f32>(sum / numbers), rest = sum / numbers - <f64>center;
        const squares = sumSquares(x + start, size, f32x4.splat(center)) - numbers * rest * rest;
        join(partial(chunk, c), count, sum, squares, numbers);
        count += numbers;
      }
      x += plane;
    }
  }
}

/** Joins the sum and the squares of some numbers to those of `count` others (Chan, Golub and LeVeque 1979). */
function join(to: usize, count: f64, sum: f64, squares: f64, numbers: f64): void {
  const before = load<f64>(to);
  if (count > 0) {
    const distance = sum / numbers - before / count;
    squares += distance * distance * count * numbers / (count + numbers);
  }
  store<f64>(to, before + sum);
  store<f64>(to, load<f64>(to, 8) + squares, 8);
}

/** At the end: mean and biased variance. */
export function statisticsFinish(): void {
  const plane = <f64>int(BatchNorm.plane), all = <f64>int(BatchNorm.batch) * plane;
  for (let c = 0; c < int(BatchNorm.channels); c++) {
    const to = partial(0, c);
    for (let chunk = 1; chunk < chunkCount(); chunk++) {
      const from = partial(chunk, c), first = firstImage(chunk), images = firstImage(chunk + 1) - first;
      join(to, <f64>first * plane, load<f64>(from), load<f64>(from, 8), <f64>images * plane);
    }
    store<f32>(address(BatchNorm.mean) + (<usize>c << 2), <f32>(load<f64>(to) / all));
    store<f32>(address(BatchNorm.variance) + (<usize>c << 2), <f32>max(0, load<f64>(to, 8) / all));
  }
}

// @ts-ignore: decorator
@inline
function inverseDeviation(channel: i32): f32 {
  return <f32>(1.0 / sqrt(<f64>channelNumber(BatchNorm.variance, channel) + <f64>float(BatchNormFloat.epsilon)));
}

/** gamma (x - mean) / σ + beta. */
export function normalizeChunk(chunk: i32): void {
  const bytes = <usize>int(BatchNorm.plane) << 2, channels = int(BatchNorm.channels), first = firstImage(chunk);
  const offset = <usize>(first * channels) * bytes;
  let x = address(BatchNorm.x) + offset, out = address(BatchNorm.out) + offset;
  for (let n = first; n < firstImage(chunk + 1); n++) {
    for (let c = 0; c < channels; c++) {
      const scale = f32x4.splat(channelNumber(BatchNorm.gamma, c) * inverseDeviation(c));
      const center = f32x4.splat(channelNumber(BatchNorm.mean, c));
      const shift = f32x4.splat(channelNumber(BatchNorm.beta, c));
      let i: usize = 0;
      for (; i + 32 <= bytes; i += 32) {
        v128.store(out + i, madd(f32x4.sub(v128.load(x + i), center), scale, shift));
        v128.store(out + i, madd(f32x4.sub(v128.load(x + i, 16), center), scale, shift), 16);
      }
      for (; i < bytes; i += 16) {
        put(out + i, madd(f32x4.sub(v128.load(x + i), center), scale, shift), bytes - i);
      }
      x += bytes, out += bytes;
    }
  }
}

/** Backward, first job: Σ dy and Σ dy (x - mean). */
export function normalizeSumsChunk(chunk: i32): void {
  const plane = <usize>int(BatchNorm.plane) << 2, channels = int(BatchNorm.channels), first = firstImage(chunk);
  const offset = <usize>(first * channels) * plane;
  memory.fill(partial(chunk, 0), 0, <usize>channels << 4);
  let x = address(BatchNorm.x) + offset, gradOut = address(BatchNorm.gradOut) + offset;
  for (let n = first; n < firstImage(chunk + 1); n++) {
    for (let c = 0; c < channels; c++) {
      const center = f32x4.splat(channelNumber(BatchNorm.mean, c));
      for (let start: usize = 0; start < plane; start += BLOCK) {
        addSums(x + start, gradOut + start, min(BLOCK, plane - start), center, partial(chunk, c));
      }
      x += plane, gradOut += plane;
    }
  }
}

/** Adds the sums of a block. */
function addSums(x: usize, gradOut: usize, size: usize, center: v128, to: usize): void {
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
  store<f64>(to, load<f64>(to) + <f64>horizontalSum(f32x4.add(sum, otherSum)));
  store<f64>(to, load<f64>(to, 8) + <f64>horizontalSum(f32x4.add(product, otherProduct)), 8);
}

/** Second job: the gradients of gamma and beta; and what the gradient of x takes from the sums, two numbers a channel. */
export function normalizeSumsFinish(): void {
  const frozen = int(BatchNorm.frozen) != 0, count = <f64>int(BatchNorm.batch) * <f64>int(BatchNorm.plane);
  for (let c = 0; c < int(BatchNorm.channels); c++) {
    let total: f64 = 0, products: f64 = 0;
    for (let chunk = 0; chunk < chunkCount(); chunk++) {
      total += load<f64>(partial(chunk, c));
      products += load<f64>(partial(chunk, c), 8);
    }
    const inverse = <f64>inverseDeviation(c);
    products *= inverse;
    addTo(address(BatchNorm.gradGamma) + (<usize>c << 2), products);
    addTo(address(BatchNorm.gradBeta) + (<usize>c << 2), total);
    store<f32>(partial(0, c), frozen ? 0 : <f32>(total / count));
    store<f32>(partial(0, c), frozen ? 0 : <f32>(products / count * inverse), 4);
  }
}

/** Third job: gradX = gamma / σ (dy - shift - (x - mean) slope). */
export function normalizeBackwardChunk(chunk: i32): void {
  const bytes = <usize>int(BatchNorm.plane) << 2, channels = int(BatchNorm.channels), first = firstImage(chunk);
  const offset = <usize>(first * channels) * bytes;
  let x = address(BatchNorm.x) + offset, gradOut = address(BatchNorm.gradOut) + offset;
  let gradX = address(BatchNorm.gradX) + offset;
  for (let n = first; n < firstImage(chunk + 1); n++) {
    for (let c = 0; c < channels; c++) {
      const center = f32x4.splat(channelNumber(BatchNorm.mean, c));
      const scale = f32x4.splat(channelNumber(BatchNorm.gamma, c) * inverseDeviation(c));
      const shift = f32x4.splat(load<f32>(partial(0, c))), slope = f32x4.splat(load<f32>(partial(0, c), 4));
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
      x += bytes, gradOut += bytes, gradX += bytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, value: f64): void {
  store<f32>(to, <f32>(<f64>load<f32>(to) + value));
}
