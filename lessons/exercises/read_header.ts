/** read-header: the shape of what an IDX file holds, and where its data begins. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Header = { shape: number[]; start: number };

function readHeader(file: Uint8Array): Header {
  const dimensions = file[3];
  const shape: number[] = [];
  for (let i = 0; i < dimensions; i++) {
    shape.push(uint32(file, 4 + 4 * i));
  }
  return { shape, start: 4 + 4 * dimensions };
}

/** As in the lesson: four bytes, the most significant first. */
function uint32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

/** That many sizes, each read by `size`. */
const sizes = (number: number, size: (i: number) => number): number[] =>
  Array.from({ length: number }, (_, i) => size(i));

export default exercise({
  // The first 64 bytes of a file. Never with three dimensions: that exposes an answer that takes 16 for granted.
  inputs: (random: Random, trial = 0): [Uint8Array] => {
    const file = Uint8Array.from({ length: 64 }, () => random.integer(256));
    const dimensions = [2, 5, 1, 6, 4][(trial + random.integer(2)) % 5];
    file.set([0, 0, 8, dimensions]);
    for (let i = 0; i < dimensions; i++) {
      new DataView(file.buffer).setUint32(4 + 4 * i, 1 + random.integer(i === 0 ? 200_000_000 : 70_000));
    }
    return [file];
  },
  solution: readHeader,
  tolerance: 1e-12,
  explanation:
    "Byte 3 says how many dimensions there are. The sizes begin after the magic number, at byte 4, four bytes each. " +
    "The data comes right after the last size.",
  mistakes: [
    {
      answer: (file) => ({
        shape: sizes(file[3], (i) => new DataView(file.buffer).getUint32(4 + 4 * i, true)),
        start: 4 + 4 * file[3],
      }),
      reply:
        "You read the sizes with the least significant byte first. IDX is big-endian, and uint32 reads it that way",
    },
    {
      answer: (file) => ({ shape: sizes(file[3], (i) => uint32(file, 4 * i)), start: 4 + 4 * file[3] }),
      reply: "Your first size is the magic number: the sizes begin after it",
    },
    {
      answer: (file) => ({ shape: sizes(file[2], (i) => uint32(file, 4 + 4 * i)), start: 4 + 4 * file[2] }),
      reply: "You always find eight dimensions: byte 2 is the type of the elements. (Count from 0: 00 00 08 …)",
    },
    {
      answer: (file) => {
        const dimensions = uint32(file, 0); // a file of 64 bytes has only the first of them
        return { shape: sizes(dimensions, (i) => uint32(file, 4 + 4 * i)), start: 4 + 4 * dimensions };
      },
      reply: "You take the whole magic number, 00 00 08 …, as the number of dimensions. Only its last byte counts them",
    },
    {
      answer: (file) => ({ ...readHeader(file), start: 4 * file[3] }),
      reply:
        "Your start is four bytes too early: the magic number comes before the sizes, and the data comes after them all",
    },
    {
      answer: (file) => ({ ...readHeader(file), start: 16 }),
      always: true,
      reply:
        "The data begins at byte 16 only if there are three dimensions. Where would the next size be, if there were one more?",
    },
    {
      answer: (file) => ({ shape: sizes(file[3], (i) => uint32(file, 4 + i)), start: 4 + 4 * file[3] }),
      reply: "You move by one byte from one size to the next. A size has four",
    },
    {
      answer: (file) => ({ shape: [...file.subarray(4, 4 + file[3])], start: 4 + 4 * file[3] }),
      reply: "You take one byte for each size. A size has four, because one byte cannot hold more than 255",
    },
  ],
  hints: [
    "Write down the header of an image file: 00 00 08 03, and three times four bytes. Which byte says that there are three?",
    "Size number i begins at byte 4 + 4 · i, and uint32(file, at) reads the four bytes from there",
    "The data begins where the next size would be: at 4 + 4 · dimensions",
  ],
});
