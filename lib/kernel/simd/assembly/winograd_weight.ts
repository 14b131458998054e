/**
 * The gradient of the weights of a 3 × 3 convolution by Winograd's products: what `winograd.ts` computes, derived.
 *
 *     gradWindow = Gᵀ [ Σ over tiles (A gradTile Aᵀ) ⊙ (Bᵀ d B) ] G
 *
 * For each of the 16 places that is a product of matrices, [outs, tiles] times [tiles, channels]. Here the four lanes of a
 * vector are four neighboring channels: the image and gradOut are laid out with the channels of a pixel together.
 *
 * The tiles are multiplied in blocks of a few rows. The sums of a block begin at zero and are added to those of the chunk
 * at its end, so that no long sum is rounded at each step. Each chunk of images has sums of its own; they are added in the
 * order of the chunks, so the result does not depend on which thread computed which chunk.
 */
import { Winograd } from "./arguments";
import { address, int, scratch } from "./job";
import { PLACE_GAP, ZEROS } from "./layout";
import { tile4 } from "./tile";
import { transpose4 } from "./vector";

/** The bytes of the sums of one chunk: 16 matrices, then the biases. */
// @ts-ignore: decorator
@inline
function chunkBytes(outs: i32, channels: i32): usize {
  return <usize>(16 * outs * channels + outs) << 2;
}

/** The sums of a few images. The channels are a multiple of eight, the output channels one of four. */
export function winogradWeightChunk(chunk: i32): void {
  const channels = int(Winograd.channels), outs = int(Winograd.outChannels);
  const tileRows = (int(Winograd.outHeight) + 1) >> 1, across = (int(Winograd.outWidth) + 1) >> 1;
  const image = scratch(Winograd.scratch, Winograd.scratchSize), gradOut = image + <usize>int(Winograd.products);
  const sums = address(Winograd.chunkSums) + chunk * chunkBytes(outs, channels);
  const first = chunk * int(Winograd.imagesPerChunk), end = min(first + int(Winograd.imagesPerChunk), int(Winograd.batch));
  const block = int(Winograd.blockSize), imageRows = 2 * tileRows + 2, imageColumns = 2 * across + 2;
  memory.fill(sums, 0, chunkBytes(outs, channels));
  memory.fill(image, 0, <usize>(imageRows * imageColumns * channels) << 2);
  memory.fill(gradOut, 0, <usize>(4 * tileRows * across * outs) << 2);
  for (let n = first; n < end; n++) {
    const height = int(Winograd.height), width = int(Winograd.width);
    const x = address(Winograd.image) + (<usize>(n * channels * height * width) << 2);
    gatherChannels(x, channels, height, width, image, imageRows, imageColumns, int(Winograd.top), int(Winograd.left));
    const outHeight = int(Winograd.outHeight), outWidth = int(Winograd.outWidth);
    const grad = address(Winograd.gradOut) + (<usize>(n * outs * outHeight * outWidth) << 2);
    gatherChannels(grad, outs, outHeight, outWidth, gradOut, 2 * tileRows, 2 * across, 0, 0);
    for (let row = 0; row < tileRows; row += block) {
      const rows = min(block, tileRows - row);
      transformImage(image, channels, row, rows, across);
      transformGradOut(gradOut, outs, row, rows, across);
      multiply(sums, channels, outs, rows * across);
    }
    if (address(Winograd.gradBias)) {
      addBiases(gradOut, sums + (<usize>(16 * outs * channels) << 2), outs, 2 * tileRows, 2 * across);
    }
  }
}

/** From planes to pixels with their channels together; pixel (y, x) goes to row y + top, column x + left. */
function gatherChannels(
  from: usize,
  channels: i32,
  height: i32,
  width: i32,
  to: usize,
  rows: i32,
  columns: i32,
  top: i32,
  left: i32,
): void {
  const plane = <usize>(height * width) << 2, pixel = <usize>channels << 2;
  const start = max(0, -left), end = min(width, columns - left);
  for (let y = max(0, -top); y < min(height, rows - top); y++) {
    const line = to + <usize>((y + top) * columns) * pixel, pixels = from + (<usize>(y * width) << 2);
    for (let c = 0; c < channels; c += 4) {
      const p0 = pixels + c * plane, p1 = p0 + plane, p2 = p1 + plane, p3 = p2 + plane;
      let x = start;
      for (; x + 4 <= end; x += 4) {
        const at = <usize>x << 2;
        transpose4(p0 + at, p1 + at, p2 + at, p3 + at, line + <usize>(x + left) * pixel + (<usize>c << 2), pixel);
      }
      for (; x < end; x++) {
        const at = <usize>x << 2, place = line + <usize>(x + left) * pixel + (<usize>c << 2);
        store<f32>(place, load<f32>(p0 + at));
        store<f32>(place, load<f32>(p1 + at), 4);
        store<f32>(place, load<f32>(p2 + at), 8);
        store<f32>(place, load<f32>(p3 + at), 12);
      }
    }
  }
}

/** Bᵀ d B of some rows of tiles: for each place, eight channels after the other, a line of eight for each tile. */
function transformImage(image: usize, channels: i32, row: i32, rows: i32, across: i32): void {
  const pixel = <usize>channels << 2, line = <usize>(2 * across + 2) * pixel, count = rows * across;
  const place = (<usize>(count * channels) << 2) + PLACE_GAP;
  const tiles = scratch(Winograd.scratch, Winograd.scratchSize) + <usize>int(Winograd.tiles);
  for (let t = 0; t < count; t++) {
    const y = row + t / across, x = t % across;
    const from = image + <usize>(2 * y) * line + <usize>(2 * x) * pixel;
    for (let c = 0; c < channels; c += 4) {
      const to = tiles + (<usize>((c >> 3) * count + t) << 5) + (<usize>(c & 4) << 2);
      transformTile(from + (<usize>c << 2), line, pixel, to, place);
    }
  }
}

/** Bᵀ d B of one tile of four channels: row by row, then column by column. */
function transformTile(p: usize, line: usize, pixel: usize, to: usize, place: usize): void {
  const p1 = p + line, p2 = p1 + line, p3 = p2 + line;
  let at: usize = 0;
  let d0 = v128.load(p), d1 = v128.load(p1), d2 = v128.load(p2), d3 = v128.load(p3);
  const a0 = f32x4.sub(d0, d2), a1 = f32x4.add(d1, d2), a2 = f32x4.sub(d2, d1), a3 = f32x4.sub(d1, d3);
  at = 2 * pixel;
  d0 = v128.load(p + at), d1 = v128.load(p1 + at), d2 = v128.load(p2 + at), d3 = v128.load(p3 + at);
  const c0 = f32x4.sub(d0, d2), c1 = f32x4.add(d1, d2), c2 = f32x4.sub(d2, d1), c3 = f32x4.sub(d1, d3);
  v128.store(to, f32x4.sub(a0, c0));
  v128.store(to + 4 * place, f32x4.sub(a1, c1));
  v128.store(to + 8 * place, f32x4.sub(a2, c2));
  v128.store(to + 12 * place, f32x4.sub(a3, c3));
  at = pixel;
  d0 = v128.load(p + at), d1 = v128.load(p1 + at), d2 = v128.load(p2 + at), d3 = v128.load(p3 + at);
  const b0 = f32x4.sub(d0, d2), b1 = f32x4.add(d1, d2), b2 = f32x4.sub(d2, d1), b3 = f32x4.sub(d1, d3);
  to += place;
  v128.store(to, f32x4.add(b0, c0));
  v128.store(to + 4 * place, f32x4.add(b1, c1));
  v128.store(to + 8 * place, f32x4.add(b2, c2));
  v128.store(to + 12 * place, f32x4.add(b3, c3));
  to += place;
  v128.store(to, f32x4.sub(c0, b0));
  v128.store(to + 4 * place, f32x4.sub(c1, b1));
  v128.store(to + 8 * place, f32x4.sub(c2, b2));
  v128.store(to + 12 * place, f32x4.sub(c3, b3));
  at = 3 * pixel;
  d0 = v128.load(p + at), d1 = v128.load(p1 + at), d2 = v128.load(p2 + at), d3 = v128.load(p3 + at);
  to += place;
  v128.store(to, f32x4.sub(b0, f32x4.sub(d0, d2)));
  v128.store(to + 4 * place, f32x4.sub(b1, f32x4.add(d1, d2)));
  v128.store(to + 8 * place, f32x4.sub(b2, f32x4.sub(d2, d1)));
  v128.store(to + 12 * place, f32x4.sub(b3, f32x4.sub(d1, d3)));
}

/** A g Aᵀ of some rows of tiles: for each place, four output channels after the other, a line of four for each tile. */
function transformGradOut(gradOut: usize, outs: i32, row: i32, rows: i32, across: i32): void {
  const pixel = <usize>outs << 2, line = <usize>(2 * across) * pixel, count = rows * across;
  const place = (<usize>(count * outs) << 2) + PLACE_GAP;
  const start = scratch(Winograd.scratch, Winograd.scratchSize) + <usize>int(Winograd.finished);
  for (let t = 0; t < count; t++) {
    const y = row + t / across, x = t % across;
    let from = gradOut + <usize>(2 * y) * line + <usize>(2 * x) * pixel;
    for (let o = 0; o < outs; o += 4) {
      const g00 = v128.load(from), g01 = v128.load(from + pixel);
      const g10 = v128.load(from + line), g11 = v128.load(from + line + pixel);
      let to = start + (<usize>((o >> 2) * count + t) << 4);
      putRow(g00, g01, to, place);
      to += 4 * place;
      putRow(f32x4.add(g00, g10), f32x4.add(g01, g11), to, place);
      to += 4 * place;
      putRow(f32x4.sub(g00, g10), f32x4.sub(g01, g11), to, place);
      to += 4 * place;
      putRow(f32x4.neg(g10), f32x4.neg(g11), to, place);
      from += 16;
    }
  }
}

// @ts-ignore: decorator
@inline
function putRow(left: v128, right: v128, to: usize, place: usize): void {
  v128.store(to, left);
  v128.store(to + place, f32x4.add(left, right));
  v128.store(to + 2 * place, f32x4.sub(left, right));
  v128.store(to + 3 * place, f32x4.neg(right));
}

/** The 16 products of matrices, added to the sums. */
function multiply(sums: usize, channels: i32, outs: i32, count: i32): void {
  const start = scratch(Winograd.scratch, Winograd.scratchSize), step = <usize>channels << 2;
  let x = start + <usize>int(Winograd.tiles), g = start + <usize>int(Winograd.finished);
  for (let place = 0; place < 16; place++) {
    for (let c = 0; c < channels; c += 8) {
      const b = x + (<usize>(c * count) << 2);
      for (let o = 0; o < outs; o += 4) {
        tile4(count, g + (<usize>(o * count) << 2), b, ZEROS, sums + o * step + (<usize>c << 2), step, true);
      }
    }
    sums += outs * step;
    x += count * step + PLACE_GAP;
    g += (<usize>(outs * count) << 2) + PLACE_GAP;
  }
}

/** sums[o] += Σ gradOut[pixel, o], a line at a time. */
function addBiases(gradOut: usize, sums: usize, outs: i32, rows: i32, columns: i32): void {
  const pixel = <usize>outs << 2;
  for (let o: usize = 0; o < pixel; o += 16) {
    let total = f32x4.splat(0), from = gradOut + o;
    for (let y = 0; y < rows; y++) {
      let sum = f32x4.splat(0);
      for (let x = 0; x < columns; x++) {
        sum = f32x4.add(sum, v128.load(from));
        from += pixel;
      }
      total = f32x4.add(total, sum);
    }
    v128.store(sums + o, f32x4.add(v128.load(sums + o), total));
  }
}

/** Runs once, at the end: adds the sums of the chunks, in their order, transforms them, and adds them to the gradients. */
export function winogradWeightFinish(): void {
  const channels = int(Winograd.channels), outs = int(Winograd.outChannels), size = int(Winograd.imagesPerChunk);
  const chunks = (int(Winograd.batch) + size - 1) / size, step = chunkBytes(outs, channels);
  const sums = address(Winograd.chunkSums), count = outs * channels;
  for (let chunk = 1; chunk < chunks; chunk++) {
    const from = sums + chunk * step;
    for (let i: usize = 0; i < step; i += 16) v128.store(sums + i, f32x4.add(v128.load(sums + i), v128.load(from + i)));
  }
  let to = address(Winograd.gradWeight);
  for (let i = 0; i < count; i++) {
    addWindow(sums + (<usize>i << 2), <usize>count << 2, to);
    to += 36;
  }
  const gradBias = address(Winograd.gradBias), biases = sums + (<usize>(16 * count) << 2);
  if (!gradBias) return;
  for (let o: usize = 0; o < <usize>outs << 2; o += 4) {
    store<f32>(gradBias + o, load<f32>(gradBias + o) + load<f32>(biases + o));
  }
}

/** Adds Gᵀ m G to a window of the gradient. */
function addWindow(m: usize, place: usize, to: usize): void {
  for (let j = 0; j < 3; j++) { // the rows of the result
    const row0 = combineAt(j, m, place), row1 = combineAt(j, m + place, place);
    const row2 = combineAt(j, m + 2 * place, place), row3 = combineAt(j, m + 3 * place, place);
    store<f32>(to, load<f32>(to) + combine(0, row0, row1, row2, row3));
    store<f32>(to, load<f32>(to, 4) + combine(1, row0, row1, row2, row3), 4);
    store<f32>(to, load<f32>(to, 8) + combine(2, row0, row1, row2, row3), 8);
    to += 12;
  }
}

/** Row `j` of Gᵀ times four numbers that lie `4 · place` bytes apart. */
// @ts-ignore: decorator
@inline
function combineAt(j: i32, m: usize, place: usize): f32 {
  return combine(j, load<f32>(m), load<f32>(m + 4 * place), load<f32>(m + 8 * place), load<f32>(m + 12 * place));
}

// @ts-ignore: decorator
@inline
function combine(j: i32, a: f32, b: f32, c: f32, d: f32): f32 {
  if (j == 1) return <f32>0.5 * (b - c);
  return <f32>0.5 * (b + c) + (j == 0 ? a : d);
}
