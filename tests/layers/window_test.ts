// How many places a window has: from one that covers the whole image to one that does not fit any more.
import { assertEquals, assertThrows } from "@std/assert";
import { AvgPool2D, Conv2D, MaxPool2D, Tensor } from "../../mod.ts";

const image = (height: number, width: number) => Tensor.ones([1, 1, height, width]);

Deno.test("a window as large as the image, padding included, has one place", () => {
  const conv = (padding: number) => new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 4, padding });
  assertEquals(conv(0).forward(image(4, 4)).shape, [1, 1, 1, 1]);
  assertEquals(conv(1).forward(image(2, 2)).shape, [1, 1, 1, 1]);
  assertEquals(new MaxPool2D({ kernelSize: [3, 2] }).forward(image(3, 2)).shape, [1, 1, 1, 1]);
  assertEquals(new AvgPool2D({ kernelSize: 4 }).forward(image(4, 4)).toArray(), [[[[1]]]]);
  assertThrows(() => conv(0).forward(image(4, 3)), RangeError, "at least 4 pixels wide, its kernelSize, and got 3");
  assertThrows(() => conv(1).forward(image(1, 9)), RangeError, "got 3, padding included");
});

Deno.test("padding counts on both sides, and a stride that does not divide leaves the rest out", () => {
  const shape = (size: number, kernelSize: number, stride: number, padding: number) =>
    new Conv2D({ inChannels: 1, outChannels: 1, kernelSize, stride, padding }).outputShape([1, 1, size, size]).at(-1);
  assertEquals(shape(28, 5, 1, 0), 24);
  assertEquals(shape(28, 5, 1, 2), 28);
  assertEquals([7, 8, 9, 10].map((size) => shape(size, 3, 2, 0)), [3, 3, 4, 4]);
  assertEquals([7, 8, 9, 10].map((size) => shape(size, 3, 3, 1)), [3, 3, 3, 4]);
});
