// Synthetic digits: the same from the same seed, MNIST's form, and digits that can be told apart.
import { assert, assertEquals, assertGreater, assertLess, assertNotEquals, assertThrows } from "@std/assert";
import { DIGIT_FORMS } from "../../data/digit_strokes.ts";
import { sha256 } from "../../data/mnist_files.ts";
import { drawDigit, syntheticDigits } from "../../data/synthetic_digits.ts";
import { Random } from "../../lib/tensor/random.ts";

const { train, test } = syntheticDigits({ train: 2_000, test: 1_000, seed: 5 });

/** Pixels of one image. */
function pixels(index: number): Uint8Array {
  return train.bytes.subarray(784 * index, 784 * (index + 1));
}

Deno.test("synthetic digits have MNIST's shapes and types", () => {
  assertEquals([train.shape, test.shape], [[2000, 1, 28, 28], [1000, 1, 28, 28]]);
  assert(train.bytes instanceof Uint8Array && train.labels instanceof Uint8Array);
});

Deno.test("every digit occurs equally often, in random order", () => {
  for (const set of [train, test]) {
    const counts = new Array(10).fill(0);
    for (const label of set.labels) counts[label]++;
    assertEquals(counts, new Array(10).fill(set.size / 10));
  }
  const ascending = train.labels.filter((label, i) => label === (train.labels[i - 1] + 1) % 10).length;
  assertLess(ascending, 300, "the labels are hardly shuffled");
});

Deno.test("the same seed draws the same digits, another seed others", () => {
  const again = syntheticDigits({ train: 2_000, test: 1_000, seed: 5 });
  assertEquals(again.train.bytes, train.bytes);
  assertEquals(again.test.labels, test.labels);
  assertNotEquals(syntheticDigits({ train: 2_000, test: 1_000, seed: 6 }).train.bytes, train.bytes);
});

Deno.test("seed 1 draws what it has always drawn", () => {
  // A course's figures hang on these bytes: if they change on purpose, say so in the change log
  const { train, test } = syntheticDigits({ train: 100, test: 10 });
  assertEquals(sha256(train.bytes), "c34f8cee28645214990e212666d53648a10eb2a6294f71ca2ed0ea286e79c4d7");
  assertEquals(sha256(test.bytes), "af6e0ceb270ec99cfa782a6b5c0532526ec2e9d902e50062659feb3089807aa5");
});

Deno.test("no image is in both sets, and none is there twice", () => {
  const seen = new Set<string>();
  for (const set of [train, test]) {
    for (let i = 0; i < set.size; i++) seen.add(set.bytes.subarray(784 * i, 784 * (i + 1)).join());
  }
  assertEquals(seen.size, 3000);
});

Deno.test("a stroke is dark and not cut off; dust is pale and rare", () => {
  for (let i = 0; i < 500; i++) {
    const image = pixels(i);
    const ink = image.filter((value) => value > 160).length;
    const rest = image.filter((value) => value > 0 && value <= 160).length;
    assertGreater(ink, 10, `image ${i} is nearly empty`);
    assertLess(ink + rest, 420, `image ${i} is nearly full`);
    for (let k = 0; k < 28; k++) {
      for (const edge of [k, 27 * 28 + k, 28 * k, 28 * k + 27]) {
        assertLess(image[edge], 161, `the stroke of image ${i} reaches the edge`);
      }
    }
  }
});

Deno.test("edges are smooth: many pixels are gray", () => {
  const inked = train.bytes.filter((value) => value > 0).length;
  const gray = train.bytes.filter((value) => value > 0 && value < 160).length;
  assertGreater(gray / inked, 0.2);
});

Deno.test("each digit is written in several ways, within its box", () => {
  assertEquals(DIGIT_FORMS.length, 10);
  for (const forms of DIGIT_FORMS) {
    assertGreater(forms.length, 2);
    for (const { weight, strokes } of forms) {
      assertGreater(weight, 0);
      for (const [x, y] of strokes.flat()) assert(Math.abs(x) <= 0.5 && y >= -0.02 && y <= 1.02, `${x}, ${y}`);
    }
  }
});

Deno.test("the digits can be distinguished, but not by comparing with their means", () => {
  const means = Array.from({ length: 10 }, () => new Float64Array(784));
  for (let i = 0; i < train.size; i++) pixels(i).forEach((value, p) => means[train.labels[i]][p] += value / 200);
  let right = 0;
  for (let i = 0; i < test.size; i++) {
    const image = test.bytes.subarray(784 * i, 784 * (i + 1));
    const distances = means.map((mean) => mean.reduce((sum, value, p) => sum + (value - image[p]) ** 2, 0));
    if (distances.indexOf(Math.min(...distances)) === test.labels[i]) right++;
  }
  assertGreater(right / test.size, 0.5); // 0.1 would be chance; MNIST gives 0.82
  assertLess(right / test.size, 0.85);
});

Deno.test("drawDigit draws all choices from its source, and refuses anything but a digit", () => {
  assertEquals(drawDigit(3, new Random(2)), drawDigit(3, new Random(2)));
  assertNotEquals(drawDigit(3, new Random(2)), drawDigit(3, new Random(3)));
  for (const digit of [10, -1, 2.5, NaN]) {
    assertThrows(
      () => drawDigit(digit, new Random(1)),
      RangeError,
      `drawDigit takes a digit from 0 to 9 and got ${digit}`,
    );
  }
  for (const train of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => syntheticDigits({ train }),
      RangeError,
      `syntheticDigits takes train as a whole number of at least 1 and got ${train}`,
    );
  }
});
