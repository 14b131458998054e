/**
 * Convolution of 3 × 3 windows, stride 1, with fewer products: F(2×2, 3×3) of Winograd (Lavin and Gray, 2016).
 *
 * The output is cut into tiles of 2 × 2 numbers. Each needs 4 × 4 numbers d of the padded image, and with the window g
 *
 *     tile = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A         16 products for four numbers of the output, not 36
 *
 *          1  0 -1  0            1  0  0
 *     Bᵀ = 0  1  1  0        G = ½  ½  ½        Aᵀ = 1  1  1  0
 *          0 -1  1  0            ½ -½  ½             0  1 -1 -1
 *          0  1  0 -1            0  0  1
 *
 * ⊙ multiplies element by element and sums over the channels: for each of the 16 places that is a product of matrices,
 * transformed weights [outs, channels] times transformed tiles [channels, tiles].
 *
 * The padded image is stored in four phases, by even and odd rows and columns. Then the same number of four neighboring
 * tiles is one vector, and no transform needs a shuffle. A phase is read as one long line: the tile behind the last one of
 * each row is computed for nothing.
 *
 *     phase (0, 1), for example:   p₀₁ p₀₃ p₀₅ …   (row 0, columns 1, 3, 5, …), then row 2, …
 */
import { Winograd } from "./arguments";
import { address, int, scratch } from "./job";
import { PLACE_GAP, ZEROS } from "./layout";
import { packRows, tileHeight } from "./pack";
import { tile4, tile5, tile6 } from "./tile";

/** Runs once, before the images: transforms and packs the weights, one matrix for each of the 16 places. */
export function winogradPrepare(): void {
  const outs = int(Winograd.outChannels), channels = int(Winograd.channels);
  const matrix = <usize>(outs * channels) << 2, transformed = scratch(Winograd.scratch, Winograd.scratchSize);
  const weight = address(Winograd.weight), flipped = int(Winograd.flipped) != 0;
  for (let o = 0; o < outs; o++) {
    for (let c = 0; c < channels; c++) {
      const g = weight + <usize>(flipped ? c * outs + o : o * channels + c) * 36;
      transformWindow(g, flipped, transformed + (<usize>(o * channels + c) << 2), matrix);
    }
  }
  const packed = address(Winograd.packedWeight), size = packedMatrix(outs, channels);
  for (let i = 0; i < 16; i++) {
    packRows(transformed + i * matrix, outs, channels, false, packed + i * size, 0, outs);
  }
}

/** The bytes of one packed matrix of weights: its last tile of rows may be filled up. */
// @ts-ignore: decorator
@inline
function packedMatrix(outs: i32, channels: i32): usize {
  return <usize>((outs + 5) * channels) << 2;
}

/** Writes G g Gᵀ, each of its 16 numbers to a matrix of its own. */
function transformWindow(g: usize, flipped: bool, to: usize, matrix: usize): void {
  const first: usize = flipped ? 32 : 0, step: usize = flipped ? 0 - 4 : 4; // backward, modulo the size of the memory
  for (let i = 0; i < 4; i++) {
    let a: f32 = 0, b: f32 = 0, c: f32 = 0;
    const p = g + first;
    if (i == 0) {
      a = load<f32>(p), b = load<f32>(p + step), c = load<f32>(p + 2 * step);
    } else if (i == 3) {
      a = load<f32>(p + 6 * step), b = load<f32>(p + 7 * step), c = load<f32>(p + 8 * step);
    } else {
      const sign: f32 = i == 1 ? 1 : -1;
      a = 0.5 * (load<f32>(p) + sign * load<f32>(p + 3 * step) + load<f32>(p + 6 * step));
      b = 0.5 * (load<f32>(p + step) + sign * load<f32>(p + 4 * step) + load<f32>(p + 7 * step));
      c = 0.5 * (load<f32>(p + 2 * step) + sign * load<f32>(p + 5 * step) + load<f32>(p + 8 * step));
    }
    store<f32>(to, a);
    store<f32>(to + matrix, 0.5 * (a + b + c));
    store<f32>(to + 2 * matrix, 0.5 * (a - b + c));
    store<f32>(to + 3 * matrix, c);
    to += 4 * matrix;
  }
}

/** How many tiles lie beside each other, and how many numbers a row of a phase has. */
// @ts-ignore: decorator
@inline
function tilesAcross(): i32 {
  return (int(Winograd.outWidth) + 1) >> 1;
}

/** A few images. */
export function winogradChunk(chunk: i32): void {
  const channels = int(Winograd.channels), outs = int(Winograd.outChannels), block = int(Winograd.blockSize);
  const tileRows = (int(Winograd.outHeight) + 1) >> 1, line = tilesAcross() + 1, rows = tileRows + 1;
  const phase = <usize>(rows * line) << 2, groups = (tileRows * line + 7) >> 3;
  const phases = scratch(Winograd.scratch, Winograd.scratchSize);
  const imagePlane = <usize>(int(Winograd.height) * int(Winograd.width)) << 2;
  const outImage = <usize>(outs * int(Winograd.outHeight) * int(Winograd.outWidth)) << 2;
  const first = chunk * int(Winograd.imagesPerChunk), end = min(first + int(Winograd.imagesPerChunk), int(Winograd.batch));
  let image = address(Winograd.image) + <usize>(first * channels) * imagePlane;
  let finite = f32x4.splat(0);
  memory.fill(phases, 0, phase * 4 * channels + 64);
  for (let n = first; n < end; n++) {
    for (let c = 0; c < channels; c++) {
      splitPlane(image, phases + <usize>(c * 4) * phase, phase, line, rows);
      image += imagePlane;
    }
    for (let g = 0; g < groups; g += block) {
      const count = min(block, groups - g);
      transformTiles(phases, phase, <usize>line << 2, channels, g, count);
      multiply(channels, outs, count);
      const out = address(Winograd.out) + n * outImage;
      finite = v128.or(finite, finish(out, outs, g << 3, count << 3, line));
    }
  }
  store<i32>(address(Winograd.notFinite) + (chunk << 2), v128.any_true(finite) ? 1 : 0);
}

/** Writes one plane of an image into the four phases of its padded plane; what is around it stays zero. */
function splitPlane(from: usize, to: usize, phase: usize, line: i32, rows: i32): void {
  const height = int(Winograd.height), width = int(Winograd.width), top = int(Winograd.top), left = int(Winograd.left);
  for (let y = max(0, -top); y < min(height, 2 * rows - top); y++) {
    const row = y + top;
    const start = to + <usize>((row & 1) << 1) * phase + (<usize>((row >> 1) * line) << 2);
    const pixels = from + (<usize>(y * width) << 2);
    let x = max(0, -left);
    const last = min(width, 2 * line - left);
    if ((x + left) & 1 && x < last) { // begins in an odd column
      store<f32>(start + phase + (<usize>((x + left) >> 1) << 2), load<f32>(pixels + (<usize>x << 2)));
      x++;
    }
    for (; x + 8 <= last; x += 8) {
      const p = pixels + (<usize>x << 2), at = start + (<usize>((x + left) >> 1) << 2);
      const a = v128.load(p), b = v128.load(p, 16);
      v128.store(at, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(at + phase, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    }
    for (; x < last; x++) {
      const column = x + left;
      store<f32>(start + <usize>(column & 1) * phase + (<usize>(column >> 1) << 2), load<f32>(pixels + (<usize>x << 2)));
    }
  }
}

/** Bᵀ d B of some eights of tiles, for all channels: for each of the 16 places, eight by eight, a line of eight for each channel. */
function transformTiles(phases: usize, phase: usize, line: usize, channels: i32, group: i32, count: i32): void {
  const tiles = scratch(Winograd.scratch, Winograd.scratchSize) + <usize>int(Winograd.tiles);
  const place = (<usize>(count * channels) << 5) + PLACE_GAP;
  for (let c = 0; c < channels; c++) {
    for (let half = 0; half < 2 * count; half++) {
      const from = phases + <usize>(c * 4) * phase + (<usize>(8 * group + 4 * half) << 2);
      const to = tiles + (<usize>((half >> 1) * channels + c) << 5) + (<usize>(half & 1) << 4);
      transformTile(from, phase, line, to, place);
    }
  }
}

/** Bᵀ d B of four tiles: row by row, then column by column. */
function transformTile(p: usize, phase: usize, line: usize, to: usize, place: usize): void {
  const q = p + phase, r = q + phase, s = r + phase; // even row and odd column; odd row and even column; both odd
  const p1 = p + line, q1 = q + line, r1 = r + line, s1 = s + line;
  let d0 = v128.load(p), d1 = v128.load(r), d2 = v128.load(p1), d3 = v128.load(r1);
  const a0 = f32x4.sub(d0, d2), a1 = f32x4.add(d1, d2), a2 = f32x4.sub(d2, d1), a3 = f32x4.sub(d1, d3);
  d0 = v128.load(p, 4), d1 = v128.load(r, 4), d2 = v128.load(p1, 4), d3 = v128.load(r1, 4);
  const c0 = f32x4.sub(d0, d2), c1 = f32x4.add(d1, d2), c2 = f32x4.sub(d2, d1), c3 = f32x4.sub(d1, d3);
  v128.store(to, f32x4.sub(a0, c0));
  v128.store(to + 4 * place, f32x4.sub(a1, c1));
  v128.store(to + 8 * place, f32x4.sub(a2, c2));
  v128.store(to + 12 * place, f32x4.sub(a3, c3));
  d0 = v128.load(q), d1 = v128.load(s), d2 = v128.load(q1), d3 = v128.load(s1);
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
  d0 = v128.load(q, 4), d1 = v128.load(s, 4), d2 = v128.load(q1, 4), d3 = v128.load(s1, 4);
  to += place;
  v128.store(to, f32x4.sub(b0, f32x4.sub(d0, d2)));
  v128.store(to + 4 * place, f32x4.sub(b1, f32x4.add(d1, d2)));
  v128.store(to + 8 * place, f32x4.sub(b2, f32x4.sub(d2, d1)));
  v128.store(to + 12 * place, f32x4.sub(b3, f32x4.sub(d1, d3)));
}

/** The 16 products of matrices: weights times tiles. */
function multiply(channels: i32, outs: i32, count: i32): void {
  const start = scratch(Winograd.scratch, Winograd.scratchSize);
  const step = <usize>count << 5, panel = <usize>channels << 5;
  let b = start + <usize>int(Winograd.tiles), c = start + <usize>int(Winograd.products);
  let a = address(Winograd.packedWeight);
  for (let place = 0; place < 16; place++) {
    for (let row = 0; row < outs;) {
      const height = tileHeight(row, outs), rows = a + (<usize>(row * channels) << 2), to = c + row * step;
      for (let g = 0; g < count; g++) runTile(height, channels, rows, b + g * panel, to + (<usize>g << 5), step);
      row += height;
    }
    a += packedMatrix(outs, channels);
    b += count * panel + PLACE_GAP;
    c += (outs + 5) * step;
  }
}

// @ts-ignore: decorator
@inline
function runTile(height: i32, k: i32, a: usize, b: usize, c: usize, step: usize): void {
  if (height == 5) tile5(k, a, b, ZEROS, c, step, false);
  else if (height == 4) tile4(k, a, b, ZEROS, c, step, false);
  else tile6(k, a, b, ZEROS, c, step, false);
}

/** Aᵀ m A of a block of tiles, plus the bias, written to `out`. Returns a vector of zeros if all of it is finite. */
function finish(out: usize, outs: i32, first: i32, tiles: i32, line: i32): v128 {
  const start = scratch(Winograd.scratch, Winograd.scratchSize), upper = start + <usize>int(Winograd.finished);
  const lower = upper + (<usize>tiles << 3), step = <usize>tiles << 2, place = (outs + 5) * step;
  const plane = <usize>(int(Winograd.outHeight) * int(Winograd.outWidth)) << 2, bias = address(Winograd.bias);
  const zero = f32x4.splat(0);
  let m = start + <usize>int(Winograd.products), sum = zero;
  for (let o = 0; o < outs; o++) {
    const b = f32x4.splat(bias ? load<f32>(bias + (<usize>o << 2)) : 0);
    for (let t: usize = 0; t < step; t += 16) {
      const p = m + t;
      let m0 = v128.load(p), m1 = v128.load(p + 4 * place), m2 = v128.load(p + 8 * place);
      let m3 = v128.load(p + 12 * place);
      const s00 = f32x4.add(f32x4.add(m0, m1), m2), s10 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const p1 = p + place;
      m0 = v128.load(p1), m1 = v128.load(p1 + 4 * place), m2 = v128.load(p1 + 8 * place);
      m3 = v128.load(p1 + 12 * place);
      const s01 = f32x4.add(f32x4.add(m0, m1), m2), s11 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const p2 = p1 + place;
      m0 = v128.load(p2), m1 = v128.load(p2 + 4 * place), m2 = v128.load(p2 + 8 * place);
      m3 = v128.load(p2 + 12 * place);
      const s02 = f32x4.add(f32x4.add(m0, m1), m2), s12 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const p3 = p2 + place;
      m0 = v128.load(p3), m1 = v128.load(p3 + 4 * place), m2 = v128.load(p3 + 8 * place);
      m3 = v128.load(p3 + 12 * place);
      const s03 = f32x4.add(f32x4.add(m0, m1), m2), s13 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const y00 = f32x4.add(b, f32x4.add(f32x4.add(s00, s01), s02)), y01 = f32x4.add(b, f32x4.sub(f32x4.sub(s01, s02), s03));
      const y10 = f32x4.add(b, f32x4.add(f32x4.add(s10, s11), s12)), y11 = f32x4.add(b, f32x4.sub(f32x4.sub(s11, s12), s13));
      sum = f32x4.add(sum, f32x4.mul(zero, f32x4.add(f32x4.add(y00, y01), f32x4.add(y10, y11))));
      const at = upper + 2 * t, below = lower + 2 * t;
      v128.store(at, v128.shuffle<f32>(y00, y01, 0, 4, 1, 5));
      v128.store(at, v128.shuffle<f32>(y00, y01, 2, 6, 3, 7), 16);
      v128.store(below, v128.shuffle<f32>(y10, y11, 0, 4, 1, 5));
      v128.store(below, v128.shuffle<f32>(y10, y11, 2, 6, 3, 7), 16);
    }
    copyTiles(upper, lower, out, first, tiles, line);
    m += step;
    out += plane;
  }
  return f32x4.ne(sum, sum);
}

/** Copies the finished lines of some tiles to where they belong; the tile behind the last one of each row is left out. */
function copyTiles(upper: usize, lower: usize, out: usize, first: i32, tiles: i32, line: i32): void {
  const height = int(Winograd.outHeight), width = int(Winograd.outWidth);
  let tile = first;
  while (tile < first + tiles) {
    const row = tile / line, column = 2 * (tile - row * line);
    const next = min((row + 1) * line, first + tiles), count = min(2 * (next - tile), width - column);
    if (2 * row >= height) return; // filled up to eight
    const from = <usize>(tile - first) << 3, to = out + (<usize>(2 * row * width + column) << 2);
    copyNumbers(upper + from, to, count);
    if (2 * row + 1 < height) copyNumbers(lower + from, to + (<usize>width << 2), count);
    tile = next;
  }
}

function copyNumbers(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    v128.store(to, v128.load(from));
    from += 16, to += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(from));
    from += 4, to += 4;
  }
}
