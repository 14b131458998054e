/** The four files of MNIST: names and checksums, and how to make a training set and a test set of them. */
import { ImageDataset } from "./dataset.ts";
import { parseIDX } from "./idx.ts";
import { PackedPixels } from "./packed_pixels.ts";

/** One of the four files. */
export interface MNISTFile {
  /** Its name without `.gz`. */
  readonly name: string;
  /** SHA-256 of the unpacked file, in hexadecimal. */
  readonly sha256: string;
  /** The approximate size of the packed file in bytes, for the progress bar. */
  readonly packedSize: number;
  /** The size of the unpacked file in bytes. */
  readonly size: number;
  /** How many of them are pixels, at its end; `undefined` for labels. */
  readonly pixels?: number;
}

/** The four files: images and labels of the training set, then of the test set. */
export const MNIST_FILES: readonly MNISTFile[] = [
  {
    name: "train-images-idx3-ubyte",
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    packedSize: 9_912_422,
    size: 47_040_016,
    pixels: 47_040_000,
  },
  {
    name: "train-labels-idx1-ubyte",
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    packedSize: 28_881,
    size: 60_008,
  },
  {
    name: "t10k-images-idx3-ubyte",
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    packedSize: 1_648_877,
    size: 7_840_016,
    pixels: 7_840_000,
  },
  {
    name: "t10k-labels-idx1-ubyte",
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    packedSize: 4_542,
    size: 10_008,
  },
];

/** The contents of the four files, by name; images may still be packed. */
export type MNISTContents = Map<string, Uint8Array | PackedPixels>;

/** SHA-256 in hexadecimal. Web Crypto would copy the bytes first, which takes several times as long. */
export function sha256(bytes: Uint8Array): string {
  // deno-lint-ignore no-process-global -- a page imports nothing of Node, and has this one call
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Makes the two sets from the contents of the four files.
 *
 * @param called What to call a file in an error: its name by default.
 * @throws {SyntaxError} If a file is not IDX, or does not have the dimensions of MNIST.
 * @throws {RangeError} If the numbers of images and labels differ, there are none, or a label is not in 0..9.
 */
export function datasetsOf(
  contents: Readonly<MNISTContents>,
  called: (name: string) => string = (name) => name,
): { train: ImageDataset; test: ImageDataset } {
  const [trainImages, trainLabels, testImages, testLabels] = MNIST_FILES.map((file) => file.name);
  return {
    train: datasetOf(contents, trainImages, trainLabels, called),
    test: datasetOf(contents, testImages, testLabels, called),
  };
}

function datasetOf(
  contents: Readonly<MNISTContents>,
  imagesFile: string,
  labelsFile: string,
  called: (name: string) => string,
): ImageDataset {
  const [imagesName, labelsName] = [called(imagesFile), called(labelsFile)];
  const images = imagesIn(contents.get(imagesFile)!, imagesName);
  const labels = parseIDX(contents.get(labelsFile) as Uint8Array, labelsName);
  if (images.shape.length !== 3 || images.shape[1] !== 28 || images.shape[2] !== 28) {
    throw new SyntaxError(
      `${imagesName} should hold N × 28 × 28 images and holds ${images.shape.join(" × ")}: is it a file of MNIST?`,
    );
  }
  if (labels.shape.length !== 1) {
    throw new SyntaxError(
      `${labelsName} should hold N labels and holds ${labels.shape.join(" × ")}: are the files swapped?`,
    );
  }
  if (images.shape[0] !== labels.shape[0]) {
    throw new RangeError(
      `${imagesName} has ${images.shape[0]} images and ${labelsName} has ${
        labels.shape[0]
      } labels: they are not from the same set`,
    );
  }
  if (labels.data.length === 0) throw new RangeError(`${imagesName} and ${labelsName} hold no images`);
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new RangeError(`${labelsName} has the label ${labels.data[wrong]} at position ${wrong}: labels are 0..9`);
  }
  return new ImageDataset(images.data, labels.data);
}

/** Images that are still packed are known to be MNIST's. */
function imagesIn(contents: Uint8Array | PackedPixels, name: string) {
  if (!(contents instanceof PackedPixels)) return parseIDX(contents, name);
  return { shape: [contents.length / (28 * 28), 28, 28], data: contents };
}
