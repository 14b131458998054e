/**
 * Convolution of 3 × 3 windows, stride 1, with fewer products: F(4×4, 3×3) of Winograd (Lavin and Gray, 2016).
 *
 * The output is cut into tiles of 4 × 4 numbers. Each needs 6 × 6 numbers d of the padded image, and with the window g
 *
 *     tile = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A         36 products for 16 numbers of the output, not 144
 *
 * `winograd_lines.ts` has the matrices. ⊙ multiplies element by element and sums over the channels: for each of the 36
 * places that is a product of matrices, transformed weights [outs, channels] times transformed tiles [channels, tiles].
 *
 * Four images are computed at a time, a vector has one number of each: `quads.ts`. So no tile is computed for nothing but
 * where the output ends inside one. A few rows of tiles are a block, whose numbers stay in the cache.
 */
import { Winograd } from "./arguments";
import { address, int, scratch } from "./job";
import { PLACE_GAP, ROW_GROUP, ZEROS } from "./layout";
import { packRows, tileHeight } from "./pack";
import { joinPlanes, splitPlanes } from "./quads";
import { tile4, tile5, tile6 } from "./tile";
import { transformColumns, transformOut, transformRows, transformWindow } from "./winograd_lines";

/** Before the images: transforms and packs the weights of a group of output channels, one matrix for each place. */
export function winogradPrepareChunk(chunk: i32): void {
  const outs = int(Winograd.outChannels), channels = int(Winograd.channels), first = chunk * ROW_GROUP;
  const last = min(first + ROW_GROUP, outs), line = <usize>channels << 2, matrix = ROW_GROUP * line;
  const transformed = scratch(Winograd.scratch, Winograd.scratchSize);
  const weight = address(Winograd.weight), flipped = int(Winograd.flipped) != 0;
  for (let o = first; o < last; o++) {
    for (let c = 0; c < channels; c++) {
      const g = weight + <usize>(flipped ? c * outs + o : o * channels + c) * 36;
      transformWindow(g, flipped, transformed + (o - first) * line + (<usize>c << 2), matrix);
    }
  }
  const packed = address(Winograd.packedWeight), size = packedMatrix(outs, channels);
  for (let i = 0; i < 36; i++) {
    packRows(transformed + i * matrix - first * line, outs, channels, false, packed + i * size, first, last);
  }
}

/** The bytes of one packed matrix of weights: its last tile of rows may be filled up. */
// @ts-ignore: decorator
@inline
function packedMatrix(outs: i32, channels: i32): usize {
  return <usize>((outs + 5) * channels) << 2;
}

/** Four images; the last chunk may have fewer, and computes the last image more than once. */
export function winogradChunk(chunk: i32): void {
  const first = chunk << 2, count = min(int(Winograd.batch) - first, 4), block = int(Winograd.blockSize);
  const tileRows = (int(Winograd.outHeight) + 3) >> 2;
  let finite = f32x4.splat(0);
  for (let row = 0; row < tileRows; row += block) {
    const rows = min(block, tileRows - row), across = (int(Winograd.outWidth) + 3) >> 2;
    transformTiles(first, count, row, rows, across);
    multiply(int(Winograd.channels), int(Winograd.outChannels), (rows * across + 1) >> 1);
    finite = f32x4.add(finite, finish(first, count, row, rows, across));
  }
  store<i32>(address(Winograd.notFinite) + (chunk << 2), v128.any_true(f32x4.ne(finite, finite)) ? 1 : 0);
}

/** Bᵀ d B of some rows of tiles: for each place two tiles after the other, eight numbers for each channel. */
function transformTiles(first: i32, count: i32, row: i32, rows: i32, across: i32): void {
  const channels = int(Winograd.channels), height = int(Winograd.height), width = int(Winograd.width);
  const square = scratch(Winograd.scratch, Winograd.scratchSize);
  const joined = square + <usize>int(Winograd.joined), tiles = square + <usize>int(Winograd.tiles);
  const plane = <usize>(height * width) << 2, image = channels * plane, columns = 4 * across + 2;
  const place = (<usize>(((rows * across + 1) >> 1) * channels) << 5) + PLACE_GAP;
  let p0 = address(Winograd.image) + first * image;
  for (let c = 0; c < channels; c++) {
    const p1 = p0 + min(1, count - 1) * image, p2 = p0 + min(2, count - 1) * image, p3 = p0 + min(3, count - 1) * image;
    const top = int(Winograd.top), left = int(Winograd.left);
    joinPlanes(p0, p1, p2, p3, height, width, joined, 4 * row, 4 * rows + 2, columns, top, left);
    let t = 0;
    for (let y = 0; y < rows; y++) {
      transformColumns(joined + (<usize>(4 * y * columns) << 4), <usize>columns << 4, columns, square);
      for (let x = 0; x < across; x++, t++) {
        const to = tiles + (<usize>((t >> 1) * channels + c) << 5) + (<usize>(t & 1) << 4);
        transformRows(square + <usize>(4 * x) * 96, to, place);
      }
    }
    p0 += plane;
  }
}

/** The 36 products of matrices: weights times tiles, `count` eights of them. */
function multiply(channels: i32, outs: i32, count: i32): void {
  const start = scratch(Winograd.scratch, Winograd.scratchSize);
  const step = <usize>count << 5, panel = <usize>channels << 5;
  let b = start + <usize>int(Winograd.tiles), c = start + <usize>int(Winograd.products);
  let a = address(Winograd.packedWeight);
  for (let place = 0; place < 36; place++) {
    for (let row = 0; row < outs;) {
      const height = tileHeight(row, outs), rows = a + (<usize>(row * channels) << 2), to = c + row * step;
      for (let g = 0; g < count; g++) runTile(height, channels, rows, b + g * panel, to + (<usize>g << 5), step);
      row += height;
    }
    a += packedMatrix(outs, channels);
    b += count * panel + PLACE_GAP;
    c += (outs + 5) * step + PLACE_GAP;
  }
}

// @ts-ignore: decorator
@inline
function runTile(height: i32, k: i32, a: usize, b: usize, c: usize, step: usize): void {
  if (height == 5) tile5(k, a, b, ZEROS, c, step, false);
  else if (height == 4) tile4(k, a, b, ZEROS, c, step, false);
  else tile6(k, a, b, ZEROS, c, step, false);
}

/** Aᵀ m A of some rows of tiles, plus the bias, written to `out`. Returns zeros if all of it is finite, else NaN in some lane. */
function finish(first: i32, count: i32, row: i32, rows: i32, across: i32): v128 {
  const outs = int(Winograd.outChannels), height = int(Winograd.outHeight), width = int(Winograd.outWidth);
  const square = scratch(Winograd.scratch, Winograd.scratchSize), joined = square + <usize>int(Winograd.joined);
  const step = <usize>((rows * across + 1) >> 1) << 5, place = (outs + 5) * step + PLACE_GAP;
  const plane = <usize>(height * width) << 2, line = <usize>across << 6, bias = address(Winograd.bias);
  let m = square + <usize>int(Winograd.products), sum = f32x4.splat(0);
  let out = address(Winograd.out) + <usize>(first * outs) * plane + (<usize>(4 * row * width) << 2);
  for (let o = 0; o < outs; o++) {
    const start = f32x4.splat(bias ? load<f32>(bias + (<usize>o << 2)) : 0);
    let from = m;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < across; x++) {
        const to = joined + (<usize>(4 * y) * line) + (<usize>x << 6);
        sum = f32x4.add(sum, transformOut(from, place, square, start, to, line));
        from += 16;
      }
    }
    splitPlanes(joined, line, min(4 * rows, height - 4 * row), width, out, outs * plane, count);
    m += step;
    out += plane;
  }
  return f32x4.mul(sum, f32x4.splat(0));
}
