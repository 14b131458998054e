/** pixelsOf: undoes what a PNG file does to pixels: filters, passes, packed bits, palettes, transparency. */

/** An image, one byte for each number. */
export interface PNGImage {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** The numbers, channel by channel, row-major: `[channels, height, width]`. */
  readonly data: Uint8Array;
}

/** What the header of a PNG file says. */
export interface PNGHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 gray, 2 color, 3 palette, 4 gray with alpha, 6 color with alpha. */
  readonly colorType: number;
  /** Whether it comes in seven passes (Adam7). */
  readonly interlaced: boolean;
}

/** Samples of a pixel, by color type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The seven passes of Adam7: where each starts, and how far apart its pixels are. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A part of the image that is stored in rows of its own. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly columns: number;
  readonly rows: number;
}

/** Colors of a palette, and what tells transparent pixels. */
interface Palette {
  readonly colors?: Uint8Array;
  readonly alpha?: Uint8Array;
}

function passesOf({ width, height, interlaced }: PNGHeader): Pass[] {
  const passes = interlaced ? PASSES : [[0, 0, 1, 1] as const];
  return passes
    .map(([x, y, dx, dy]) => ({
      x,
      y,
      dx,
      dy,
      columns: Math.ceil((width - x) / dx),
      rows: Math.ceil((height - y) / dy),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

function rowBytes({ depth, colorType }: PNGHeader, columns: number): number {
  return Math.ceil(columns * SAMPLES[colorType] * depth / 8);
}

/** How many bytes the rows take, each with its filter. */
export function scanlineBytes(header: PNGHeader): number {
  return passesOf(header).reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(header, columns)), 0);
}

/**
 * The pixels of these rows.
 * @throws {SyntaxError} If a filter is unknown, or a pixel has a color that the palette lacks.
 */
export function pixelsOf(header: PNGHeader, rows: Uint8Array, palette: Palette, name: string): PNGImage {
  const { width, height, depth, colorType } = header, samples = SAMPLES[colorType];
  const channels = colorType === 0 || colorType === 4 ? 1 : 3;
  const data = new Uint8Array(channels * width * height);
  const step = Math.max(1, samples * depth / 8); // the distance to the same sample of the pixel to the left, in bytes
  const pixel = new Uint16Array(samples);
  const color = new Uint8Array(3);
  let at = 0;
  for (const pass of passesOf(header)) {
    const length = rowBytes(header, pass.columns);
    let above: Uint8Array = new Uint8Array(length);
    for (let row = 0; row < pass.rows; row++) {
      const line = rows.subarray(at + 1, at + 1 + length);
      unfilter(rows[at], line, above, step, name);
      for (let column = 0; column < pass.columns; column++) {
        for (let s = 0; s < samples; s++) pixel[s] = sampleAt(line, column * samples + s, depth);
        colorOf(header, pixel, palette, color, name);
        const to = (pass.y + row * pass.dy) * width + pass.x + column * pass.dx;
        for (let c = 0; c < channels; c++) data[c * width * height + to] = color[c];
      }
      above = line;
      at += 1 + length;
    }
  }
  return { width, height, channels, data };
}

/** Undoes the filter of a row, in place: what was stored is the difference from the bytes to the left and above. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number, name: string): void {
  if (filter > 4) throw new SyntaxError(`${name} is damaged: a row has the filter ${filter}`);
  for (let i = 0; filter > 0 && i < line.length; i++) {
    const left = i >= step ? line[i - step] : 0, up = above[i], corner = i >= step ? above[i - step] : 0;
    if (filter === 1) line[i] += left;
    else if (filter === 2) line[i] += up;
    else if (filter === 3) line[i] += (left + up) >> 1;
    else line[i] += paeth(left, up, corner);
  }
}

/** The neighbor that is closest to left + up - corner (Alan Paeth 1991). */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 16) return line[2 * index] * 256 + line[2 * index + 1];
  const perByte = 8 / depth;
  const shift = 8 - depth * (index % perByte + 1);
  return line[Math.floor(index / perByte)] >> shift & (1 << depth) - 1;
}

/** The color of a pixel in bytes, drawn on black. */
function colorOf(
  { colorType, depth }: PNGHeader,
  pixel: Uint16Array,
  { colors, alpha }: Palette,
  color: Uint8Array,
  name: string,
): void {
  const most = 2 ** depth - 1;
  let opacity = 1;
  if (colorType === 3) {
    const [index] = pixel;
    if (3 * index >= colors!.length) {
      throw new SyntaxError(`${name} is damaged: a pixel has color ${index} of ${colors!.length / 3}`);
    }
    opacity = (alpha?.[index] ?? 255) / 255;
    for (let c = 0; c < 3; c++) color[c] = Math.round(opacity * colors![3 * index + c]);
    return;
  }
  const count = colorType === 0 || colorType === 4 ? 1 : 3;
  if (colorType >= 4) opacity = pixel[count] / most;
  else if (alpha && alpha.length === 2 * count) {
    const isKey = pixel.every((sample, c) => sample === alpha[2 * c] * 256 + alpha[2 * c + 1]);
    if (isKey) opacity = 0;
  }
  for (let c = 0; c < count; c++) color[c] = Math.round(opacity * pixel[c] * 255 / most);
}
