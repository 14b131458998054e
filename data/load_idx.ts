/** loadIDX: images and labels from two IDX files: MNIST's relatives, or anything in that format. */
import { describe } from "../lib/tensor/describe.ts";
import { within } from "../lib/tensor/expect_number.ts";
import { sizeOf } from "../lib/tensor/shape.ts";
import { ImageDataset } from "./dataset.ts";
import { may } from "./folder.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { decodeIDX, numbersOf, type RawIDX } from "./idx.ts";
import { type NumberArray, NumberDataset } from "./number_dataset.ts";

/** Which files to read, and how. */
export interface LoadIDXOptions {
  /** The images: `[N, height, width]` or `[N, channels, height, width]`; a path, or the bytes of the file. */
  images: string | URL | Uint8Array;
  /** The labels: `[N]`, or `[N, columns]` with the label in the first column, as QMNIST has it. */
  labels: string | URL | Uint8Array;
  /** Whether rows and columns of each image are exchanged, as in EMNIST. `false` by default. */
  transposed?: boolean;
  /** What each class is called, from the first label on; by default every number from the smallest label to the largest. */
  classNames?: readonly string[];
  /** The label of the first class; the smallest one by default. */
  firstLabel?: number;
  /** A set with the same classes, such as the one for training: a small test set may lack some. */
  like?: { readonly classNames: readonly string[] };
  /** The largest size to which a packed file is unpacked, in bytes; 256 MB by default. */
  maxBytes?: number;
}

/** The largest unpacked size, unless the caller says more. */
const MAX_BYTES = 256e6;
/** More classes than any data set has: the labels are something else. */
const MOST_CLASSES = 1_000_000;

/**
 * Loads images and labels from IDX files, plain or gzip: Fashion-MNIST, KMNIST, EMNIST, QMNIST, or your own.
 *
 * | data set | what differs |
 * |---|---|
 * | Fashion-MNIST, KMNIST | nothing |
 * | EMNIST | images are stored column by column: `transposed: true`; the labels of `letters` begin at 1 |
 * | QMNIST | labels are int32, `[N, 8]`; the digit is in the first column |
 *
 * The smallest label becomes class 0, the next number class 1; `classNames` keeps what the file called them. Load a test set
 * with `like: train`, so that it has the same classes even if it lacks some.
 *
 * @returns An {@linkcode ImageDataset}, whose pixels are divided by 255, if the images are bytes and there are up to 256
 * classes; for any other type a {@linkcode NumberDataset} with the numbers as they are.
 * @throws {SyntaxError} If a file is damaged, or not an IDX file.
 * @throws {RangeError} If images and labels do not match, or a label is not a class.
 * @throws What the file system throws, such as `Deno.errors.NotFound`.
 *
 * @example Labels that begin at 1
 * ```ts
 * import { encodeIDX, loadIDX } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const images = encodeIDX([3, 1, 2], Uint8Array.of(0, 255, 51, 0, 0, 0));
 * const labels = encodeIDX([3], Uint8Array.of(2, 1, 3));
 * const data = await loadIDX({ images, labels });
 * assertEquals([...data.labels], [1, 0, 2]);
 * assertEquals(data.classNames, ["1", "2", "3"]);
 * assertEquals(data.sampleShape, [1, 1, 2]);
 * ```
 */
export async function loadIDX(options: LoadIDXOptions): Promise<ImageDataset | NumberDataset> {
  const { transposed = false, maxBytes = MAX_BYTES } = options ?? {};
  if (!within(maxBytes, 1, Infinity)) {
    throw new RangeError(`loadIDX takes maxBytes as a number of at least 1 and got ${describe(maxBytes)}`);
  }
  const images = await read("images", options?.images, maxBytes);
  const labels = await read("labels", options?.labels, maxBytes);
  const sampleShape = sampleShapeOf(images);
  const { found, classNames } = classesOf(labels, options);
  const [count] = images.shape;
  if (count !== found.length) {
    throw new RangeError(
      `${images.name} has ${count} images and ${labels.name} has ${found.length} labels: they are not from the same set`,
    );
  }
  let numbers = numbersOf(images);
  if (transposed) numbers = transposeEach(numbers, sampleShape);
  const [channels, height, width] = transposed ? [sampleShape[0], sampleShape[2], sampleShape[1]] : sampleShape;
  const isBytes = numbers instanceof Uint8Array;
  if (isBytes && classNames.length <= 256) {
    return new ImageDataset(numbers as Uint8Array, Uint8Array.from(found), { channels, height, width, classNames });
  }
  const shape = [channels, height, width];
  return new NumberDataset(numbers, found, { sampleShape: shape, classNames, divisor: isBytes ? 255 : 1 });
}

type NamedIDX = RawIDX & { readonly name: string };

async function read(what: string, source: unknown, maxBytes: number): Promise<NamedIDX> {
  const isPath = typeof source === "string" || source instanceof URL;
  if (!isPath && !(source instanceof Uint8Array)) {
    throw new TypeError(`loadIDX takes ${what} as a path or the bytes of a file and got ${describe(source)}`);
  }
  const name = isPath ? String(source) : `the file of ${what}`;
  if (typeof source === "string" && !await may("read", source)) {
    throw new RangeError(`loadIDX needs permission to read ${source}: run with --allow-read=${source}`);
  }
  const file = isPath ? await Deno.readFile(source) : source;
  const bytes = isGzip(file) ? await gunzip(file, name, maxBytes) : file;
  return { ...decodeIDX(bytes, name), name };
}

function sampleShapeOf({ shape, name }: NamedIDX): [number, number, number] {
  if (shape.length !== 3 && shape.length !== 4) {
    throw new SyntaxError(
      `${name} should hold images, N × height × width, and holds ${shape.join(" × ")}` +
        `${shape.length === 1 ? ": are the files swapped?" : ""}`,
    );
  }
  if (sizeOf(shape) === 0) throw new RangeError(`${name} holds no images`);
  return shape.length === 3 ? [1, shape[1], shape[2]] : [shape[1], shape[2], shape[3]];
}

/** The class of each sample, and what the classes are called. */
function classesOf(
  idx: NamedIDX,
  { classNames, firstLabel, like }: LoadIDXOptions,
): { found: Uint32Array; classNames: readonly string[] } {
  const { shape, name } = idx;
  if (shape.length > 2 || sizeOf(shape) === 0) {
    throw new SyntaxError(
      `${name} should hold N labels and holds ${shape.join(" × ")}${
        shape.length > 2 ? ": are the files swapped?" : ""
      }`,
    );
  }
  const all = numbersOf(idx), [count, columns = 1] = shape;
  let [smallest, largest] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const label = all[i * columns];
    if (!Number.isInteger(label)) {
      throw new RangeError(`${name} takes whole numbers as labels and has ${label} at position ${i}`);
    }
    smallest = Math.min(smallest, label);
    largest = Math.max(largest, label);
  }
  // Classes that are numbers in a row, as those of loadIDX, say where they begin
  const names = classNames ?? like?.classNames;
  const first = firstLabel ?? (like && !classNames ? firstOf(like.classNames) : undefined) ?? smallest;
  const classes = names?.length ?? largest - first + 1;
  if (classes > MOST_CLASSES) {
    throw new RangeError(`${name} has labels from ${smallest} to ${largest}: these are not classes`);
  }
  if (smallest < first || largest >= first + classes) {
    throw new RangeError(
      `${name} has labels from ${smallest} to ${largest}, and the ${classes} classes are ${first} to ` +
        `${first + classes - 1}: set firstLabel and classNames`,
    );
  }
  const found = new Uint32Array(count);
  for (let i = 0; i < count; i++) found[i] = all[i * columns] - first;
  return { found, classNames: names ?? Array.from({ length: classes }, (_, i) => String(first + i)) };
}

/** The first of names that count up: 1 for "1", "2", "3"; undefined for words. */
function firstOf(names: readonly string[]): number | undefined {
  const first = Number(names[0]);
  return names.every((name, i) => name === String(first + i)) ? first : undefined;
}

function transposeEach(numbers: NumberArray, [channels, height, width]: readonly number[]): NumberArray {
  const out = numbers.slice(), plane = height * width, planes = numbers.length / plane;
  if (channels * plane === 0) return out;
  for (let p = 0; p < planes; p++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        out[p * plane + column * height + row] = numbers[p * plane + row * width + column];
      }
    }
  }
  return out;
}
