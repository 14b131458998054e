// A dataset keeps bytes, returns floats, and refuses images and labels that do not match.
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../data/dataset.ts";

const size = { height: 2, width: 3 };
/** Five images of 2 × 3; pixel p of image i is 10 i + p. */
const bytes = Uint8Array.from({ length: 30 }, (_, i) => 10 * Math.floor(i / 6) + i % 6);
const labels = Uint8Array.of(9, 0, 3, 7, 1);
const data = new ImageDataset(bytes, labels, size);

Deno.test("a dataset knows its shape", () => {
  assertEquals([data.size, data.sampleShape, data.shape, data.classes], [5, [1, 2, 3], [5, 1, 2, 3], 10]);
  assertEquals(Deno.inspect(data), "ImageDataset of 5 images [1, 2, 3], labels 0..9");
});

Deno.test("gather writes the samples at the indices, in order, divided by 255", () => {
  const out = new Float64Array(18);
  data.gather([4, 0, 4], out);
  const sample = (i: number) => Array.from({ length: 6 }, (_, p) => (10 * i + p) / 255);
  assertEquals([...out], [...sample(4), ...sample(0), ...sample(4)]);
  const rounded = new Float32Array(6);
  data.gather(Uint32Array.of(2), rounded);
  assertEquals([...rounded], sample(2).map(Math.fround));
});

Deno.test("bytes 0 and 255 become exactly 0 and 1", () => {
  const out = new Float32Array(2);
  new ImageDataset(Uint8Array.of(0, 255), Uint8Array.of(1), { height: 1, width: 2 }).gather([0], out);
  assertEquals([...out], [0, 1]);
});

Deno.test("gather refuses wrong indices and a wrong length", () => {
  for (const index of [5, -1, 0.5, NaN]) {
    assertThrows(
      () => data.gather([index], new Float32Array(6)),
      RangeError,
      `A dataset of 5 samples takes indices from 0 to 4 and got ${index}`,
    );
  }
  const message = "gather takes an out of 12 numbers (2 samples of 6 pixels) and got 6";
  assertThrows(() => data.gather([0, 1], new Float32Array(6)), RangeError, message);
});

Deno.test("batch returns tensors of its samples", () => {
  const { x, labels } = data.batch([3, 1]);
  assertEquals([x.shape, x.dtype, [...labels]], [[2, 1, 2, 3], "float32", [7, 0]]);
  assertEquals(x.data[6], Math.fround(10 / 255));
  assertThrows(() => data.batch([]), RangeError, "batch takes at least one index and got none");
  assertThrows(() => data.batch([7]), RangeError, "from 0 to 4 and got 7");
});

Deno.test("a batch still has its labels as y, for old answers, and shows them once", () => {
  const batch = data.batch([3, 1]);
  assertEquals(batch.y, batch.labels);
  assertEquals(Object.keys(batch), ["x", "labels"]);
});

Deno.test("images is every sample as one tensor, made once while it is held", () => {
  const images = data.images;
  assertEquals(images.shape, [5, 1, 2, 3]);
  assertEquals([...images.data], [...data.batch([0, 1, 2, 3, 4]).x.data]);
  assertStrictEquals(data.images, images);
});

Deno.test("slice and take are views of the same bytes", () => {
  assertEquals([...data.slice(1, 3).labels], [0, 3]);
  assertEquals([...data.slice(1, 3).bytes], [...bytes.subarray(6, 18)]);
  assertEquals([...data.slice(-2).labels], [7, 1]);
  assertEquals([data.slice().size, data.slice(4, 2).size, data.take(99).size, data.take(0).size], [5, 0, 5, 0]);
  assertEquals(data.slice(1).slice(1, 2).bytes, bytes.subarray(12, 18));
  assert(data.take(2).bytes.buffer === bytes.buffer);
  for (const count of [-1, 1.5, NaN]) assertThrows(() => data.take(count), RangeError, `and got ${count}`);
});

Deno.test("a dataset refuses images and labels that do not match", () => {
  const refuse = (pixels: number, ys: number[], message: string, options = {}) =>
    assertThrows(() => new ImageDataset(new Uint8Array(pixels), Uint8Array.from(ys), options), RangeError, message);
  refuse(784 * 3, [1, 2], "got 2 labels for 3 images");
  refuse(784 * 2, [1, 2, 3], "got 3 labels for 2 images");
  refuse(785, [1], "got 785 bytes, which is not a multiple of 784 (28 × 28)");
  refuse(784 * 2, [1, 10], "takes labels from 0 to 9 and got 10 as label 1");
  refuse(12, [3, 3], "takes labels from 0 to 2 and got 3 as label 0", { ...size, classes: 3 });
  refuse(0, [], "height as a whole number of at least 1 and got 0", { height: 0 });
  refuse(0, [], "width as a whole number of at least 1 and got 2.5", { width: 2.5 });
});
