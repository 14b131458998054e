// Random shapes and numbers for kernels: odd sizes, and numbers that are rare in training.
import fc from "fast-check";
import type { ConvShape, PoolShape } from "../../lib/kernel/kernel.ts";

const strange = [0, -0, NaN, Infinity, -Infinity, 1e-40, -1.4e-45, 2 ** -126, 1000, -1000];

/** Makes arrays from a seed: mostly numbers around 0, and, with `strangeness`, some strange ones. */
export class Numbers {
  readonly #strangeness: number;
  #state: number;

  constructor(seed: number, strangeness: number) {
    this.#state = seed;
    this.#strangeness = strangeness;
  }

  /** A number from 0 up to but not including 1. */
  next(): number {
    this.#state = Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((this.#state ^ (this.#state >>> 13)) >>> 0) / 2 ** 32;
  }

  /** An integer from 0 up to but not including `end`. */
  integer(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** Numbers of both signs; depending on the strangeness, some are zero, denormal, infinite or NaN. */
  array(size: number, { positive = false } = {}): Float32Array {
    return Float32Array.from({ length: size }, () => {
      if (this.next() < this.#strangeness) {
        const value = strange[this.integer(strange.length)];
        return positive ? Math.abs(value) : value;
      }
      const value = (this.next() + this.next() + this.next() - 1.5) * 2;
      return positive ? Math.abs(value) : value;
    });
  }
}

/** A source of random numbers, which are strange never, rarely or often. */
export const numbers: fc.Arbitrary<Numbers> = fc.record({
  seed: fc.integer(),
  strangeness: fc.constantFrom(0, 0, 0.002, 0.2),
}).map(({ seed, strangeness }) => new Numbers(seed, strangeness));

/** A size: often a small one, around the edges of tiles and chunks. */
export function size(max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 1, max: Math.min(9, max) }), fc.integer({ min: 1, max }));
}

/** Any convolution: kernels, strides and paddings differ in height and width. */
export const convShapes: fc.Arbitrary<ConvShape> = fc.record({
  batch: size(5),
  inChannels: size(7),
  outChannels: size(24),
  height: size(17),
  width: size(20),
  kernelHeight: fc.constantFrom(1, 2, 3, 3, 3, 4, 5),
  kernelWidth: fc.constantFrom(1, 2, 3, 3, 3, 4, 5),
  strideHeight: fc.constantFrom(1, 1, 1, 2, 3),
  strideWidth: fc.constantFrom(1, 1, 1, 2, 3),
  paddingHeight: fc.constantFrom(0, 1, 1, 2, 5),
  paddingWidth: fc.constantFrom(0, 1, 1, 2, 5),
}).map((shape) => ({
  ...shape,
  outHeight: Math.floor((shape.height + 2 * shape.paddingHeight - shape.kernelHeight) / shape.strideHeight) + 1,
  outWidth: Math.floor((shape.width + 2 * shape.paddingWidth - shape.kernelWidth) / shape.strideWidth) + 1,
})).filter(({ outHeight, outWidth }) => outHeight >= 1 && outWidth >= 1);

/** Convolutions of 3 × 3 windows around the numbers of channels and of images from which Winograd's products are used. */
export const manyChannels: fc.Arbitrary<ConvShape> = fc.record({
  batch: fc.constantFrom(1, 3, 4, 5, 6, 7, 8),
  inChannels: fc.constantFrom(7, 8, 9, 15, 16, 20, 24, 32),
  outChannels: fc.constantFrom(7, 8, 12, 15, 16, 18, 20, 31, 32),
  height: size(17),
  width: size(20),
  paddingHeight: fc.constantFrom(0, 1, 1, 2, 3),
  paddingWidth: fc.constantFrom(0, 1, 1, 2, 3),
  strideHeight: fc.constantFrom(1, 1, 1, 1, 2),
}).map((shape) => ({
  ...{ ...shape, kernelHeight: 3, kernelWidth: 3, strideWidth: 1 },
  outHeight: Math.floor((shape.height + 2 * shape.paddingHeight - 3) / shape.strideHeight) + 1,
  outWidth: shape.width + 2 * shape.paddingWidth - 2,
})).filter(({ outHeight, outWidth }) => outHeight >= 1 && outWidth >= 1);

/** Any pooling: windows that overlap or leave gaps, often the common 2 × 2, and windows that differ from it in one number. */
export const poolShapes: fc.Arbitrary<PoolShape> = fc.record({
  planes: size(40),
  height: size(17),
  width: size(20),
  window: fc.oneof(
    fc.constant([2, 2, 2, 2]),
    fc.tuple(fc.nat(3), fc.constantFrom(1, 3)).map(([i, other]) => [2, 2, 2, 2].with(i, other)),
    fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 4 }))),
  ),
}).map(({ planes, height, width, window: [kernelHeight, kernelWidth, strideHeight, strideWidth] }) => ({
  planes,
  height,
  width,
  kernelHeight,
  kernelWidth,
  strideHeight,
  strideWidth,
  outHeight: Math.floor((height - kernelHeight) / strideHeight) + 1,
  outWidth: Math.floor((width - kernelWidth) / strideWidth) + 1,
})).filter(({ outHeight, outWidth }) => outHeight >= 1 && outWidth >= 1);
