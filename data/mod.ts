/**
 * The data of the lessons: MNIST, or synthetic digits that resemble it.
 *
 * @example
 * ```ts
 * import { loadMNIST } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const { train } = await loadMNIST({ synthetic: true });
 * const { x, labels } = train.batch([0, 1, 2]);
 * assertEquals(x.shape, [3, 1, 28, 28]);
 * assertEquals(labels.length, 3);
 * ```
 *
 * @module
 */
export { type ImageBatch, ImageDataset, type ImageDatasetOptions } from "./dataset.ts";
export { fromImages, type FromImagesOptions } from "./from_images.ts";
export { gunzip, isGzip } from "./gunzip.ts";
export { encodeIDX, type IDX, parseIDX, readIDX } from "./idx.ts";
export { loadIDX, type LoadIDXOptions } from "./load_idx.ts";
export { loadMNIST, type LoadMNISTOptions, type MNIST } from "./mnist.ts";
export { MNIST_FILES, type MNISTFile } from "./mnist_files.ts";
export { MNIST_MIRRORS } from "./mnist_mirrors.ts";
export { type NumberArray, NumberDataset, type NumberDatasetOptions } from "./number_dataset.ts";
export { decodePNG } from "./png.ts";
export type { PNGImage } from "./png_pixels.ts";
export type { Pixels } from "./packed_pixels.ts";
export type { LoadProgress } from "./report.ts";
export { drawDigit, type SyntheticDigits, syntheticDigits, type SyntheticDigitsOptions } from "./synthetic_digits.ts";
