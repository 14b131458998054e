/** A data set as other people would have written it: every time a digit is read, it is turned, slanted, scaled, moved, thinner or thicker. */

import type { ImageDataset } from "../../../../../data/mod.ts";
import type { Random } from "../../../../tensor/mod.ts";
import type { Dataset } from "../../../../training/mod.ts";
import { SIDE } from "../mnist_image.ts";

const PIXELS = SIDE * SIDE;
const MIDDLE = (SIDE - 1) / 2;

/** The data, changed anew in each epoch. */
export function otherHands(data: ImageDataset, random: Random): Dataset {
  const { size, sampleShape, labels } = data;
  const plain = new Float32Array(PIXELS), moved = new Float32Array(PIXELS);
  return {
    ...{ size, sampleShape, labels },
    gather: (indices, out) => {
      for (let i = 0; i < indices.length; i++) {
        data.gather([indices[i]], plain);
        move(plain, moved, random);
        weigh(moved, random.uniform(-0.9, 0.9), out.subarray(i * PIXELS, (i + 1) * PIXELS));
      }
    },
  };
}

/** Turns by up to 12 degrees, slants and scales by up to a sixth, and moves by up to 1.5 pixels. */
function move(from: Float32Array, to: Float32Array, random: Random): void {
  const turn = random.uniform(-0.21, 0.21), slant = random.uniform(-0.18, 0.18);
  const [sx, sy] = [random.uniform(0.86, 1.16), random.uniform(0.86, 1.16)];
  const [dx, dy] = [random.uniform(-1.5, 1.5), random.uniform(-1.5, 1.5)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [u, v] = [(x - MIDDLE) * sx + slant * (y - MIDDLE), (y - MIDDLE) * sy];
      to[y * SIDE + x] = between(from, cos * u - sin * v + MIDDLE + dx, sin * u + cos * v + MIDDLE + dy);
    }
  }
}

/** The ink at a place between pixels. */
function between(image: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const at = (row: number, column: number): number =>
    row < 0 || row >= SIDE || column < 0 || column >= SIDE ? 0 : image[row * SIDE + column];
  const upper = (1 - right) * at(top, left) + right * at(top, left + 1);
  const lower = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1);
  return (1 - down) * upper + down * lower;
}

/** Makes lines thicker, if `by` is above 0, or thinner: mixes each pixel with the most or the least ink around it. */
function weigh(from: Float32Array, by: number, to: Float32Array | Float64Array): void {
  const share = Math.abs(by), most = by > 0 ? Math.max : Math.min;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = y * SIDE + x;
      const extreme = most(
        from[at],
        x > 0 ? from[at - 1] : 0,
        x + 1 < SIDE ? from[at + 1] : 0,
        y > 0 ? from[at - SIDE] : 0,
        y + 1 < SIDE ? from[at + SIDE] : 0,
      );
      to[at] = (1 - share) * from[at] + share * extreme;
    }
  }
}
