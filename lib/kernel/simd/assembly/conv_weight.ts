/**
 * The gradient of the weights: gradWeight[o, k] = Σ over images and pixels of gradOut[o, pixel] · image[table[k] + pixel].
 *
 * Here the four lanes of a vector are four neighboring pixels of one sum, and the lanes are added up at the end. The image
 * is padded as for the other passes. gradOut gets zeros after each line, so that both can be read in whole vectors: line
 * by line, or, if the lines of the image are packed tightly enough (a stride of 1), the whole plane as one long line.
 *
 * Each chunk of images has its own sums. They are added in the order of the chunks, so the result does not depend on
 * which thread computed which chunk.
 */
import { Conv } from "./arguments";
import { endImage, fillTable, firstImage, padPlane, weightsPerOutput } from "./conv";
import { address, int, scratch } from "./job";
import { NINE_SUMS } from "./layout";
import { horizontalSum, madd, SUM_BLOCK } from "./vector";

/** Runs once, before the images. */
export function weightPrepare(): void {
  fillTable();
}

/** The sums of a few images. */
export function weightChunk(chunk: i32): void {
  const channels = int(Conv.channels), outs = int(Conv.outChannels), k = weightsPerOutput();
  const rows = int(Conv.height),
    columns = int(Conv.width),
    outRows = int(Conv.outHeight),
    outColumns = int(Conv.outWidth);
  const height = int(Conv.paddedHeight), width = int(Conv.paddedWidth), phases = int(Conv.phases);
  const padded = scratch(Conv.scratch, Conv.scratchSize), paddedOut = padded + address(Conv.paddedGradOut);
  const sums = padded + address(Conv.runningSums), plane = <usize>(height * width * phases) << 2;
  const imagePlane = <usize>(rows * columns) << 2, outPlane = <usize>(outRows * outColumns) << 2;
  const outLine = int(Conv.gradOutLine), paddedOutPlane = (<usize>(outRows * outLine + 7) & ~7) << 2;
  const groups = (outs + 2) / 3 * ((k + 2) / 3), sumBytes = <usize>groups * NINE_SUMS;
  memory.fill(padded, 0, <usize>int(Conv.runningSums)); // the image and gradOut, with what is read beyond their ends
  memory.fill(sums, 0, sumBytes + (<usize>outs << 4));
  let image = address(Conv.image) + <usize>firstImage(chunk) * channels * imagePlane;
  let gradOut = address(Conv.gradOut) + <usize>firstImage(chunk) * outs * outPlane;
  for (let n = firstImage(chunk), end = endImage(chunk); n < end; n++) {
    for (let c = 0; c < channels; c++) {
      const top = int(Conv.top), left = int(Conv.left);
      padPlane(image, rows, columns, padded + c * plane, height, width, phases, 1, 1, top, left);
      image += imagePlane;
    }
    for (let o = 0; o < outs; o++) {
      padPlane(gradOut, outRows, outColumns, paddedOut + o * paddedOutPlane, outRows, outLine, 1, 1, 1, 0, 0);
      gradOut += outPlane;
    }
    addImage(padded, paddedOut, sums, k, paddedOutPlane);
    if (address(Conv.gradBias)) addBiases(paddedOut, sums + sumBytes, outs, paddedOutPlane);
  }
  addLanes(sums, address(Conv.chunkSums) + (<usize>chunk * outs * (k + 1) << 2), outs, k);
}

/** Adds one image to the running sums: groups of three output channels and three weights. */
function addImage(padded: usize, gradOut: usize, sums: usize, k: i32, plane: usize): void {
  const outs = int(Conv.outChannels), table = address(Conv.table);
  const lines = int(Conv.lines), bytes = <usize>int(Conv.vectorPairs) << 5;
  const gLine = <usize>int(Conv.gradOutLine) << 2;
  const xLine = <usize>(int(Conv.rowStride) * int(Conv.paddedWidth) * int(Conv.phases)) << 2;
  for (let o = 0; o < outs; o += 3) {
    const g0 = gradOut + o * plane;
    const g1 = gradOut + min(o + 1, outs - 1) * plane, g2 = gradOut + min(o + 2, outs - 1) * plane;
    for (let p = 0; p < k; p += 3) {
      const x0 = padded + load<u32>(table + (p << 2));
      const x1 = padded + load<u32>(table + (min(p + 1, k - 1) << 2));
      const x2 = padded + load<u32>(table + (min(p + 2, k - 1) << 2));
      addNine(g0, g1, g2, x0, x1, x2, sums, lines, bytes, gLine, xLine);
      sums += NINE_SUMS;
    }
  }
}

/**
 * sums[i, j] += gᵢ · xⱼ, four pixels per iteration: nine sums and the vectors they are made of fit the registers. With
 * eight pixels per iteration V8 puts the two products of each sum side by side, and two of the sums no longer fit.
 */
function addNine(
  g0: usize,
  g1: usize,
  g2: usize,
  x0: usize,
  x1: usize,
  x2: usize,
  sums: usize,
  lines: i32,
  bytes: usize,
  gLine: usize,
  xLine: usize,
): void {
  let s00 = v128.load(sums), s01 = v128.load(sums, 16), s02 = v128.load(sums, 32);
  let s10 = v128.load(sums, 48), s11 = v128.load(sums, 64), s12 = v128.load(sums, 80);
  let s20 = v128.load(sums, 96), s21 = v128.load(sums, 112), s22 = v128.load(sums, 128);
  for (let y = 0; y < lines; y++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const a0 = v128.load(x0 + i), a1 = v128.load(x1 + i), a2 = v128.load(x2 + i);
      let g = v128.load(g0 + i);
      s00 = madd(g, a0, s00), s01 = madd(g, a1, s01), s02 = madd(g, a2, s02);
      g = v128.load(g1 + i);
      s10 = madd(g, a0, s10), s11 = madd(g, a1, s11), s12 = madd(g, a2, s12);
      g = v128.load(g2 + i);
      s20 = madd(g, a0, s20), s21 = madd(g, a1, s21), s22 = madd(g, a2, s22);
    }
    g0 += gLine, g1 += gLine, g2 += gLine;
    x0 += xLine, x1 += xLine, x2 += xLine;
  }
  v128.store(sums, s00), v128.store(sums, s01, 16), v128.store(sums, s02, 32);
  v128.store(sums, s10, 48), v128.store(sums, s11, 64), v128.store(sums, s12, 80);
  v128.store(sums, s20, 96), v128.store(sums, s21, 112), v128.store(sums, s22, 128);
}

/** sums[o] += Σ gradOut[o, pixel]; the zeros after each line add nothing. With four sums, no addition waits for the last. */
function addBiases(gradOut: usize, sums: usize, outs: i32, plane: usize): void {
  for (let o = 0; o < outs; o++) {
    let total = v128.load(sums);
    for (let i: usize = 0; i < plane;) {
      const first = i == 0, end = min(i + (<usize>SUM_BLOCK << 4), plane);
      let sum0 = first ? total : f32x4.splat(0), sum1 = f32x4.splat(0), sum2 = sum1, sum3 = sum1;
      for (; i + 64 <= end; i += 64) {
        const p = gradOut + i;
        sum0 = f32x4.add(sum0, v128.load(p)), sum1 = f32x4.add(sum1, v128.load(p, 16));
        sum2 = f32x4.add(sum2, v128.load(p, 32)), sum3 = f32x4.add(sum3, v128.load(p, 48));
      }
      for (; i < end; i += 16) sum0 = f32x4.add(sum0, v128.load(gradOut + i));
      const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
      total = first ? sum : f32x4.add(total, sum);
    }
    gradOut += plane;
    v128.store(sums, total);
    sums += 16;
  }
}

/** Adds the four lanes of every sum: weights `[outs, k]`, then biases `[outs]`. */
function addLanes(sums: usize, to: usize, outs: i32, k: i32): void {
  for (let o = 0; o < outs; o += 3) {
    for (let p = 0; p < k; p += 3) {
      for (let i = o; i < min(o + 3, outs); i++) {
        for (let j = p; j < min(p + 3, k); j++) {
          const sum = v128.load(sums + (((i - o) * 3 + j - p) << 4));
          store<f32>(to + ((<usize>i * k + j) << 2), horizontalSum(sum));
        }
      }
      sums += NINE_SUMS;
    }
  }
  to += <usize>outs * k << 2;
  for (let o = 0; o < outs; o++) store<f32>(to + (o << 2), horizontalSum(v128.load(sums + (o << 4))));
}

/** Runs once, at the end: adds the sums of the chunks, in their order, to the gradients. */
export function weightFinish(): void {
  const outs = int(Conv.outChannels), k = weightsPerOutput(), size = int(Conv.imagesPerChunk);
  const chunks = (int(Conv.batch) + size - 1) / size, stride = <usize>outs * (k + 1) << 2;
  const from = address(Conv.chunkSums), gradBias = address(Conv.gradBias);
  addChunks(from, stride, chunks, address(Conv.gradWeight), outs * k);
  if (gradBias) addChunks(from + (<usize>outs * k << 2), stride, chunks, gradBias, outs);
}

function addChunks(from: usize, stride: usize, chunks: i32, to: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    let sum = v128.load(from);
    for (let c = 1; c < chunks; c++) sum = f32x4.add(sum, v128.load(from + c * stride));
    v128.store(to, f32x4.add(v128.load(to), sum));
    from += 16, to += 16;
  }
  for (; i < count; i++) {
    let sum = load<f32>(from);
    for (let c = 1; c < chunks; c++) sum += load<f32>(from + c * stride);
    store<f32>(to, load<f32>(to) + sum);
    from += 4, to += 4;
  }
}
