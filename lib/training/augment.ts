/** augment: images that are turned, moved and scaled a little, differently each time that they are read. */
import { describe } from "../tensor/describe.ts";
import { refusal, within } from "../tensor/expect_number.ts";
import { Random } from "../tensor/random.ts";
import { sizeOf } from "../tensor/shape.ts";
import { type Data, type Dataset, toDataset } from "./batches.ts";

/** How far {@linkcode augment} moves images. */
export interface AugmentOptions {
  /** How many pixels an image moves at most, in each direction; 0 by default. */
  shift?: number;
  /** By how many degrees it turns at most, in either direction; 0 by default. */
  rotate?: number;
  /** By which part of its size it grows or shrinks at most: 0.1 is a tenth; 0 by default. */
  scale?: number;
  /** The source of the movements. */
  random: Random;
}

/** Marks a `gather` that copies numbers and computes nothing with tensors; see `batches.ts`. */
const copies = Symbol.for("gradually.copies");

/**
 * The same data, but whoever reads an image gets it turned about its center, scaled and moved by random amounts, which
 * are new each time. A network never sees an image twice, so it learns what does not depend on the place. Use it for
 * training, and test on the images as they are.
 *
 * A pixel of the result is a mix of the four pixels around the place that it comes from; outside the image is 0.
 *
 * @throws {RangeError} If the samples are not images `[channels, height, width]`, `shift` or `rotate` is negative, or
 * `scale` is not in [0, 1).
 * @throws {TypeError} If there is no source of random numbers.
 *
 * @example Moved by up to two pixels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { augment, batches, Random, Tensor } from "@gradually/gradually";
 *
 * const data = { images: Tensor.ones([4, 1, 8, 8]), labels: [0, 1, 2, 3] };
 * const moved = augment(data, { shift: 2, random: new Random(1) });
 * const [{ x, labels }] = batches(moved, { batchSize: 4 });
 * assertEquals(x.shape, [4, 1, 8, 8]);
 * assertEquals(labels, [0, 1, 2, 3]);
 * ```
 */
export function augment(data: Data, { shift = 0, rotate = 0, scale = 0, random }: AugmentOptions): Dataset {
  const dataset = toDataset(data), { sampleShape } = dataset;
  if (sampleShape.length !== 3) {
    throw new RangeError(
      `augment takes images [channels, height, width] and got samples [${sampleShape}]: reshape them, or leave it out`,
    );
  }
  if (!within(shift, 0, Infinity)) throw refusal("augment takes shift as a number of at least 0", shift);
  if (!within(rotate, 0, 180)) throw refusal("augment takes rotate from 0 to 180 degrees", rotate);
  if (!within(scale, 0, 1) || scale === 1) throw refusal("augment takes scale from 0 up to but not including 1", scale);
  if (!(random instanceof Random)) {
    throw new TypeError(
      `augment takes { random } as a Random and got ${describe(random)}: pass for example new Random(1)`,
    );
  }
  const [channels, height, width] = sampleShape, plane = height * width, sample = sizeOf(sampleShape);
  const image = dataset.dtype === "float64" ? new Float64Array(sample) : new Float32Array(sample);
  const gather: Dataset["gather"] = (indices, out) => {
    for (let i = 0; i < indices.length; i++) {
      dataset.gather([indices[i]], image);
      const angle = random.uniform(-rotate, rotate) * Math.PI / 180, size = 1 + random.uniform(-scale, scale);
      const [down, right] = [random.uniform(-shift, shift), random.uniform(-shift, shift)];
      const [cos, sin] = [Math.cos(angle) / size, Math.sin(angle) / size];
      for (let c = 0; c < channels; c++) {
        const from = image.subarray(c * plane, (c + 1) * plane);
        const to = out.subarray(i * sample + c * plane, i * sample + (c + 1) * plane);
        move(from, height, width, cos, sin, down, right, to);
      }
    }
  };
  return {
    ...dataset,
    ...{ size: dataset.size, sampleShape, labels: dataset.labels, dtype: dataset.dtype, random }, // a checkpoint finds the source in a public field
    gather: copies in dataset.gather ? Object.assign(gather, { [copies]: true }) : gather,
  };
}

type Pixels = Float32Array | Float64Array;

/** Fills `to`: each pixel looks up where it was before the image turned, grew and moved. */
function move(
  from: Pixels,
  height: number,
  width: number,
  cos: number,
  sin: number,
  down: number,
  right: number,
  to: Pixels,
): void {
  const middleY = (height - 1) / 2, middleX = (width - 1) / 2;
  const at = (y: number, x: number) => y < 0 || x < 0 || y >= height || x >= width ? 0 : from[y * width + x];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const dy = row - middleY - down, dx = column - middleX - right;
      const y = cos * dy - sin * dx + middleY, x = sin * dy + cos * dx + middleX;
      const top = Math.floor(y), left = Math.floor(x), below = y - top, beside = x - left;
      const upper = at(top, left) * (1 - beside) + at(top, left + 1) * beside;
      const lower = at(top + 1, left) * (1 - beside) + at(top + 1, left + 1) * beside;
      to[row * width + column] = upper * (1 - below) + lower * below;
    }
  }
}
