import { assertEquals, assertThrows } from "@std/assert";
import { KnownDigits } from "../../../../lib/fronts/web/draw/known_digits.ts";
import { Random } from "../../../../lib/tensor/random.ts";

function someDigits(count: number, random: Random): Uint8Array {
  return Uint8Array.from(
    { length: count * 785 },
    (_, i) => i % 785 === 0 ? Math.floor(i / 785) % 10 : random.integer(256),
  );
}

Deno.test("the nearest digits are those of a search through all of them", () => {
  const random = new Random(5);
  const known = new KnownDigits(someDigits(60, random));
  for (let trial = 0; trial < 10; trial++) {
    const image = Float32Array.from({ length: 784 }, () => random.uniform());
    const all = Array.from(known.labels, (label, index) => {
      const square = known.image(index).reduce((sum, v, p) => sum + (v - image[p]) ** 2, 0);
      return { index, label, distance: Math.sqrt(square) };
    }).sort((a, b) => a.distance - b.distance);
    const found = known.nearest(image, 5);
    assertEquals(found.map(({ index }) => index), all.slice(0, 5).map(({ index }) => index));
    assertEquals(found.map(({ label }) => label), all.slice(0, 5).map(({ label }) => label));
  }
});

Deno.test("a digit is nearest to itself, at distance 0", () => {
  const known = new KnownDigits(someDigits(30, new Random(1)));
  assertEquals(known.nearest(known.image(17), 1), [{ index: 17, label: 7, distance: 0 }]);
});

Deno.test("bytes that are not whole digits are refused", () => {
  assertThrows(() => new KnownDigits(new Uint8Array(786)), RangeError, "takes 785 bytes for each digit and got 786");
});
