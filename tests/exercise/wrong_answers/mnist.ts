/** Plausible wrong answers to the exercises of lesson 10. */
import type { WrongAnswers } from "./wrong_answers.ts";

type Header = { shape: number[]; start: number };

const uint32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] * 256 + bytes[at + 1]) * 256 + bytes[at + 2]) * 256 + bytes[at + 3];

const little = (bytes: Uint8Array, at: number): number =>
  ((bytes[at + 3] * 256 + bytes[at + 2]) * 256 + bytes[at + 1]) * 256 + bytes[at];

const each = (count: number, size: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => size(i));

const found: number[] = [];

export const readHeader: WrongAnswers<(file: Uint8Array) => Header> = {
  "little-endian": (file) => ({ shape: each(file[3], (i) => little(file, 4 + 4 * i)), start: 4 + 4 * file[3] }),
  "forgets the magic number in start": (file) => ({
    shape: each(file[3], (i) => uint32(file, 4 + 4 * i)),
    start: 4 * file[3],
  }),
  "the type for the dimensions": (file) => ({
    shape: each(file[2], (i) => uint32(file, 4 + 4 * i)),
    start: 4 + 4 * file[2],
  }),
  "always three dimensions": (file) => ({ shape: each(3, (i) => uint32(file, 4 + 4 * i)), start: 16 }),
  "always one dimension": (file) => ({ shape: [uint32(file, 4)], start: 8 }),
  "only the last byte of a size": (file) => ({ shape: each(file[3], (i) => file[7 + 4 * i]), start: 4 + 4 * file[3] }),
  "only the last two bytes": (file) => ({
    shape: each(file[3], (i) => 256 * file[6 + 4 * i] + file[7 + 4 * i]),
    start: 4 + 4 * file[3],
  }),
  "moves by one byte": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 + i)), start: 4 + 4 * file[3] }),
  "begins at byte 8": (file) => ({ shape: each(file[3], (i) => uint32(file, 8 + 4 * i)), start: 4 + 4 * file[3] }),
  "begins at byte 0": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 * i)), start: 4 + 4 * file[3] }),
  "the sizes reversed": (file) => ({
    shape: each(file[3], (i) => uint32(file, 4 + 4 * i)).reverse(),
    start: 4 + 4 * file[3],
  }),
  "one byte a dimension in start": (file) => ({
    shape: each(file[3], (i) => uint32(file, 4 + 4 * i)),
    start: 4 + file[3],
  }),
  "start always 16": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 + 4 * i)), start: 16 }),
  "start always 8": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 + 4 * i)), start: 8 }),
  "start one too small": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 + 4 * i)), start: 3 + 4 * file[3] }),
  "start counts values": (file) => ({ shape: each(file[3], (i) => uint32(file, 4 + 4 * i)), start: 1 + file[3] }),
  "base 255": (file) => ({
    shape: each(file[3], (i) => {
      const [a, b, c, d] = file.subarray(4 + 4 * i, 8 + 4 * i);
      return ((a * 255 + b) * 255 + c) * 255 + d;
    }),
    start: 4 + 4 * file[3],
  }),
  "one dimension too many": (file) => ({
    shape: each(file[3] + 1, (i) => uint32(file, 4 + 4 * i)),
    start: 4 + 4 * file[3],
  }),
  "one dimension too few": (file) => ({
    shape: each(file[3] - 1, (i) => uint32(file, 4 + 4 * i)),
    start: 4 + 4 * file[3],
  }),
  "the number of elements": (file) => ({
    shape: [each(file[3], (i) => uint32(file, 4 + 4 * i)).reduce((a, b) => a * b, 1)],
    start: 4 + 4 * file[3],
  }),
  "the same size every time": (file) => ({ shape: each(file[3], () => uint32(file, 4)), start: 4 + 4 * file[3] }),
  "a list that is never emptied": (file) => {
    for (let i = 0; i < file[3]; i++) found.push(uint32(file, 4 + 4 * i));
    return { shape: [...found], start: 4 + 4 * file[3] };
  },
  "the bytes of the sizes": (file) => ({ shape: [...file.subarray(4, 4 + 4 * file[3])], start: 4 + 4 * file[3] }),
};

type Sizes = { image: number; row: number; column: number; rows: number; columns: number };

const at = (place: (of: Sizes) => number) => (file: Uint8Array, image: number, row: number, column: number): number =>
  file[place({ image, row, column, rows: uint32(file, 8), columns: uint32(file, 12) })];

export const pixelAt: WrongAnswers<(file: Uint8Array, image: number, row: number, column: number) => number> = {
  "the lesson's 28": (file, image, row, column) => file[16 + image * 784 + row * 28 + column],
  "28 columns": at(({ image, row, column, rows }) => 16 + (image * rows + row) * 28 + column),
  "no header": at(({ image, row, column, rows, columns }) => (image * rows + row) * columns + column),
  "the header of labels": at(({ image, row, column, rows, columns }) => 8 + (image * rows + row) * columns + column),
  "a header of 12": at(({ image, row, column, rows, columns }) => 12 + (image * rows + row) * columns + column),
  "one byte too early": at(({ image, row, column, rows, columns }) => 15 + (image * rows + row) * columns + column),
  "row and column exchanged": at(({ image, row, column, rows, columns }) =>
    16 + (image * rows + column) * columns + row
  ),
  "column after column": at(({ image, row, column, rows, columns }) => 16 + (image * columns + column) * rows + row),
  "rows for columns": at(({ image, row, column, rows, columns }) => 16 + image * rows * columns + row * rows + column),
  "images that count from 1": at(({ image, row, column, rows, columns }) =>
    16 + ((image - 1) * rows + row) * columns + column
  ),
  "rows that count from 1": at(({ image, row, column, rows, columns }) =>
    16 + (image * rows + row - 1) * columns + column
  ),
  "columns that count from 1": at(({ image, row, column, rows, columns }) =>
    16 + (image * rows + row) * columns + column - 1
  ),
  "always the first image": at(({ row, column, columns }) => 16 + row * columns + column),
  "image times rows": at(({ image, row, column, rows, columns }) => 16 + image * rows + row * columns + column),
  "image times columns": at(({ image, row, column, columns }) => 16 + image * columns + row * columns + column),
  "the row without its width": at(({ image, row, column, rows, columns }) =>
    16 + image * rows * columns + row + column
  ),
  "forgets the column": at(({ image, row, rows, columns }) => 16 + (image * rows + row) * columns),
  "forgets the row": at(({ image, column, rows, columns }) => 16 + image * rows * columns + column),
  "square images of the rows": at(({ image, row, column, rows }) => 16 + (image * rows + row) * rows + column),
  "only the last byte of each size": (file, image, row, column) =>
    file[16 + (image * file[11] + row) * file[15] + column],
  "the sizes at 4 and 8": (file, image, row, column) => {
    const [rows, columns] = [uint32(file, 4), uint32(file, 8)];
    return file[16 + (image * rows + row) * columns + column];
  },
  "little-endian sizes": (file, image, row, column) => {
    const [rows, columns] = [little(file, 8), little(file, 12)];
    return file[16 + (image * rows + row) * columns + column];
  },
  "as a fraction of 255": (file, image, row, column) =>
    at(({ image, row, column, rows, columns }) => 16 + (image * rows + row) * columns + column)(
      file,
      image,
      row,
      column,
    ) /
    255,
  "paper for ink": (file, image, row, column) =>
    255 -
    at(({ image, row, column, rows, columns }) => 16 + (image * rows + row) * columns + column)(
      file,
      image,
      row,
      column,
    ),
  "the place, not the byte": (file, image, row, column) =>
    16 + (image * uint32(file, 8) + row) * uint32(file, 12) + column,
};
