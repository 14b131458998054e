// loadIDX: every type, labels of any kind, and the real Fashion-MNIST where it is installed.
import { assertEquals, assertGreater, assertInstanceOf, assertRejects } from "@std/assert";
import fc from "fast-check";
import { ImageDataset, loadIDX, type LoadIDXOptions, loadMNIST, NumberDataset } from "../../data/mod.ts";
import { batches, FC, fit, Flatten, Module, Random, SGD } from "../../mod.ts";
import { missing, testWhen, testWith, withTempDir } from "../support.ts";

const WRITERS: Record<string, [code: number, size: number, set: (view: DataView, at: number, value: number) => void]> =
  {
    uint8: [0x08, 1, (view, at, value) => view.setUint8(at, value)],
    int8: [0x09, 1, (view, at, value) => view.setInt8(at, value)],
    int16: [0x0b, 2, (view, at, value) => view.setInt16(at, value)],
    int32: [0x0c, 4, (view, at, value) => view.setInt32(at, value)],
    float32: [0x0d, 4, (view, at, value) => view.setFloat32(at, value)],
    float64: [0x0e, 8, (view, at, value) => view.setFloat64(at, value)],
  };

/** A file, most significant byte first. */
function idx(type: string, shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const [code, size, set] = WRITERS[type], header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + values.length * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((axis, i) => view.setUint32(4 + 4 * i, axis));
  for (let i = 0; i < values.length; i++) set(view, header + i * size, values[i]);
  return bytes;
}

const pixels = (count: number) => idx("uint8", [count, 1, 1], new Uint8Array(count));

Deno.test("every type is read as it is, most significant byte first", async () => {
  const values: Record<string, number[]> = {
    int8: [-128, 127],
    int16: [-32768, 258],
    int32: [-(2 ** 31), 16909060],
    float32: [Math.fround(0.1), -Infinity],
    float64: [Math.PI, 1e300],
  };
  for (const [type, numbers] of Object.entries(values)) {
    const data = await loadIDX({ images: idx(type, [1, 1, 2], numbers), labels: idx("uint8", [1], [0]) });
    assertInstanceOf(data, NumberDataset);
    assertEquals([...data.numbers], numbers);
    const out = new Float64Array(2);
    data.gather([0], out);
    assertEquals([...out], numbers);
  }
  const bytes = await loadIDX({ images: idx("uint8", [1, 1, 2], [0, 51]), labels: idx("uint8", [1], [0]) });
  assertInstanceOf(bytes, ImageDataset);
  assertEquals([...bytes.images.data], [0, Math.fround(0.2)]);
});

Deno.test("labels of any integer type, from any number on, become 0, 1, 2, …", async () => {
  const cases: [type: string, labels: number[], names: string[], found: number[]][] = [
    ["uint8", [1, 26, 3], Array.from({ length: 26 }, (_, i) => String(i + 1)), [0, 25, 2]], // EMNIST letters
    ["int8", [1, -1], ["-1", "0", "1"], [2, 0]],
    ["int16", [300, 301], ["300", "301"], [0, 1]],
    ["int32", [7], ["7"], [0]],
    ["float32", [2, 4], ["2", "3", "4"], [0, 2]],
  ];
  for (const [type, labels, names, found] of cases) {
    const data = await loadIDX({ images: pixels(labels.length), labels: idx(type, [labels.length], labels) });
    assertEquals([[...data.labels], data.classNames, data.classes], [found, names, names.length]);
  }
});

Deno.test("QMNIST: int32 labels in eight columns, the digit in the first", async () => {
  const rows = [[5, 0, 3754, 5, 53, 15426, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7], [9, 9, 9, 9, 9, 9, 9, 9]];
  const { labels, classes } = await loadIDX({ images: pixels(3), labels: idx("int32", [3, 8], rows.flat()) });
  assertEquals([[...labels], classes], [[5, 0, 9], 10]);
});

Deno.test("EMNIST: transposed images are turned, in every channel", async () => {
  const images = idx("uint8", [2, 1, 2, 3], [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]);
  const labels = idx("uint8", [2], [0, 1]);
  const data = await loadIDX({ images, labels, transposed: true }) as ImageDataset;
  assertEquals(data.sampleShape, [1, 3, 2]);
  assertEquals([...data.bytes], [1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60]);
});

Deno.test("a test set that lacks classes has those of the training set", async () => {
  const train = await loadIDX({ images: pixels(3), labels: idx("uint8", [3], [1, 2, 3]) });
  const labels = idx("uint8", [2], [3, 2]);
  assertEquals([...(await loadIDX({ images: pixels(2), labels })).labels], [1, 0]); // 2 is taken for the first
  assertEquals([...(await loadIDX({ images: pixels(2), labels, like: train })).labels], [2, 1]);
  const outside = { images: pixels(1), labels: idx("uint8", [1], [4]), like: train };
  await assertRejects(() => loadIDX(outside), RangeError, "labels from 4 to 4, and the 3 classes are 1 to 3");
  const words = { images: pixels(2), labels, firstLabel: 1, classNames: ["a", "b", "c"] };
  const data = await loadIDX(words);
  assertEquals([[...data.labels], data.classNames], [[2, 1], ["a", "b", "c"]]);
});

Deno.test("more than 256 classes: numbers are still bytes, divided by 255", async () => {
  const count = 300, labels = idx("int16", [count], Array.from({ length: count }, (_, i) => i));
  const images = idx("uint8", [count, 1, 1], new Uint8Array(count).fill(51));
  const data = await loadIDX({ images, labels });
  assertInstanceOf(data, NumberDataset);
  assertEquals([data.classes, data.labels[299], data.take(2).images.at(1, 0, 0, 0)], [300, 299, Math.fround(0.2)]);
  const model = new Module([new Flatten(), new FC({ inFeatures: 1, outFeatures: 300, random: new Random(1) })]);
  const [event] = await Array.fromAsync(fit(model, data, { optimizer: new SGD(model.parameters()), batchSize: 300 }));
  assertEquals(event.type === "step" && event.batchSize, 300);
  assertEquals([...batches(data, { batchSize: 299 })].length, 2);
});

Deno.test("a round trip of any shape and type", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("int8", "int16", "int32", "float32", "float64"),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 4 }),
      fc.nat(),
      async (type, shape, seed) => {
        const random = new Random(seed), size = shape.reduce((product, axis) => product * axis);
        const values = Array.from({ length: size }, () => random.integer(100) - 50);
        const labels = Array.from({ length: shape[0] }, () => random.integer(3));
        const data = await loadIDX({ images: idx(type, shape, values), labels: idx("uint8", [shape[0]], labels) });
        assertEquals([...data.images.data], values);
        assertEquals(data.sampleShape, shape.length === 3 ? [1, ...shape.slice(1)] : shape.slice(1));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("what does not fit is refused", async () => {
  const good = { images: pixels(2), labels: idx("uint8", [2], [0, 1]) };
  const refused = (options: Partial<LoadIDXOptions>, kind: new () => Error, message: string) =>
    assertRejects(() => loadIDX({ ...good, ...options }), kind, message);
  await refused({ labels: idx("uint8", [3], [0, 1, 2]) }, RangeError, "has 2 images and the file of labels has 3");
  await refused({ images: idx("uint8", [2], [0, 1]) }, SyntaxError, "are the files swapped?");
  await refused({ images: idx("uint8", [2, 3], new Uint8Array(6)) }, SyntaxError, "holds 2 × 3");
  await refused({ labels: idx("uint8", [2, 1, 1], [0, 1]) }, SyntaxError, "are the files swapped?");
  await refused({ labels: idx("float32", [2], [0, 0.5]) }, RangeError, "has 0.5 at position 1");
  await refused({ labels: idx("float64", [2], [0, NaN]) }, RangeError, "has NaN at position 1");
  await refused({ labels: idx("int32", [2], [0, 2e9]) }, RangeError, "these are not classes");
  await refused({ images: idx("uint8", [0, 1, 1], []), labels: idx("uint8", [0], []) }, RangeError, "holds no images");
  await refused({ images: 5 as unknown as string }, TypeError, "loadIDX takes images as a path or the bytes");
  await refused(
    { images: Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 0) },
    SyntaxError,
    "type byte 0a, which IDX does not know",
  );
  await refused({ images: idx("int32", [2, 1, 1], [1, 2]).subarray(0, -1) }, SyntaxError, "1 bytes are missing");
  await refused({ maxBytes: NaN }, RangeError, "loadIDX takes maxBytes");
  const bomb = await new Response(
    new Blob([new Uint8Array(1e6)]).stream().pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  await refused({ images: bomb, maxBytes: 1000 }, RangeError, "takes at most 1000 bytes unpacked");
});

testWith({ read: true, write: true }, "files, packed or not, by path and by URL", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/images`, pixels(2));
    const labels = new Blob([idx("uint8", [2], [0, 1]).slice()]).stream().pipeThrough(new CompressionStream("gzip"));
    await Deno.writeFile(`${folder}/labels.gz`, await new Response(labels).bytes());
    const data = await loadIDX({ images: `${folder}/images`, labels: new URL(`file://${folder}/labels.gz`) });
    assertEquals([...data.labels], [0, 1]);
    const none = { images: `${folder}/none`, labels: `${folder}/labels.gz` };
    await assertRejects(() => loadIDX(none), Deno.errors.NotFound);
  });
});

const FASHION = "/usr/share/datasets/fashion-mnist";
const fashion = missing({ read: true }).length > 0
  ? "needs --allow-read"
  : await Deno.stat(FASHION).then(() => undefined, () => "Debian's dataset-fashion-mnist is not installed");

testWhen(fashion === undefined, fashion ?? "", "Fashion-MNIST: loadIDX and loadMNIST read the same", async () => {
  const { train: byName, kind } = await loadMNIST({ directory: FASHION });
  assertEquals(kind, "other");
  const train = await loadIDX({
    images: `${FASHION}/train-images-idx3-ubyte.gz`,
    labels: `${FASHION}/train-labels-idx1-ubyte.gz`,
  }) as ImageDataset;
  const test = await loadIDX({
    images: `${FASHION}/t10k-images-idx3-ubyte.gz`,
    labels: `${FASHION}/t10k-labels-idx1-ubyte.gz`,
    like: train,
  }) as ImageDataset;
  assertEquals([train.size, test.size, train.classes], [60_000, 10_000, 10]);
  assertEquals(train.bytes, byName.bytes);
  assertEquals(train.labels, byName.labels);
  assertEquals(train.labels.filter((label) => label === 9).length, 6000);
  assertGreater(train.bytes.reduce((sum, byte) => sum + byte, 0) / train.bytes.length, 70); // 72.94: lighter than digits
});
