/**
 * The gradient of the weights: gradWeight[o, k] = Σ over images and pixels of gradOut[o, pixel] · x[table[k] + pixel].
 *
 * Here the four lanes of a vector are four neighbouring pixels of one sum, and the lanes are added up at the end. The image
 * is laid out as for the other passes; gradOut with zeros after each line, so that both can be read in whole vectors: if
 * the lines of the image are as close as they can be (a stride of 1), the whole plane as one long line. Each chunk of images has sums of its own; they are added in the order of the chunks, so that
 * the result does not depend on who computed what. Arguments:
 *
 *     1 x   2 gradOut   3 gradWeight   4 gradBias (or 0)   5 batch   6 images a chunk
 *     7, 8, 9    channels, height, width of `x`            10, 11, 12  channels, height, width of `gradOut`
 *     13, 14     kernel height, width                      15          step between output rows, in laid-out rows
 *     16, 17, 18 height, width, phases of a laid-out plane 21, 22      top, left
 *     23 sums of the chunks, each outs × (k + 1)   24 table   26, 27 scratch   29 offset of gradOut in it
 *     30 of the running sums   31 line length of the laid-out gradOut   32, 33 how many lines to read, pairs of vectors in each
 */
import { address, int, scratch } from "./job";
import { fillTable, layPlane } from "./conv_image";
import { horizontalSum, madd, SUM_BLOCK } from "./vector";

/** Once, before the images. */
export function weightPrepare(): void {
  fillTable(address(24), int(7), int(13), int(14), int(16), int(17), int(18));
}

/** Chunk by chunk: the sums of a few images. */
export function weightChunk(chunk: i32): void {
  const channels = int(7), height = int(16), width = int(17), phases = int(18), outs = int(10);
  const first = chunk * int(6), last = min(first + int(6), int(5));
  const laid = scratch(26), laidOut = laid + address(29), sums = laid + address(30), k = channels * int(13) * int(14);
  const plane = <usize>(height * width * phases) << 2, fromPlane = <usize>(int(8) * int(9)) << 2;
  const outPlane = <usize>(int(11) * int(12)) << 2;
  const outLine = int(31), laidPlane = (<usize>(int(11) * outLine + 7) & ~7) << 2;
  const groups = (outs + 2) / 3 * ((k + 2) / 3), sumBytes = <usize>groups * 144;
  memory.fill(laid, 0, <usize>int(30)); // the image and gradOut, with what is read beyond their ends
  memory.fill(sums, 0, sumBytes + (<usize>outs << 4));
  let from = address(1) + <usize>first * channels * fromPlane;
  let gradOut = address(2) + <usize>first * outs * outPlane;
  for (let n = first; n < last; n++) {
    for (let c = 0; c < channels; c++) {
      layPlane(from, int(8), int(9), laid + c * plane, height, width, phases, 1, 1, int(21), int(22));
      from += fromPlane;
    }
    for (let o = 0; o < outs; o++) {
      layPlane(gradOut, int(11), int(12), laidOut + o * laidPlane, int(11), outLine, 1, 1, 1, 0, 0);
      gradOut += outPlane;
    }
    addImage(laid, laidOut, sums, k, laidPlane);
    if (address(4)) addBiases(laidOut, sums + sumBytes, outs, laidPlane);
  }
  addLanes(sums, address(23) + (<usize>chunk * outs * (k + 1) << 2), outs, k);
}

/** Adds one image to the running sums: groups of three output channels and three weights. */
function addImage(laid: usize, gradOut: usize, sums: usize, k: i32, plane: usize): void {
  const outs = int(10), table = address(24), lines = int(32), bytes = <usize>int(33) << 5;
  const gLine = <usize>int(31) << 2, xLine = <usize>(int(15) * int(17) * int(18)) << 2;
  for (let o = 0; o < outs; o += 3) {
    const g0 = gradOut + o * plane;
    const g1 = gradOut + min(o + 1, outs - 1) * plane, g2 = gradOut + min(o + 2, outs - 1) * plane;
    for (let p = 0; p < k; p += 3) {
      const x0 = laid + load<u32>(table + (p << 2));
      const x1 = laid + load<u32>(table + (min(p + 1, k - 1) << 2));
      const x2 = laid + load<u32>(table + (min(p + 2, k - 1) << 2));
      addNine(g0, g1, g2, x0, x1, x2, sums, lines, bytes, gLine, xLine);
      sums += 144;
    }
  }
}

/**
 * sums[i, j] += gᵢ · xⱼ, four pixels a turn: nine sums and the vectors they are made of fit the registers. With eight
 * pixels a turn V8 puts the two products of each sum side by side, and two of the sums no longer fit.
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

/** sums[o] += Σ gradOut[o, pixel]; the zeros after each line add nothing. Four sums, so that none waits for the one before. */
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

/** The four lanes of every sum become one number: weights [outs, k], then biases [outs]. */
function addLanes(sums: usize, to: usize, outs: i32, k: i32): void {
  for (let o = 0; o < outs; o += 3) {
    for (let p = 0; p < k; p += 3) {
      for (let i = o; i < min(o + 3, outs); i++) {
        for (let j = p; j < min(p + 3, k); j++) {
          const sum = v128.load(sums + (((i - o) * 3 + j - p) << 4));
          store<f32>(to + ((<usize>i * k + j) << 2), horizontalSum(sum));
        }
      }
      sums += 144;
    }
  }
  to += <usize>outs * k << 2;
  for (let o = 0; o < outs; o++) store<f32>(to + (o << 2), horizontalSum(v128.load(sums + (o << 4))));
}

/** At the end: the chunks, in their order, are added to the gradients. */
export function weightFinish(): void {
  const outs = int(10), k = int(7) * int(13) * int(14), chunks = (int(5) + int(6) - 1) / int(6);
  const stride = <usize>outs * (k + 1) << 2;
  addChunks(address(23), stride, chunks, address(3), outs * k);
  if (address(4)) addChunks(address(23) + (<usize>outs * k << 2), stride, chunks, address(4), outs);
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
