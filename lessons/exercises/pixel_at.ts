/** pixel-at: one pixel from a file of images, whatever their size. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function pixelAt(file: Uint8Array, image: number, row: number, column: number): number {
  const [rows, columns] = [uint32(file, 8), uint32(file, 12)];
  return file[16 + (image * rows + row) * columns + column];
}

/** As in the lesson: four bytes, the most significant first. */
function uint32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

type Inputs = [file: Uint8Array, image: number, row: number, column: number];
type Place = (of: { image: number; row: number; column: number; rows: number; columns: number }) => number;

/** The byte at another place. */
const byteAt = (place: Place) => (...[file, image, row, column]: Inputs): number =>
  file[place({ image, row, column, rows: uint32(file, 8), columns: uint32(file, 12) })];

export default exercise({
  inputs: (random: Random, trial = 0): Inputs => {
    // Never 28, never square, and nearly always wider than one byte can express.
    const [images, rows] = [4 + random.integer(3), [5, 7, 9, 12][random.integer(4)]];
    const columns = trial === 3 ? 30 + random.integer(40) : 257 + random.integer(60);
    const file = Uint8Array.from({ length: 16 + images * rows * columns }, () => random.integer(256));
    file.set([0, 0, 8, 3]);
    [images, rows, columns].forEach((size, i) => new DataView(file.buffer).setUint32(4 + 4 * i, size));
    return [file, 2 + random.integer(images - 2), 1 + random.integer(4), 5 + random.integer(14)];
  },
  solution: pixelAt,
  tolerance: 1e-12,
  explanation:
    "Before image n there are n whole images of rows · columns bytes. Before its row r there are r whole rows of " +
    "columns bytes. And before all of them are the 16 bytes of the header: the magic number and three sizes.",
  mistakes: [
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 16 + (image * rows + row) * (columns % 256) + column),
      reply: "You read only one byte of each size. A size has four: uint32(file, 12) reads them all",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => (image * rows + row) * columns + column),
      reply: "You forgot the header: byte 0 of the file is not a pixel",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 16 + (image * rows + column) * columns + row),
      reply: "Row and column are swapped: the pixels of a *row* are side by side",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 16 + ((image - 1) * rows + row) * columns + column),
      reply: "You count the images from 1. They count from 0: image 0 comes right after the header",
    },
    {
      answer: byteAt(({ image, row, column }) => 16 + (image * 28 + row) * 28 + column),
      reply: "You take 28 × 28 for granted. The images of this file have a different size: it is in the header",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 16 + (image * columns + row) * rows + column),
      reply: "You swapped rows and columns: skipping a row takes as many bytes as there are *columns*",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 8 + (image * rows + row) * columns + column),
      reply: "A header of 8 bytes belongs to a file of labels. This file has three sizes after the magic number",
    },
    {
      answer: (file, image, row, column) => 16 + (image * uint32(file, 8) + row) * uint32(file, 12) + column,
      reply: "That is the right position of the pixel in the file. Which byte is at that position?",
    },
    {
      answer: (...inputs) => {
        const [file, image, row, column] = inputs;
        const [rows, columns] = [uint32(file, 4), uint32(file, 8)];
        return file[16 + (image * rows + row) * columns + column];
      },
      reply: "You take the first two sizes in the header. The first one is the number of images",
    },
    {
      answer: byteAt(({ image, row, column, rows, columns }) => 16 + ((image + 1) * rows + row) * columns + column),
      reply: "You are one image too far: before image n there are n images",
    },
  ],
  hints: [
    "The header says how large an image is: uint32(file, 8) reads its rows, uint32(file, 12) its columns",
    "How many bytes come before the pixel? The header, whole images, whole rows, and the pixels to its left",
    "An image has rows · columns bytes, and a row has columns bytes. Return the byte itself, file[…]",
  ],
});
