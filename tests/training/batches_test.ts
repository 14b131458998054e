// batches: every sample once, in its own order or a drawn one, with its own label.
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../data/mod.ts";
import { type Batch, batches, type Data, type Dataset, Random, ReLU, Tensor } from "../../mod.ts";

/** Samples that hold their number twice, with a label made of it. */
function numbered(size: number): { images: Tensor; labels: number[] } {
  const images = Tensor.zeros([size, 1, 2]).map((_, i) => Math.floor(i / 2));
  return { images, labels: Array.from({ length: size }, (_, i) => i % 7) };
}

/** The numbers of the samples in the order they came; fails where image and label do not belong together. */
function order(all: Iterable<Batch>): number[] {
  return [...all].flatMap(({ x, labels }) => {
    assertEquals(x.shape, [labels.length, 1, 2]);
    return labels.map((label, i) => {
      assertEquals([x.at(i, 0, 1), label], [x.at(i, 0, 0), x.at(i, 0, 0) % 7]);
      return x.at(i, 0, 0);
    });
  });
}

Deno.test("every sample once, for any batch size; the last batch has the rest", () => {
  for (const size of [1, 2, 9, 10, 11]) {
    const all = Array.from({ length: size }, (_, i) => i);
    for (const batchSize of [1, 2, 3, 5, 10, 100]) {
      assertEquals(order(batches(numbered(size), { batchSize })), all);
      const random = new Random(size);
      assertEquals(order(batches(numbered(size), { batchSize, random })).toSorted((a, b) => a - b), all);
      const sizes = [...batches(numbered(size), { batchSize })].map(({ labels }) => labels.length);
      assertEquals(sizes.slice(0, -1).every((each) => each === batchSize), true);
      assertEquals(sizes.at(-1), size % batchSize || batchSize);
    }
  }
});

Deno.test("the order is drawn from the source: a different one each epoch, the same for the same seed", () => {
  const epochs = (seed: number) => {
    const random = new Random(seed);
    return [0, 1].map(() => order(batches(numbered(50), { batchSize: 8, random })));
  };
  assertEquals(epochs(1), epochs(1));
  assertNotEquals(epochs(1)[0], epochs(2)[0]);
  assertNotEquals(epochs(1)[0], epochs(1)[1]);
});

Deno.test("a batch belongs to the caller: writing to it changes neither the data nor another batch", () => {
  const data = numbered(4);
  const [first, second] = [...batches(data, { batchSize: 2 })];
  first.x.data.fill(9);
  first.labels.fill(9);
  assertEquals([data.images.at(0, 0, 0), data.labels[0], second.x.at(0, 0, 0)], [0, 0, 2]);
});

Deno.test("tensors keep their dtype; a data set names its dtype, float32 by default", () => {
  const bytes = Uint8Array.from([10, 20, 30, 40]);
  const dataset = (dtype?: "float64"): Dataset => ({
    size: 2,
    sampleShape: [2],
    labels: new Uint8Array(2),
    dtype,
    gather: (indices, out) => {
      for (let i = 0; i < indices.length; i++) out.set(bytes.subarray(indices[i] * 2, indices[i] * 2 + 2), i * 2);
    },
  });
  const first = (data: Data) => [...batches(data, { batchSize: 2 })][0].x;
  assertEquals([first(dataset()).dtype, first(dataset("float64")).dtype], ["float32", "float64"]);
  assertEquals(first(dataset()).toArray(), [[10, 20], [30, 40]]);
  assertEquals(first({ images: Tensor.zeros([1, 2], { dtype: "float64" }), labels: [0] }).dtype, "float64");
});

Deno.test("a gather may compute with the library: the batch is what it wrote, however much memory that took", () => {
  const size = 2 ** 20, relu = new ReLU();
  const base = Tensor.full([2, size], 3);
  const dataset: Dataset = {
    size: 2,
    sampleShape: [size],
    labels: [0, 1],
    gather: (indices, out) => {
      let y = base;
      for (let i = 0; i < 12; i++) y = relu.forward(y); // 8 MB each
      for (let i = 0; i < indices.length; i++) out.fill(y.at(indices[i], 0) + indices[i], i * size, (i + 1) * size);
      for (let i = 0; i < 12; i++) y = relu.forward(y);
    },
  };
  for (const { x, labels } of batches(dataset, { batchSize: 1 })) {
    assertEquals([x.min(), x.max()], [3 + labels[0], 3 + labels[0]]);
  }
});

Deno.test("your own gather gets a separate array, even in a subclass of a data set that copies", () => {
  class Own extends ImageDataset {
    seen: (Float32Array | Float64Array)[] = [];
    override gather(indices: ArrayLike<number>, out: Float32Array | Float64Array) {
      this.seen.push(out);
      super.gather(indices, out);
    }
  }
  const dataset = new Own(Uint8Array.of(0, 255, 51), Uint8Array.of(1, 2, 3), { height: 1, width: 1 });
  const [first, last] = [...batches(dataset, { batchSize: 2 })];
  assertEquals(dataset.seen.map(({ buffer }) => buffer instanceof ArrayBuffer), [true, true]);
  assertEquals([first.x.data.includes(1), last.x.toArray()], [true, [[[[Math.fround(0.2)]]]]]);
});

Deno.test("errors come at once, and say what was received", () => {
  for (const batchSize of [0, -1, 2.5, NaN, undefined as unknown as number]) {
    const type = batchSize === undefined ? TypeError : RangeError;
    assertThrows(() => batches(numbered(3), { batchSize }), type, `of at least 1 and got ${batchSize}`);
  }
  const refused = (data: unknown, type: typeof RangeError | typeof TypeError, message: string) =>
    assertThrows(() => batches(data as Data, { batchSize: 2 }), type, message);
  const images = Tensor.zeros([3, 2]);
  refused({ images, labels: [1, 2] }, RangeError, "got 2 labels for 3 samples");
  refused({ images: Tensor.zeros([0, 2]), labels: [] }, RangeError, "at least one sample and got none");
  refused({ images: Tensor.zeros([3]), labels: [0, 0, 0] }, RangeError, "[3]: one number per sample is [N, 1]");
  refused({ images: [[1]], labels: [0] }, TypeError, "images as a tensor [N, …] and got Array");
  refused({ images }, TypeError, "labels as an array, one number for each sample, and got undefined");
  refused({ train: 1, test: 2 }, TypeError, "of MNIST, pass its train or test");
  refused(undefined, TypeError, "{ images, labels } and got undefined");
});
