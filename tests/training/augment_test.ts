// augment: images move by at most what was asked for, differently each time, and the same for the same seed.
import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { augment, type AugmentOptions, batches, Random, Tensor } from "../../mod.ts";

const SIZE = 21;

/** Copies of an image of two dots: a bright one in the middle, and one four pixels to the right of it. */
function dots(count: number, dtype: "float32" | "float64" = "float32") {
  const images = Tensor.zeros([count, 1, SIZE, SIZE], { dtype });
  for (let n = 0; n < count; n++) {
    images.data[n * SIZE * SIZE + 10 * SIZE + 10] = 1;
    images.data[n * SIZE * SIZE + 10 * SIZE + 14] = 1;
  }
  return { images, labels: Array.from({ length: count }, (_, n) => n % 10) };
}

/** Where the middle of the dots is, seen from where it was; the angle between them in degrees; their distance. */
function measure(pixels: ArrayLike<number>): { down: number; right: number; angle: number; distance: number } {
  let [mass, y, x, yy, xx, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [row, column] = [Math.floor(i / SIZE) - 10, i % SIZE - 12];
    mass += pixels[i];
    y += pixels[i] * row;
    x += pixels[i] * column;
    yy += pixels[i] * row * row;
    xx += pixels[i] * column * column;
    xy += pixels[i] * row * column;
  }
  [y, x] = [y / mass, x / mass];
  [yy, xx, xy] = [yy / mass - y * y, xx / mass - x * x, xy / mass - x * y];
  const larger = (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy);
  return { down: y, right: x, angle: Math.atan2(2 * xy, xx - yy) * 90 / Math.PI, distance: 2 * Math.sqrt(larger) };
}

/** What became of 200 images. */
function moved(options: Omit<AugmentOptions, "random">) {
  const data = augment(dots(200), { ...options, random: new Random(7) });
  const [{ x }] = batches(data, { batchSize: 200 });
  return Array.from({ length: 200 }, (_, n) => measure(x.data.subarray(n * SIZE * SIZE, (n + 1) * SIZE * SIZE)));
}

/** The smallest and the largest of some numbers. */
function range(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

Deno.test("without any movement the images stay as they are, labels and dtype too", () => {
  const data = dots(3, "float64");
  const [{ x, labels }] = batches(augment(data, { random: new Random(1) }), { batchSize: 3 });
  assertEquals([x.dtype, x.shape, labels], ["float64", data.images.shape, [0, 1, 2]]);
  assertEquals(x.toArray(), data.images.toArray());
});

Deno.test("shift: images move in both directions, by up to that many pixels, and stay straight", () => {
  const images = moved({ shift: 3 });
  for (const key of ["down", "right"] as const) {
    const [least, most] = range(images.map((image) => image[key]));
    assert(-3 <= least && least < -2.5 && 2.5 < most && most <= 3, `${key} from ${least} to ${most}`);
  }
  const [least, most] = range(images.map(({ angle }) => angle));
  assert(-1e-3 < least && most < 1e-3, `turned from ${least} to ${most}`);
});

Deno.test("rotate: images turn in both directions, by up to that many degrees, about their center", () => {
  const images = moved({ rotate: 30 });
  const [least, most] = range(images.map(({ angle }) => angle));
  assert(-33 < least && least < -25 && 25 < most && most < 33, `turned from ${least} to ${most}`);
  for (const { down, right, angle } of images) { // the middle of the dots is two pixels beside the center of the image
    const radians = angle * Math.PI / 180;
    assertAlmostEquals(down, 2 * Math.sin(radians), 0.6);
    assertAlmostEquals(right, 2 * Math.cos(radians) - 2, 0.6);
  }
});

Deno.test("scale: images grow and shrink, by up to that part of their size", () => {
  const distances = moved({ scale: 0.25 }).map(({ distance }) => distance / 4);
  const [least, most] = range(distances);
  assert(0.72 < least && least < 0.82 && 1.18 < most && most < 1.3, `from ${least} to ${most} times as large`);
});

Deno.test("each reading gives other images, and the same seed the same ones", () => {
  const read = (data: ReturnType<typeof augment>) => [...batches(data, { batchSize: 2 })].map(({ x }) => x.toArray());
  const [first, second] = [1, 1].map((seed) => augment(dots(2), { shift: 2, rotate: 10, random: new Random(seed) }));
  const once = read(first), again = read(first);
  assertNotEquals(once, again);
  assertEquals(read(second), once);
  assertEquals(read(second), again);
});

Deno.test("errors say what augment takes", () => {
  const data = dots(1), random = new Random(1);
  const flat = { images: Tensor.zeros([2, 5]), labels: [0, 1] };
  assertThrows(() => augment(flat, { random }), RangeError, "augment takes images [channels, height, width] and got");
  assertThrows(() => augment(data, { shift: -1, random }), RangeError, "augment takes shift as a number of at least 0");
  assertThrows(() => augment(data, { rotate: 200, random }), RangeError, "augment takes rotate from 0 to 180 degrees");
  assertThrows(() => augment(data, { scale: 1, random }), RangeError, "augment takes scale from 0 up to");
  assertThrows(() => augment(data, {} as AugmentOptions), TypeError, "augment takes { random } as a Random and got");
});
