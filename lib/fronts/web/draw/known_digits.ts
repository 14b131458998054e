/** KnownDigits: digits of the training set, to find those that are most like a drawn one. */

import { SIDE } from "./mnist_image.ts";

const PIXELS = SIDE * SIDE;

/** A digit that was found. */
export interface NearDigit {
  /** Its place among the known ones. */
  readonly index: number;
  /** The class that it is of. */
  readonly label: number;
  /** How far it is away: the root of the sum of all squared differences, with pixels in 0…1. */
  readonly distance: number;
}

/** Digits with their labels. */
export class KnownDigits {
  /** The classes. */
  readonly labels: Uint8Array;
  readonly #pixels: Float32Array;

  /**
   * @param bytes For each digit its label, one byte, and its 784 pixels.
   * @throws {RangeError} If these are not whole digits.
   */
  constructor(bytes: Uint8Array) {
    const count = bytes.length / (1 + PIXELS);
    if (!Number.isInteger(count)) {
      throw new RangeError(
        `KnownDigits takes ${
          1 + PIXELS
        } bytes for each digit and got ${bytes.length}: make them with deno task site:model`,
      );
    }
    this.labels = new Uint8Array(count);
    this.#pixels = new Float32Array(count * PIXELS);
    for (let i = 0; i < count; i++) {
      const start = i * (1 + PIXELS);
      this.labels[i] = bytes[start];
      for (let p = 0; p < PIXELS; p++) this.#pixels[i * PIXELS + p] = bytes[start + 1 + p] / 255;
    }
  }

  /** The 784 pixels of one of them, in 0…1. */
  image(index: number): Float32Array {
    return this.#pixels.subarray(index * PIXELS, (index + 1) * PIXELS);
  }

  /** The digits that differ least from an image, the nearest first. */
  nearest(image: Float32Array, count: number): NearDigit[] {
    const found: NearDigit[] = [];
    let farthest = Infinity; // of the squares of those found
    for (let index = 0; index < this.labels.length; index++) {
      const square = this.#square(image, index, farthest);
      if (square >= farthest) continue;
      found.push({ index, label: this.labels[index], distance: Math.sqrt(square) });
      found.sort((a, b) => a.distance - b.distance).splice(count);
      if (found.length === count) farthest = found[count - 1].distance ** 2;
    }
    return found;
  }

  /** The sum of the squared differences, or a part of it that is already too much. */
  #square(image: Float32Array, index: number, enough: number): number {
    let sum = 0;
    for (let row = 0, at = index * PIXELS; row < PIXELS && sum < enough; row += SIDE) {
      for (let p = row; p < row + SIDE; p++) {
        const difference = image[p] - this.#pixels[at++];
        sum += difference * difference;
      }
    }
    return sum;
  }
}
