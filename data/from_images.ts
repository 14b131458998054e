/** fromImages: PNG files, in one folder for each class, as a data set. */
import { describe } from "../lib/tensor/describe.ts";
import { ImageDataset } from "./dataset.ts";
import { join, may } from "./folder.ts";
import { decodePNG } from "./png.ts";
import type { PNGImage } from "./png_pixels.ts";

/** How to read the images. */
export interface FromImagesOptions {
  /** 1 to make all images gray, 3 for color; by default gray if every pixel is, and color otherwise. */
  channels?: 1 | 3;
  /** A set with the same classes and channels, such as the one for training: a folder may lack some classes. */
  like?: { readonly classNames: readonly string[]; readonly sampleShape: readonly number[] };
}

/** Files that systems leave in folders. */
const LEFT_BEHIND = /^\.|^(?:Thumbs\.db|desktop\.ini)$/i;

/**
 * Loads the PNG files of a folder, which has one folder for each class: `cats/1.png`, `cats/2.png`, `dogs/1.png`. The
 * classes are the names of the folders, in alphabetical order, or by size if all are numbers. All images have one size.
 *
 * @param folder Its path.
 * @param options Gray or color, and which classes.
 * @returns The images, class after class; `classNames` says what the labels mean.
 * @throws {SyntaxError} If a file is damaged, or is not PNG.
 * @throws {RangeError} If there are no images, one has another size, or a class is not among those of `like`.
 * @throws What the file system throws, such as `Deno.errors.NotFound`.
 *
 * @example
 * ```ts
 * import { fromImages } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/white`);
 * const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";
 * await Deno.writeFile(`${folder}/white/1.png`, Uint8Array.fromBase64(pixel));
 *
 * const data = await fromImages(folder);
 * assertEquals([data.size, data.sampleShape, data.classNames], [1, [1, 1, 1], ["white"]]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function fromImages(folder: string, options: FromImagesOptions = {}): Promise<ImageDataset> {
  const { like, channels = like?.sampleShape[0] } = options;
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw new RangeError(`fromImages takes channels as 1 or 3 and got ${describe(channels)}`);
  }
  if (!await may("read", folder)) {
    throw new RangeError(`fromImages needs permission to read the folder ${folder}: run with --allow-read=${folder}`);
  }
  const found = await classesIn(folder);
  const classNames = like?.classNames ?? found;
  const images: { image: PNGImage; label: number; path: string }[] = [];
  for (const name of found) {
    const label = classNames.indexOf(name);
    if (label < 0) {
      throw new RangeError(`${folder} has the folder ${name}, and the classes are ${classNames.join(", ")}`);
    }
    for (const path of await imagesIn(join(folder, name))) {
      images.push({ image: decodePNG(await Deno.readFile(path), path), label, path });
    }
  }
  const [first] = images;
  if (!first) throw new RangeError(`${folder} has no images: put PNG files into one folder for each class`);
  const { width, height } = first.image;
  const other = images.find(({ image }) => image.width !== width || image.height !== height);
  if (other) {
    throw new RangeError(
      `fromImages takes images of one size and got ${first.path}, ${width} × ${height}, and ${other.path}, ` +
        `${other.image.width} × ${other.image.height}: scale them`,
    );
  }
  const [, wantedHeight = height, wantedWidth = width] = like?.sampleShape ?? [];
  if (height !== wantedHeight || width !== wantedWidth) {
    throw new RangeError(
      `fromImages takes images of the size of like, ${wantedWidth} × ${wantedHeight}, and got ${first.path}, ` +
        `${width} × ${height}: scale them`,
    );
  }
  const depth = channels ?? (images.every(({ image }) => isGray(image)) ? 1 : 3);
  const size = depth * width * height, bytes = new Uint8Array(images.length * size);
  for (const [i, { image }] of images.entries()) bytes.set(inChannels(image, depth), i * size);
  const labels = Uint8Array.from(images, ({ label }) => label);
  return new ImageDataset(bytes, labels, { width, height, channels: depth, classNames });
}

/** The names of the folders inside a folder. */
async function classesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
    if (LEFT_BEHIND.test(name)) continue;
    if (isDirectory || isSymlink && (await Deno.stat(join(folder, name))).isDirectory) names.push(name);
    else if (/\.png$/i.test(name)) {
      throw new RangeError(`${join(folder, name)} is in no class: put it into a folder with the name of its class`);
    }
  }
  if (names.length > 256) {
    throw new RangeError(`fromImages takes at most 256 classes and got ${names.length}, the folders in ${folder}`);
  }
  const numbered = names.every((name) => /^\d+$/.test(name));
  return names.sort(numbered ? (a, b) => Number(a) - Number(b) : undefined);
}

/** The paths of the images of a class. */
async function imagesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (LEFT_BEHIND.test(name)) continue;
    if (!/\.png$/i.test(name)) {
      throw new RangeError(`fromImages takes PNG files and got ${join(folder, name)}: save it as PNG, or remove it`);
    }
    names.push(name);
  }
  return names.sort().map((name) => join(folder, name));
}

function isGray({ channels, width, height, data }: PNGImage): boolean {
  if (channels === 1) return true;
  const plane = width * height;
  for (let i = 0; i < plane; i++) {
    if (data[i] !== data[plane + i] || data[i] !== data[2 * plane + i]) return false;
  }
  return true;
}

/** The image in gray (by how bright its colors look, ITU-R BT.601) or in color. */
function inChannels({ channels, width, height, data }: PNGImage, wanted: number): Uint8Array {
  if (channels === wanted) return data;
  const plane = width * height;
  if (wanted === 3) return Uint8Array.from({ length: 3 * plane }, (_, i) => data[i % plane]);
  return Uint8Array.from(
    { length: plane },
    (_, i) => Math.round(0.299 * data[i] + 0.587 * data[plane + i] + 0.114 * data[2 * plane + i]),
  );
}
