/** A data set as other people would have written it: every time a digit is read, it is turned, slanted, scaled, moved, thinner or thicker. */

import type { ImageDataset } from "../../../../../data/mod.ts";
import type { Random } from "../../../../tensor/mod.ts";
import type { Dataset } from "../../../../training/mod.ts";
import { SIDE } from "../mnist_image.ts";

/** Paper around the image, so that a place beside it can be asked for: the farthest that a pixel moves. */
const MARGIN = 12;
const WIDE = SIDE + 2 * MARGIN;
const PIXELS = SIDE * SIDE;
const MIDDLE = (SIDE - 1) / 2;

/** The data, changed in another way in each epoch. */
export function otherHands(data: ImageDataset, random: Random): Dataset {
  const { size, sampleShape, labels } = data;
  const plain = new Float32Array(PIXELS), moved = new Float32Array(WIDE * WIDE);
  const sheet = new Float32Array(WIDE * WIDE);
  return {
    ...{ size, sampleShape, labels },
    gather: (indices, out) => {
      for (let i = 0; i < indices.length; i++) {
        data.gather([indices[i]], plain);
        for (let y = 0; y < SIDE; y++) {
          sheet.set(plain.subarray(y * SIDE, (y + 1) * SIDE), (y + MARGIN) * WIDE + MARGIN);
        }
        move(sheet, moved, random);
        weigh(moved, random.uniform(-0.9, 0.9), out, i * PIXELS);
      }
    },
  };
}

/** Turns by up to 12 degrees, slants and scales by up to a sixth, and moves by up to 1.5 pixels. */
function move(from: Float32Array, to: Float32Array, random: Random): void {
  const turn = random.uniform(-0.21, 0.21), slant = random.uniform(-0.18, 0.18);
  const sx = random.uniform(0.86, 1.16), sy = random.uniform(0.86, 1.16);
  const dx = random.uniform(-1.5, 1.5) + MIDDLE + MARGIN, dy = random.uniform(-1.5, 1.5) + MIDDLE + MARGIN;
  const cos = Math.cos(turn), sin = Math.sin(turn);
  for (let row = 0; row < SIDE; row++) {
    const v = (row - MIDDLE) * sy, lean = slant * (row - MIDDLE);
    for (let column = 0, at = (row + MARGIN) * WIDE + MARGIN; column < SIDE; column++, at++) {
      const u = (column - MIDDLE) * sx + lean;
      const x = cos * u - sin * v + dx, y = sin * u + cos * v + dy;
      const left = Math.trunc(x), top = Math.trunc(y), right = x - left, down = y - top;
      const k = top * WIDE + left; // the ink between four pixels
      const upper = from[k] + right * (from[k + 1] - from[k]);
      const lower = from[k + WIDE] + right * (from[k + WIDE + 1] - from[k + WIDE]);
      to[at] = upper + down * (lower - upper);
    }
  }
}

/** Makes lines thicker, if `by` is above 0, or thinner: mixes each pixel with the most or the least ink around it. */
function weigh(from: Float32Array, by: number, to: Float32Array | Float64Array, start: number): void {
  const share = Math.abs(by), sign = by > 0 ? 1 : -1;
  for (let row = 0, out = start; row < SIDE; row++) {
    for (let column = 0, at = (row + MARGIN) * WIDE + MARGIN; column < SIDE; column++, at++, out++) {
      const beside = Math.max(sign * from[at - 1], sign * from[at + 1]);
      const above = Math.max(sign * from[at - WIDE], sign * from[at + WIDE]);
      const most = Math.max(sign * from[at], Math.max(beside, above));
      to[out] = (1 - share) * from[at] + share * sign * most;
    }
  }
}
