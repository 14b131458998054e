/**
 * Convolution as a matrix product whose second factor is never written down: out[o, pixel] = Σₖ weight[o, k] · x[table[k] + pixel].
 *
 * It serves forward (x is the image) and the gradient of the input (x is gradOut, the weights turned). Arguments:
 *
 *     1 from   2 weight   3 out   4 bias (or 0)   5 batch   6 images a chunk
 *     7, 8, 9    channels, height, width of `from`          10, 11, 12  channels, height, width of `out`
 *     13, 14     kernel height, width                       15          step between output rows, in laid-out rows
 *     16, 17, 18 height, width, phases of a laid-out plane  19, 20      spread     21, 22  top, left
 *     23 packed weights   24 table   25 biases of the tiles   26, 27 scratch   28 whether to turn the weights
 *     29 where in the scratch threes of output channels are computed (or 0)
 */
import { address, int, scratch } from "./job";
import { copyLines, fillTable, layPlane } from "./conv_image";
import { ZEROS } from "./layout";
import { copyBlock } from "./matmul";
import { packRows, rowsLeft, tileHeight } from "./pack";
import { tableTile3, tableTile4, tableTile5, tableTile6 } from "./table_tile";

/** Once, before the images: weights into tiles, the table, each bias eight times. */
export function convPrepare(): void {
  const outs = int(10), taps = int(13) * int(14), k = int(7) * taps;
  let weight = address(2);
  if (int(28)) {
    const turned = scratch(26);
    turnWeights(weight, turned, int(7), outs, taps);
    weight = turned;
  }
  if (int(29)) packThrees(weight, outs, k, address(23));
  else packRows(weight, outs, k, false, address(23), 0, outs);
  fillTable(address(24), int(7), int(13), int(14), int(16), int(17), int(18));
  const bias = address(4);
  let to = address(25);
  for (let o = 0; o < outs; o++) {
    const value = f32x4.splat(bias ? load<f32>(bias + (<usize>o << 2)) : 0);
    v128.store(to, value);
    v128.store(to, value, 16);
    to += 32;
  }
}

/** The weights of three output channels after those of three others: for each k one of each. */
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

/** weight[o, c, tap] becomes turned[c, o, last - tap]: channels exchanged, windows turned by half a turn. */
function turnWeights(weight: usize, turned: usize, outer: i32, inner: i32, taps: i32): void {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      for (let t = 0; t < taps; t++) {
        const at = <usize>(c * outer + o) * taps + (taps - 1 - t);
        store<f32>(turned + (at << 2), load<f32>(weight));
        weight += 4;
      }
    }
  }
}

/** Chunk by chunk: a few images. */
export function convChunk(chunk: i32): void {
  const channels = int(7), height = int(16), width = int(17), phases = int(18);
  const first = chunk * int(6), last = min(first + int(6), int(5));
  const laid = scratch(26), plane = <usize>(height * width * phases) << 2;
  const fromPlane = <usize>(int(8) * int(9)) << 2, outImage = <usize>(int(10) * int(11) * int(12)) << 2;
  memory.fill(laid, 0, plane * channels);
  let from = address(1) + <usize>first * channels * fromPlane;
  for (let n = first; n < last; n++) {
    for (let c = 0; c < channels; c++) {
      const to = laid + c * plane;
      layPlane(from, int(8), int(9), to, height, width, phases, int(19), int(20), int(21), int(22));
      from += fromPlane;
    }
    if (int(29)) convolveThrees(laid, address(3) + n * outImage);
    else convolve(laid, address(3) + n * outImage);
  }
}

/** One laid-out image: a few output channels after the other. */
function convolve(laid: usize, out: usize): void {
  const outs = int(10), k = int(7) * int(13) * int(14), plane = <usize>(int(11) * int(12)) << 2;
  let row = 0;
  while (row < outs) {
    const height = tileHeight(row, outs), a = address(23) + (<usize>row * k << 2), biases = address(25) + (row << 5);
    convolveRows(height, rowsLeft(row, outs, height), k, a, laid, biases, out + row * plane, plane);
    row += height;
  }
}

/**
 * One laid-out image whose output channels divide by three, with a stride of 1: the image is taken as one long line, twelve
 * pixels at a time; what is computed for the padding at the end of each line is left out when the lines are copied.
 */
function convolveThrees(laid: usize, out: usize): void {
  const outs = int(10), k = int(7) * int(13) * int(14), lines = int(11), lineBytes = <usize>int(12) << 2;
  const laidLine = <usize>int(17) << 2, plane: usize = lines * lineBytes, whole: usize = lines * laidLine;
  const last: usize = whole - laidLine + lineBytes - 48, threes = scratch(26) + <usize>int(29);
  for (let row = 0; row < outs; row += 3) {
    const a = address(23) + (<usize>row * k << 2), biases = address(25) + (row << 5);
    let x: usize = 0;
    while (true) {
      tableTile3(k, a, laid + x, address(24), biases, 32, threes + x, whole);
      if (x >= last) break;
      x = min(x + 48, last);
    }
    for (let i = 0; i < 3; i++) {
      copyLines(threes + i * whole, laidLine, out, lineBytes, lines, lineBytes);
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
  laid: usize,
  biases: usize,
  out: usize,
  plane: usize,
): void {
  const lines = int(11), width = int(12), table = address(24), lineBytes = <usize>width << 2;
  const step = <usize>(int(15) * int(17) * int(18)) << 2;
  const whole = rows == height && width >= 8, last = <usize>max(width - 8, 0) << 2;
  for (let y = 0; y < lines; y++) {
    let x: usize = 0;
    while (true) {
      if (whole) runTile(height, k, a, laid + x, table, biases, out + x, plane);
      else { // at the edge: a whole tile is computed aside, and what belongs to `out` is copied
        const aside = scratch(26) + <usize>int(27) - 256;
        runTile(height, k, a, laid + x, table, biases, aside, 32);
        copyBlock(aside, 32, out + x, plane, rows, min(width, 8));
      }
      if (x >= last) break;
      x = min(x + 32, last);
    }
    laid += step, out += lineBytes;
  }
}

// @ts-ignore: decorator
@inline
function runTile(height: i32, k: i32, a: usize, b: usize, table: usize, init: usize, c: usize, step: usize): void {
  if (height == 5) tableTile5(k, a, b, table, init, 32, c, step);
  else if (height == 4) tableTile4(k, a, b, table, init, 32, c, step);
  else tableTile6(k, a, b, table, init, 32, c, step);
}
