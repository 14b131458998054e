// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: Deno
//     language: typescript
//     name: deno
//   gradually:
//     title: MNIST, the data
//     minutes: 20
//     permissions: [mnist]
// ---
// %% [markdown]
// # MNIST: look at the data first
// A network can only be as good as its data, and many bugs in training are bugs in reading the data. So before we train
// on 60,000 handwritten digits, we take one of their files apart, byte by byte, until there is no mystery left in it.

// %%
import { digits, heatmap, image, show, table, Tensor } from "../mod.ts";
import { encodeIDX, loadMNIST, parseIDX } from "../data/mod.ts";
import { MNIST_FILES } from "../data/mod.ts"; // their names and checksums
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

// %% [markdown]
// ## Where the digits come from
// `loadMNIST` looks for the four MNIST files on this machine, and downloads them if it can. Without files and without a
// network a program *draws* digits instead: images of the same size, in the same format, called synthetic. `source`
// says which one you got.

// %%
const { train, test, source, kind } = await loadMNIST({
  directory: settings.data,
  seed: settings.seed,
});
console.log("Data:", source);
console.log("training images:", train.size, "  test images:", test.size);

// %%
const few = test.take(10);
await show(digits(few.images, { labels: few.labels }));

// %% [markdown]
// We need two sets, because a network can memorize its examples. Only images that it has never seen show whether it
// learned to read. Here we take the smaller set apart: its labels first, then its images.
//
// ## The file of labels
// MNIST comes in a format called **IDX**. `loadMNIST` has already read the file, so we let `encodeIDX` put it back
// together exactly as it is on disk, byte for byte. (Further down, a checksum will prove it.) Here are its first 24
// bytes, each as two hexadecimal digits: ff is 255.

// %%
const labelFile = encodeIDX([test.size], test.labels);
const hex = (byte: number) => byte.toString(16).padStart(2, "0");

console.log(labelFile.length, "bytes:");
console.log(Array.from(labelFile.subarray(0, 24), hex).join(" "), "…");

// %% [markdown]
// The first four bytes are the **magic number**, which tells a program what kind of file it is reading. First come two
// zeros. Then comes the type of the elements: 08 means one unsigned byte. Then comes the number of dimensions. A list
// of labels has one dimension: 01.
//
// Then four bytes follow for each dimension, with its size. They are **big-endian**: the most significant byte comes
// first. So the bytes a b c d mean a · 256³ + b · 256² + c · 256 + d.

// %% tags=["predict"] id="label-count"
// Take bytes 4 to 7 of the line above (counting from 0). How many
// labels are in this file?

// %%
function uint32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  return ((a * 256 + b) * 256 + c) * 256 + d;
}
console.log("labels:", uint32(labelFile, 4));

// %% [markdown]
// Most processors put the *least* significant byte first: little-endian. If you read these four bytes that way you get
// no error, just a wrong number, and you ask for 271 MB instead of 10 kB:

// %%
const view = new DataView(labelFile.buffer);
console.log("little-endian:", view.getUint32(4, true));
console.log("big-endian:   ", view.getUint32(4, false));

// %% [markdown]
// The header ends after 4 + 4 bytes. From there on, each byte is a label. Compare them with the pictures above.

// %%
console.log(Array.from(labelFile.subarray(8, 8 + 10)).join(" "));

// %% [markdown]
// ## The file of images
// The image file has the same format with three dimensions: the number of images, the rows of an image, the columns of
// an image. An IDX file can have any number of dimensions, and the magic number says how many. Write a reader for the
// header of any such file. It returns the sizes in order, and the byte at which the data begins. `uint32` from above
// reads one size.

// %% tags=["exercise"] id="read-header"
// For a file of 10,000 labels: { shape: [10000], start: 8 }.
function readHeader(
  file: Uint8Array,
): { shape: number[]; start: number } {
  return blank(file);
}

// %% tags=["check"] id="read-header"
await check("read-header", readHeader);

// %% [markdown]
// Here is ours. It looks at the magic number first, and refuses anything that is not an IDX file of bytes.

// %%
function readIDX(file: Uint8Array) {
  const [zero, zeroToo, type, dimensions] = file;
  const magic = zero === 0 && zeroToo === 0 && type === 8;
  if (!magic) throw new SyntaxError("not an IDX file of bytes");
  const shape: number[] = [];
  for (let i = 0; i < dimensions; i++) {
    shape.push(uint32(file, 4 + 4 * i));
  }
  return { shape, data: file.subarray(4 + 4 * dimensions) };
}

// %%
const pixels = test.bytes; // all pixels, as bytes
const imageFile = encodeIDX([test.size, 28, 28], pixels);
console.log(Array.from(imageFile.subarray(0, 16), hex).join(" "));
const { shape, data } = readIDX(imageFile);
console.log("shape:", shape, "  bytes of pixels:", data.length);

// %% [markdown]
// After the header come the pixels, row by row, image by image, one byte each: 0 is paper, 255 is ink. The order is
// row-major, as in every tensor (lesson 1).

// %% tags=["predict"] id="where-image-one"
// The header has 16 bytes, an image 28 · 28 = 784. At which byte of the
// file does image number 1 begin, and where is its row 10, column 5?

// %%
function at(image: number, row: number, column: number): number {
  return 16 + image * 784 + row * 28 + column;
}
console.log("image 1 begins at", at(1, 0, 0));
console.log("its row 10, column 5:", at(1, 10, 5));

// %% [markdown]
// Not all such files have images of 28 × 28. Write a function that returns one pixel from a file of images of *any*
// size. Image, row and column all count from 0. The header has the number of rows and columns.

// %% tags=["exercise"] id="pixel-at"
// Returns a byte, 0 to 255.
function pixelAt(
  file: Uint8Array,
  image: number,
  row: number,
  column: number,
): number {
  return blank(file, image, row, column);
}

// %% tags=["check"] id="pixel-at"
await check("pixel-at", pixelAt);

// %% [markdown]
// That is all there is to an image file. Here is image 0 as it is in the file, 28 bytes per line, with 00 written as
// ··. (The rows at the top and bottom are empty, so we leave some out.) Step back from the screen a little.

// %%
for (let row = 6; row < 27; row++) {
  const bytes = imageFile.subarray(at(0, row, 0), at(0, row + 1, 0));
  console.log(Array.from(bytes, (b) => b === 0 ? "··" : hex(b)).join(""));
}

// %%
await show(image(data.subarray(0, 784), {
  title: `The same bytes in gray, label ${test.labels[0]}`,
}));

// %% [markdown]
// ## From bytes to numbers for a network
// A network works best with numbers whose size is around 1. So each byte is divided by 255, but only when a batch is
// made: as bytes, all of MNIST takes 55 MB, and as four-byte numbers it would take four times that. A batch has the
// shape [N, 1, 28, 28]: N images, one color channel, 28 rows, 28 columns.

// %%
const { x, labels } = test.batch([0, 1, 2]);
console.log("x:", x.shape, "  labels:", [...labels]);
console.log("smallest:", x.min(), "  largest:", x.max());

const inked = data.findIndex((byte) => byte > 0); // the first with ink
console.log("byte", data[inked], "became", x.data[inked]);

// %% tags=["predict"] id="how-much-ink"
// Out of a hundred pixels, how many are pure paper, the byte 0?

// %%
const empty = data.filter((byte) => byte === 0).length;
const paper = empty / data.length;
console.log("paper:", (100 * paper).toFixed(1), "%");

const ink = Tensor.zeros([28, 28]);
data.forEach((byte, i) => ink.data[i % 784] += byte / 255 / test.size);
await show(heatmap(ink, { title: "Where the ink is: the mean image" }));

// %% [markdown]
// Most of an image is empty, and the border almost always is. Whatever a network learns, it learns from the middle.
//
// ## How many of each?
// If nine out of ten images were a 1, a network that always says 1 would be right nine times out of ten, and would have
// learned nothing. So count the labels before you believe an accuracy.

// %% tags=["predict"] id="always-one"
// A "network" never looks at the image and always names the most common
// digit. How many out of a hundred does it get right?

// %%
const counts = Array.from({ length: 10 }, () => 0);
for (const label of train.labels) counts[label]++;

const most = Math.max(...counts);
const bars = counts.map((count) => "█".repeat(40 * count / most));
await show(table(
  counts.map((count, digit) => ({ digit, count, "": bars[digit] })),
  undefined,
  { title: "Labels in the training set" },
));
const percent = (100 * most / train.size).toFixed(1);
console.log("always the most common:", percent, "% right");

// %% [markdown]
// About one in ten. That is the line above which learning begins.
//
// What does a typical 0 look like, or a typical 1? Add up all images of one digit in the *test set* and divide by their
// number. Then make the darkest place of each mean image as dark as ink.

// %%
const means = Tensor.zeros([10, 28, 28]);
for (let i = 0; i < data.length; i++) {
  const label = test.labels[Math.floor(i / 784)];
  means.data[label * 784 + i % 784] += data[i];
}
for (let digit = 0; digit < 10; digit++) {
  const sums = means.data.subarray(digit * 784, (digit + 1) * 784);
  const darkest = Math.max(...sums); // so the number of images cancels
  sums.forEach((sum, i) => sums[i] = sum / darkest);
}
const names = counts.map((_, digit) => digit);
await show(digits(means, { labels: names }));

// %% [markdown]
// They are blurred, and yet you can recognize most of them. Where a mean is sharp, all writers agree; where it is a
// cloud, they do not.
//
// ## Is it really the file?
// A **checksum** is a short number computed from a whole file. SHA-256 has 64 hexadecimal digits, and nobody has ever
// found two different files with the same one. The checksums of MNIST are published, so a broken download is caught at
// once.

// %% tags=["predict"] id="one-bit"
// We change one single bit in the file of labels. How many of the 64
// digits of its checksum change?

// %%
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), hex).join("");
}
const sum = await sha256(labelFile);
const changed = labelFile.slice();
changed[8] ^= 1; // the first label
const changedSum = await sha256(changed);

console.log(sum + "\n" + changedSum);
const different = [...sum].filter((c, i) => c !== changedSum[i]).length;
console.log(different, "of 64 changed");

// %%
const rows: string[][] = [];
const ofTestSet = MNIST_FILES.slice(2); // the first two: training set
for (const { name, sha256: published } of ofTestSet) {
  const file = name.includes("images") ? imageFile : labelFile;
  const ours = await sha256(file);
  const same = ours === published ? "yes" : "no";
  rows.push([name, ours.slice(0, 12) + "…", same]);
}
const columns = ["file", "SHA-256", "as published"];
await show(table(rows, columns), { title: `Checksums (${kind})` });

// %% [markdown]
// Almost all digits changed. The new checksum looks random: a random hexadecimal digit differs 15 times out of 16. With
// MNIST, both files say yes: what we took apart is the file itself, down to the last bit. With synthetic digits both
// say no, as they should.
//
// ## A truncated file
// Our `readIDX` believes every file. A download that stopped halfway would have fewer bytes than the header promises,
// and the last images would be missing without a word. The library counts the bytes, and says what it found:

// %%
const half = imageFile.subarray(0, imageFile.length / 2);
console.log("ours says:", readIDX(half).shape, "and has half of it");
try {
  parseIDX(half, "the half file");
} catch (error) {
  console.log(String(error));
}

// %% [markdown]
// ## The library agrees
// On a whole file, the library's `parseIDX` and ours read the same bytes.

// %%
const theirs = parseIDX(imageFile);
const same = theirs.data.every((byte, i) => byte === data[i]);
console.log("shape:", theirs.shape, "  all bytes the same:", same);
console.log("Data:", source);

// %% [markdown]
// ## What you know now
// - IDX: 00 00, the type, the number of dimensions; a big-endian size for each; then the bytes.
// - Pixel (n, row, column) is at header + n · 784 + row · 28 + column.
// - Bytes stay bytes until a batch is made; then they are divided by 255.
// - Always guessing the most common digit is right about one time in ten.
// - A checksum tells a good file from a damaged one.
