/**
 * Convolution as a matrix product whose second factor is never written to memory:
 *
 *     out[o, pixel] = Σₖ weight[o, k] · image[table[k] + pixel]
 *
 * It computes the forward pass (`image` is x) and the gradient of the input (`image` is gradOut, with flipped weights).
 *
 * First each image is padded: zeros around it, and, for a stride s, every s-th column moved next to each other (a row is
 * split into s phases). Then the pixels that one weight meets in neighboring windows are neighbors in memory, whatever
 * the stride, and the tiles read them in place.
 *
 *     stride 1:  a row is           0 x₀ x₁ x₂ x₃ x₄ 0
 *     stride 2:  a row is           0 x₁ x₃ 0 | x₀ x₂ x₄ ·       (columns 0, 2, 4, 6 | 1, 3, 5 of the padded row)
 *
 * For the gradient of the input, `gradOut` is also dilated: the stride puts zeros between its pixels. That gradient is a
 * convolution of stride 1.
 */
import { Conv } from "./arguments";
import { address, int, scratch } from "./job";
import { EDGE_TILE } from "./layout";
import { copyBlock } from "./matmul";
import { packRows, rowsLeft, tileHeight } from "./pack";
import { tableTile3, tableTile4, tableTile5, tableTile6 } from "./table_tile";

/** How many products one sum has: the weights of one output channel. */
// @ts-ignore: decorator
@inline
export function weightsPerOutput(): i32 {
  return int(Conv.channels) * int(Conv.kernelHeight) * int(Conv.kernelWidth);
}

/** The first image of a chunk. */
// @ts-ignore: decorator
@inline
export function firstImage(chunk: i32): i32 {
  return chunk * int(Conv.imagesPerChunk);
}

/** The end of a chunk's images: the first one after them. */
// @ts-ignore: decorator
@inline
export function endImage(chunk: i32): i32 {
  return min(firstImage(chunk) + int(Conv.imagesPerChunk), int(Conv.batch));
}

/** Runs once, before the images: packs the weights for the tiles, fills the table, writes each bias eight times. */
export function convPrepare(): void {
  const outs = int(Conv.outChannels), k = weightsPerOutput(), packed = address(Conv.packedWeight);
  let weight = address(Conv.weight);
  if (int(Conv.flipped)) {
    const flipped = scratch(Conv.scratch, Conv.scratchSize);
    flipWeights(weight, flipped, int(Conv.channels), outs, int(Conv.kernelHeight) * int(Conv.kernelWidth));
    weight = flipped;
  }
  if (int(Conv.wideRows)) packThrees(weight, outs, k, packed);
  else packRows(weight, outs, k, false, packed, 0, outs);
  fillTable();
  const bias = address(Conv.bias);
  let to = address(Conv.tileBias);
  for (let o = 0; o < outs; o++) {
    const value = f32x4.splat(bias ? load<f32>(bias + (<usize>o << 2)) : 0);
    v128.store(to, value);
    v128.store(to, value, 16);
    to += 32;
  }
}

/** Packs the weights of three output channels together: for each k, one weight of each. */
function packThrees(weight: usize, outs: i32, k: i32, to: usize): void {
  const line = <usize>k << 2;
  for (let row = 0; row < outs; row += 3) {
    for (let p = 0; p < k; p++) {
      store<f32>(to, load<f32>(weight));
      store<f32>(to, load<f32>(weight + line), 4);
      store<f32>(to, load<f32>(weight + 2 * line), 8);
      weight += 4, to += 12;
    }
    weight += 2 * line;
  }
}

/** weight[o, c, tap] becomes flipped[c, o, last - tap]: channels exchanged, windows rotated by 180 degrees. */
function flipWeights(weight: usize, flipped: usize, outer: i32, inner: i32, taps: i32): void {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      for (let t = 0; t < taps; t++) {
        const at = <usize>(c * outer + o) * taps + (taps - 1 - t);
        store<f32>(flipped + (at << 2), load<f32>(weight));
        weight += 4;
      }
    }
  }
}

/** For each weight of one output channel, writes where in a padded image the pixels that it meets begin. */
export function fillTable(): void {
  const height = int(Conv.paddedHeight), width = int(Conv.paddedWidth), phases = int(Conv.phases);
  let table = address(Conv.table);
  for (let c = 0; c < int(Conv.channels); c++) {
    for (let ky = 0; ky < int(Conv.kernelHeight); ky++) {
      for (let kx = 0; kx < int(Conv.kernelWidth); kx++) {
        const line = c * height + ky;
        store<i32>(table, ((line * phases + kx % phases) * width + kx / phases) << 2);
        table += 4;
      }
    }
  }
}

/** A few images: each is padded in the thread's scratch, then convolved. */
export function convChunk(chunk: i32): void {
  const channels = int(Conv.channels), rows = int(Conv.height), columns = int(Conv.width);
  const height = int(Conv.paddedHeight), width = int(Conv.paddedWidth), phases = int(Conv.phases);
  const dilationHeight = int(Conv.dilationHeight), dilationWidth = int(Conv.dilationWidth);
  const padded = scratch(Conv.scratch, Conv.scratchSize), plane = <usize>(height * width * phases) << 2;
  const imagePlane = <usize>(rows * columns) << 2;
  const outImage = <usize>(int(Conv.outChannels) * int(Conv.outHeight) * int(Conv.outWidth)) << 2;
  memory.fill(padded, 0, plane * channels);
  let image = address(Conv.image) + <usize>firstImage(chunk) * channels * imagePlane;
  for (let n = firstImage(chunk), end = endImage(chunk); n < end; n++) {
    for (let c = 0; c < channels; c++) {
      const to = padded + c * plane, top = int(Conv.top), left = int(Conv.left);
      padPlane(image, rows, columns, to, height, width, phases, dilationHeight, dilationWidth, top, left);
      image += imagePlane;
    }
    if (int(Conv.wideRows)) convolveWide(padded, address(Conv.out) + n * outImage);
    else convolve(padded, address(Conv.out) + n * outImage);
  }
}

/** Puts pixel (y, x) of a plane at row `y · dilationHeight + top`, column `x · dilationWidth + left` of the padded one. */
export function padPlane(
  from: usize,
  rows: i32,
  columns: i32,
  to: usize, // from `rows` × `columns`, to `height` rows of
  height: i32,
  width: i32,
  phases: i32, //            `phases` × `width` numbers
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
): void {
  const line = <usize>(phases * width) << 2, dilated = dilationWidth != 1 || dilationHeight != 1;
  if (phases == 1 && !dilated && left >= 0 && left + columns <= width && columns >= 4) {
    const first = max(-top, 0), last = min(rows, height - top);
    const start = to + <usize>(first + top) * line + (left << 2);
    const bytes = <usize>columns << 2;
    copyLines(from + first * bytes, bytes, start, line, last - first, bytes);
    return;
  }
  for (let y = 0; y < rows; y++) {
    const row = y * dilationHeight + top;
    if (row >= 0 && row < height) {
      const start = to + <usize>row * line;
      for (let x = 0; x < columns; x++) {
        const column = x * dilationWidth + left;
        if (column >= 0 && column < phases * width) {
          const at = column % phases * width + column / phases;
          store<f32>(start + (<usize>at << 2), load<f32>(from + (<usize>x << 2)));
        }
      }
    }
    from += <usize>columns << 2;
  }
}

/** Copies lines of `bytes` ≥ 16 bytes, some steps apart; the last four numbers of each may be copied twice. */
export function copyLines(from: usize, fromStep: usize, to: usize, toStep: usize, lines: i32, bytes: usize): void {
  const last = bytes - 16;
  for (let y = 0; y < lines; y++) {
    for (let i: usize = 0; i < last; i += 16) v128.store(to + i, v128.load(from + i));
    v128.store(to + last, v128.load(from + last));
    from += fromStep;
    to += toStep;
  }
}

/** One padded image: a few output channels after the other. */
function convolve(padded: usize, out: usize): void {
  const outs = int(Conv.outChannels), k = weightsPerOutput();
  const plane = <usize>(int(Conv.outHeight) * int(Conv.outWidth)) << 2;
  let row = 0;
  while (row < outs) {
    const height = tileHeight(row, outs), rows = rowsLeft(row, outs, height);
    const a = address(Conv.packedWeight) + (<usize>row * k << 2), biases = address(Conv.tileBias) + (row << 5);
    convolveRows(height, rows, k, a, padded, biases, out + row * plane, plane);
    row += height;
  }
}

/**
 * One padded image with wide tiles, for a multiple of three output channels and a stride of 1. The image is read as one
 * long line, twelve pixels at a time; what is computed for the padding at the end of each line is skipped when the lines
 * are copied to `out`.
 */
function convolveWide(padded: usize, out: usize): void {
  const outs = int(Conv.outChannels), k = weightsPerOutput();
  const lines = int(Conv.outHeight), lineBytes = <usize>int(Conv.outWidth) << 2;
  const paddedLine = <usize>int(Conv.paddedWidth) << 2, plane: usize = lines * lineBytes;
  const wholeRow: usize = lines * paddedLine, last: usize = wholeRow - paddedLine + lineBytes - 48;
  const wideRows = scratch(Conv.scratch, Conv.scratchSize) + <usize>int(Conv.wideRows);
  for (let row = 0; row < outs; row += 3) {
    const a = address(Conv.packedWeight) + (<usize>row * k << 2), biases = address(Conv.tileBias) + (row << 5);
    let x: usize = 0;
    while (true) {
      tableTile3(k, a, padded + x, address(Conv.table), biases, 32, wideRows + x, wholeRow);
      if (x >= last) break;
      x = min(x + 48, last);
    }
    for (let i = 0; i < 3; i++) {
      copyLines(wideRows + i * wholeRow, paddedLine, out, lineBytes, lines, lineBytes);
      out += plane;
    }
  }
}

/** The pixels of some output channels, eight at a time; the last eight of a line may overlap those before. */
function convolveRows(
  height: i32,
  rows: i32,
  k: i32,
  a: usize,
  padded: usize,
  biases: usize,
  out: usize,
  plane: usize,
): void {
  const lines = int(Conv.outHeight), width = int(Conv.outWidth), lineBytes = <usize>width << 2;
  const step = <usize>(int(Conv.rowStride) * int(Conv.paddedWidth) * int(Conv.phases)) << 2, table = address(Conv.table);
  const whole = rows == height && width >= 8, last = <usize>max(width - 8, 0) << 2;
  for (let y = 0; y < lines; y++) {
    let x: usize = 0;
    while (true) {
      if (whole) runTile(height, k, a, padded + x, table, biases, out + x, plane);
      else { // at the edge: a whole tile is computed in the scratch, and the part that is inside `out` is copied
        const edge = scratch(Conv.scratch, Conv.scratchSize) + <usize>int(Conv.scratchSize) - EDGE_TILE;
        runTile(height, k, a, padded + x, table, biases, edge, 32);
        copyBlock(edge, 32, out + x, plane, rows, min(width, 8));
      }
      if (x >= last) break;
      x = min(x + 32, last);
    }
    padded += step, out += lineBytes;
  }
}

// @ts-ignore: decorator
@inline
function runTile(height: i32, k: i32, a: usize, b: usize, table: usize, init: usize, c: usize, step: usize): void {
  if (height == 5) tableTile5(k, a, b, table, init, 32, c, step);
  else if (height == 4) tableTile4(k, a, b, table, init, 32, c, step);
  else tableTile6(k, a, b, table, init, 32, c, step);
}
