// What counts as evidence for a mistake: wrong numbers that differ, from several trials, and nothing less.
import { assertEquals } from "@std/assert";
import { explains } from "../../lib/exercise/explains.ts";

/** Trials in which the answer is what the mistake gives. */
const trialsOf = (values: readonly unknown[], expected: readonly unknown[]) =>
  values.map((got, i) => ({ inputs: [], got, expected: expected[i] }));
const says = (values: readonly unknown[], expected: readonly unknown[], options?: { always?: boolean }) =>
  explains(values, trialsOf(values, expected), 1e-6, options);

Deno.test("wrong numbers that differ from each other are evidence; few of them, or only one trial, are not", () => {
  assertEquals(says([1, 2, 3], [4, 5, 6]), true);
  assertEquals(says([1, 2], [4, 5]), false);
  assertEquals(says([[1, 2, 3, 4]], [[5, 6, 7, 8]]), false);
});

Deno.test("a constant, an infinity, NaN, a boolean and text are not evidence", () => {
  for (const value of [1, 0, Infinity, -Infinity, NaN, true, "none"]) {
    const expected = typeof value === "boolean" ? [false, false, false, false] : [4, 5, 6, 7];
    assertEquals(says([value, value, value, value], expected), false, String(value));
  }
});

Deno.test("a constant is evidence for a mistake that says no more than that", () => {
  assertEquals(says([0, 0, 0, 0], [4, 5, 6, 7], { always: true }), true);
  assertEquals(says([0, 1, 0, 0], [4, 5, 6, 7], { always: true }), false);
});

Deno.test("zeros are evidence where only some numbers are wrong: their places are", () => {
  const expected = [[1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]];
  assertEquals(says([[0, 2, 3, 4, 0, 6], [6, 0, 4, 3, 2, 0]], expected), true);
  assertEquals(says([[0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]], expected), false);
  assertEquals(says([[0, 2], [0, 3]], [[1, 2], [1, 3]]), false, "four places are too few");
});

Deno.test("a mistake that is right in every trial explains nothing, and neither does one that differs in one number", () => {
  assertEquals(says([4, 5, 6], [4, 5, 6]), false);
  const done = trialsOf([1, 2, 3], [4, 5, 6]);
  assertEquals(explains([1, 2, 9], done, 1e-6), false);
});

Deno.test("a mistake in one part explains that part, whatever else is wrong; a missing part explains nothing", () => {
  const expected = [1, 2, 3].map((n) => ({ dx: n, dw: n }));
  const mistake = [1, 2, 3].map((n) => ({ dx: 10 * n, dw: n }));
  const trials = (dw: number) => trialsOf([1, 2, 3].map((n) => ({ dx: 10 * n, dw })), expected);
  assertEquals(explains(mistake, trials(7), 1e-6), true);
  assertEquals(explains(mistake, trialsOf([10, 20, 30].map((dx) => ({ dx })), expected), 1e-6), false);
});
