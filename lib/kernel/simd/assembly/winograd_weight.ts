/**
 * The gradient of the weights of a 3 × 3 convolution by Winograd's products: what `winograd.ts` computes, derived.
 *
 *     gradWindow = Gᵀ [ Σ over tiles (A gradTile Aᵀ) ⊙ (Bᵀ d B) ] G
 *
 * For each of the 36 places that is a product of matrices, [outs, tiles] times [tiles, channels]. Here the four numbers of
 * a vector are those of four neighboring channels of one image.
 *
 * The tiles of one or more images are multiplied at a time. These sums begin at zero and are then added to those of the
 * chunk, so that no long sum is rounded at each step. Each chunk of images has sums of its own; they are added in the order
 * of the chunks, so the result does not depend on which thread computed which chunk.
 */
import { Winograd } from "./arguments";
import { address, int, scratch } from "./job";
import { PLACE_GAP, ZEROS } from "./layout";
import { joinPlanes } from "./quads";
import { tile4 } from "./tile";
import { transformColumns, transformGrad, transformRows, transformSums } from "./winograd_lines";

/** The bytes of the sums of one chunk: nine matrices, then the biases. */
// @ts-ignore: decorator
@inline
function chunkBytes(outs: i32, channels: i32): usize {
  return <usize>(9 * outs * channels + outs) << 2;
}

/** The sums of a few images. The channels are a multiple of eight, the output channels one of four. */
export function winogradWeightChunk(chunk: i32): void {
  const channels = int(Winograd.channels), outs = int(Winograd.outChannels), block = int(Winograd.blockSize);
  const tiles = ((int(Winograd.outHeight) + 3) >> 2) * ((int(Winograd.outWidth) + 3) >> 2);
  const first = chunk * int(Winograd.imagesPerChunk), end = min(first + int(Winograd.imagesPerChunk), int(Winograd.batch));
  const sums = scratch(Winograd.scratch, Winograd.scratchSize) + <usize>int(Winograd.sums);
  const out = address(Winograd.chunkSums) + chunk * chunkBytes(outs, channels);
  memory.fill(sums, 0, 36 * sumsBytes(outs, channels));
  memory.fill(out, 0, chunkBytes(outs, channels));
  for (let n = first; n < end; n += block) {
    const images = min(block, end - n);
    for (let i = 0; i < images; i++) {
      transformChannels(n + i, i * tiles, images * tiles);
      transformOuts(n + i, i * tiles, images * tiles, out + (<usize>(9 * outs * channels) << 2));
    }
    multiply(sums, channels, outs, images * tiles);
  }
  const finite = finishChunk(sums, channels, outs, out);
  store<i32>(address(Winograd.notFinite) + (chunk << 2), v128.any_true(f32x4.ne(finite, finite)) ? 1 : 0);
}

/** The bytes of one matrix of sums. */
// @ts-ignore: decorator
@inline
function sumsBytes(outs: i32, channels: i32): usize {
  return (<usize>(outs * channels) << 2) + PLACE_GAP;
}

/** Bᵀ d B of an image: for each place, eight channels after the other, a line of eight for each of `count` tiles. */
function transformChannels(n: i32, tile: i32, count: i32): void {
  const channels = int(Winograd.channels), height = int(Winograd.height), width = int(Winograd.width);
  const rows = (int(Winograd.outHeight) + 3) >> 2, across = (int(Winograd.outWidth) + 3) >> 2;
  const square = scratch(Winograd.scratch, Winograd.scratchSize), joined = square + <usize>int(Winograd.joined);
  const tiles = square + <usize>int(Winograd.tiles), plane = <usize>(height * width) << 2, columns = 4 * across + 2;
  const place = (<usize>(count * channels) << 2) + PLACE_GAP, top = int(Winograd.top), left = int(Winograd.left);
  let p = address(Winograd.image) + <usize>(n * channels) * plane;
  for (let c = 0; c < channels; c += 4) {
    joinPlanes(p, p + plane, p + 2 * plane, p + 3 * plane, height, width, joined, 0, 4 * rows + 2, columns, top, left);
    let to = tiles + (<usize>((c >> 3) * count + tile) << 5) + (<usize>(c & 4) << 2);
    for (let y = 0; y < rows; y++) {
      transformColumns(joined + (<usize>(4 * y * columns) << 4), <usize>columns << 4, columns, square);
      for (let x = 0; x < across; x++) {
        transformRows(square + <usize>(4 * x) * 96, to, place);
        to += 32;
      }
    }
    p += 4 * plane;
  }
}

/** A g Aᵀ of the gradient of an image: for each place, four channels after the other, a line of four for each tile. */
function transformOuts(n: i32, tile: i32, count: i32, biases: usize): void {
  const outs = int(Winograd.outChannels), height = int(Winograd.outHeight), width = int(Winograd.outWidth);
  const rows = (height + 3) >> 2, across = (width + 3) >> 2, columns = 4 * across;
  const square = scratch(Winograd.scratch, Winograd.scratchSize), joined = square + <usize>int(Winograd.joined);
  const tiles = square + <usize>int(Winograd.products), plane = <usize>(height * width) << 2;
  const place = (<usize>(count * outs) << 2) + PLACE_GAP;
  let p = address(Winograd.gradOut) + <usize>(n * outs) * plane;
  for (let o = 0; o < outs; o += 4) {
    joinPlanes(p, p + plane, p + 2 * plane, p + 3 * plane, height, width, joined, 0, 4 * rows, columns, 0, 0);
    v128.store(biases, f32x4.add(v128.load(biases), sumPixels(joined, 4 * rows, columns)));
    let to = tiles + (<usize>((o >> 2) * count + tile) << 4);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < across; x++) {
        transformGrad(joined + (<usize>(4 * (y * columns + x)) << 4), <usize>columns << 4, square, to, place);
        to += 16;
      }
    }
    p += 4 * plane;
    biases += 16;
  }
}

/** The sum of the pixels, row by row. */
function sumPixels(from: usize, rows: i32, columns: i32): v128 {
  let total = f32x4.splat(0);
  for (let y = 0; y < rows; y++) {
    let sum = f32x4.splat(0);
    for (let x = 0; x < columns; x++) {
      sum = f32x4.add(sum, v128.load(from));
      from += 16;
    }
    total = f32x4.add(total, sum);
  }
  return total;
}

/** The 36 products of matrices, added to the sums. */
function multiply(sums: usize, channels: i32, outs: i32, count: i32): void {
  const start = scratch(Winograd.scratch, Winograd.scratchSize), step = <usize>channels << 2;
  let x = start + <usize>int(Winograd.tiles), g = start + <usize>int(Winograd.products);
  for (let place = 0; place < 36; place++) {
    for (let c = 0; c < channels; c += 8) {
      const b = x + (<usize>(c * count) << 2);
      for (let o = 0; o < outs; o += 4) {
        tile4(count, g + (<usize>(o * count) << 2), b, ZEROS, sums + o * step + (<usize>c << 2), step, true);
      }
    }
    sums += sumsBytes(outs, channels);
    x += count * step + PLACE_GAP;
    g += (<usize>(outs * count) << 2) + PLACE_GAP;
  }
}

/** Gᵀ m G of the sums of a chunk. Returns zeros if all of it is finite, else NaN in some lane. */
function finishChunk(sums: usize, channels: i32, outs: i32, out: usize): v128 {
  const square = scratch(Winograd.scratch, Winograd.scratchSize), bytes = <usize>(outs * channels) << 2;
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    sum = f32x4.add(sum, transformSums(sums + i, sumsBytes(outs, channels), square, out + i, bytes));
  }
  for (let o: usize = 0; o < <usize>outs << 2; o += 16) sum = f32x4.add(sum, v128.load(out + 9 * bytes + o));
  return f32x4.mul(sum, f32x4.splat(0));
}

/** At the end, for four output channels: adds the sums of the chunks, in their order, to the gradients. */
export function winogradWeightFinishChunk(chunk: i32): void {
  const channels = int(Winograd.channels), outs = int(Winograd.outChannels), size = int(Winograd.imagesPerChunk);
  const chunks = (int(Winograd.batch) + size - 1) / size, step = chunkBytes(outs, channels);
  const sums = address(Winograd.chunkSums), matrix = <usize>(outs * channels) << 2;
  for (let o = 4 * chunk; o < 4 * chunk + 4; o++) {
    for (let c = 0; c < channels; c++) {
      let to = address(Winograd.gradWeight) + <usize>(o * channels + c) * 36;
      let from = sums + (<usize>(o * channels + c) << 2);
      for (let tap = 0; tap < 9; tap++) {
        addSums(from, step, chunks, to);
        from += matrix, to += 4;
      }
    }
    const gradBias = address(Winograd.gradBias), at = <usize>o << 2;
    if (gradBias) addSums(sums + 9 * matrix + at, step, chunks, gradBias + at);
  }
}

// @ts-ignore: decorator
@inline
function addSums(from: usize, step: usize, chunks: i32, to: usize): void {
  let sum = load<f32>(from);
  for (let chunk = 1; chunk < chunks; chunk++) {
    from += step;
    sum += load<f32>(from);
  }
  store<f32>(to, load<f32>(to) + sum);
}
