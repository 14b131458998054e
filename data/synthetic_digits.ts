/** Digits drawn by a wobbling pen: what the lessons train on without MNIST. */
import { expectInteger, refusal } from "../lib/tensor/expect_number.ts";
import { Random } from "../lib/tensor/random.ts";
import { ImageDataset } from "./dataset.ts";
import { digitLines } from "./digit_lines.ts";
import { DIGIT_FORMS } from "./digit_strokes.ts";
import { drawLine } from "./pen.ts";

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** The space for the center of the pen: half of its maximum thickness away from the border. */
const ROOM = SIDE - 6;

/** How many digits to draw, and from which seed. */
export interface SyntheticDigitsOptions {
  /** Images in the training set; 12,000 by default. */
  train?: number;
  /** Images in the test set; 2,000 by default. */
  test?: number;
  /** The same seed draws the same digits, byte for byte; 1 by default. */
  seed?: number;
}

/** Two sets of digits that share no image. */
export interface SyntheticDigits {
  /** The training set. */
  train: ImageDataset;
  /** The test set. */
  test: ImageDataset;
}

/**
 * Draws two sets of digits in the format of MNIST: 28 × 28 gray bytes, 0 for paper and 255 for ink, labels 0..9,
 * equally many of each digit, in random order. 12,000 + 2,000 take about a second.
 *
 * @param options The counts (12,000 and 2,000) and the seed (1).
 * @returns The two sets.
 * @throws {RangeError} If a count is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { syntheticDigits } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = syntheticDigits({ train: 40, test: 10, seed: 7 });
 * assertEquals(train.shape, [40, 1, 28, 28]);
 * assertEquals([...test.labels].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * assertEquals(train.bytes, syntheticDigits({ train: 40, test: 10, seed: 7 }).train.bytes);
 * ```
 */
export function syntheticDigits(options: SyntheticDigitsOptions = {}): SyntheticDigits {
  const { train = 12_000, test = 2_000, seed = 1 } = options;
  for (const [name, count] of Object.entries({ train, test })) {
    expectInteger("syntheticDigits", name, count);
  }
  const random = new Random(seed);
  return { train: drawSet(train, random), test: drawSet(test, random) };
}

/**
 * Draws one digit: picks a form, bends and slants it as a hand would, and draws it with a pen of random thickness.
 *
 * @param digit Which digit, 0..9.
 * @param random The source of all choices.
 * @returns 28 × 28 bytes, row-major, 0 for paper and 255 for ink.
 * @throws {RangeError} If `digit` is not a whole number in 0..9.
 *
 * @example
 * ```ts
 * import { drawDigit } from "@gradually/gradually/data";
 * import { Random } from "@gradually/gradually";
 * import { assertEquals } from "@std/assert";
 *
 * const seven = drawDigit(7, new Random(1));
 * assertEquals(seven.length, 784);
 * assertEquals(Math.max(...seven) > 200, true);
 * ```
 */
export function drawDigit(digit: number, random: Random): Uint8Array<ArrayBuffer> {
  if (typeof digit !== "number" || !DIGIT_FORMS[digit]) throw refusal("drawDigit takes a digit from 0 to 9", digit);
  const lines = digitLines(digit, random);
  place(lines, random);
  const radius = 0.75 + 0.95 * random.uniform();
  const softness = 1.1 + 0.5 * random.uniform();
  const ink = new Float64Array(PIXELS);
  for (const line of lines) drawLine(line, radius, softness, ink, SIDE);
  return print(ink, random);
}

function drawSet(count: number, random: Random): ImageDataset {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  random.shuffle(labels);
  const bytes = new Uint8Array(count * PIXELS);
  labels.forEach((digit, i) => bytes.set(drawDigit(digit, random), i * PIXELS));
  return new ImageDataset(bytes, labels);
}

/** Scales lines to pixels: at a random size, near the center of the image, with nothing outside. */
function place(lines: readonly Float64Array[], random: Random): void {
  const [left, right] = extent(lines, 0);
  const [top, bottom] = extent(lines, 1);
  const size = Math.min(14.5 + 5.5 * random.uniform(), ROOM / (bottom - top), ROOM / (right - left));
  const middle = (low: number, high: number): number => {
    const free = (ROOM - size * (high - low)) / 2;
    return (SIDE - 1) / 2 + Math.min(free, Math.max(-free, random.normal(0, 1))) - size * (low + high) / 2;
  };
  const offset = [middle(left, right), middle(top, bottom)];
  for (const line of lines) line.forEach((value, i) => line[i] = offset[i % 2] + size * value);
}

/** The smallest and the largest x (axis 0) or y (axis 1) of lines. */
function extent(lines: readonly Float64Array[], axis: number): [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (const line of lines) {
    for (let i = axis; i < line.length; i += 2) {
      min = Math.min(min, line[i]);
      max = Math.max(max, line[i]);
    }
  }
  return [min, max];
}

/**
 * Converts ink in 0…1 to bytes, with noise: the grain of paper, which makes every pixel of a stroke a little different,
 * and some dust. Without dust a fully connected network comes closer to a convolutional one than it does on MNIST.
 */
function print(ink: Float64Array, random: Random): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(PIXELS);
  const grain = 0.25 * random.uniform();
  for (let at = 0; at < PIXELS; at++) {
    if (ink[at] > 0) bytes[at] = Math.round(255 * ink[at] * (1 - grain * random.uniform()));
  }
  for (let grains = random.integer(40); grains > 0; grains--) {
    const at = random.integer(PIXELS);
    if (ink[at] <= 0) bytes[at] = Math.round(160 * random.uniform());
  }
  return bytes;
}
