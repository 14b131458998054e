/** relative-errors: how far each gradient is from the measured slope, with a floor. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function relativeErrors(ours: number[], measured: number[], floor: number): number[] {
  return ours.map((a, i) => {
    const n = measured[i];
    return Math.abs(a - n) / Math.max(Math.abs(a) + Math.abs(n), floor);
  });
}

/** An error of one pair, for all pairs. */
const each =
  (error: (a: number, n: number, floor: number) => number) =>
  (ours: number[], measured: number[], floor: number): number[] => ours.map((a, i) => error(a, measured[i], floor));

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  // The first pairs are far below the floor, one of them 0 and 0; then come pairs of ordinary size with all signs.
  inputs: (random: Random): [number[], number[], number] => {
    const floor = random.uniform(0.01, 0.1), count = 7 + random.integer(6);
    const sign = (i: number) => Math.floor(i / 2) % 2 ? -1 : 1;
    const ours = Array.from({ length: count }, (_, i) => i < 3 ? 0.1 * floor * i : sign(i) * random.uniform(0.5, 3));
    const measured = ours.map((a, i) => {
      if (i < 3) return i === 0 ? 0 : 0.1 * floor * random.uniform(-0.5, 2.5);
      return a * [0.5, 1.5, 1.1, -1][i % 4] * random.uniform(0.9, 1.1);
    });
    return [ours, measured, floor];
  },
  evidence: (answer: typeof relativeErrors) =>
    "For example, 3 and 1 with the floor 0.5: they are 2 apart, their sizes add up to 4, so the error is 0.5. And 0.1 and 0 " +
    `with the floor 0.5: 0.1 / 0.5 is 0.2. You return ${answer([3, 0.1], [1, 0], 0.5).map(written).join(" and ")}`,
  solution: relativeErrors,
  explanation:
    "The size of the pair is |a| + |n|: each one without its sign, so that a wrong sign cannot make the size small. " +
    "We divide by it, but never by less than the floor, so the larger of the two is the divisor. Adding the floor " +
    "would make every error a little too small, and 0 and 0 would be 0 / 0 without it.",
  mistakes: [
    {
      answer: each((a, n) => Math.abs(a - n) / (Math.abs(a) + Math.abs(n))),
      reply: "There is no floor yet: the first pair is 0 and 0, and you divide 0 by 0",
    },
    {
      answer: each((a, n) => a === 0 && n === 0 ? 0 : Math.abs(a - n) / (Math.abs(a) + Math.abs(n))),
      reply: "Tiny pairs still get a large error: the floor that comes in has no effect yet",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max((Math.abs(a) + Math.abs(n)) / 2, floor)),
      reply: "You divide by the mean of the two, so that a wrong sign gives 2. The size is their sum",
    },
    {
      answer: each((a, n) => Math.abs(a - n)),
      reply: "That is how far the two are apart. Compare it with their size",
    },
    {
      answer: each((a, n, floor) => (a - n) / Math.max(Math.abs(a) + Math.abs(n), floor)),
      reply: "Some of your errors are negative. An error of −1 is as bad as one of 1",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / (Math.abs(a) + Math.abs(n) + floor)),
      reply:
        "You add the floor to the size. Then every error becomes smaller: use the floor only where the size is below it",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.min(Math.abs(a) + Math.abs(n), floor)),
      reply: "You divide by the smaller of size and floor. Never divide by *less* than the floor",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a + n), floor)),
      reply:
        "With a wrong sign your error becomes huge: a + n is then about 0. Take each number without its sign first, and then add",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a - n), floor)),
      reply: "You divide the difference by itself. Divide it by the size of the two, |a| + |n|",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(a + n, floor)),
      reply: "For negative numbers you divide by the floor: a + n needs the numbers without their signs",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(n), floor)),
      reply: "You compare with the measured slope alone. The size of the pair is |a| + |n|",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a), floor)),
      reply: "You compare with our gradient alone. The size of the pair is |a| + |n|",
    },
    {
      answer: each((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a), Math.abs(n), floor)),
      reply:
        "You compare with the larger of the two. That works in practice, but here the size is their sum, |a| + |n|",
    },
    {
      answer: each((a, n, floor) => (a - n) ** 2 / Math.max(Math.abs(a) + Math.abs(n), floor)),
      reply: "You square the difference, and that makes small ones much smaller. Take it without its sign: Math.abs",
    },
  ],
  hints: [
    "Do one pair first: a = ours[i] and n = measured[i]. What is above the line, and what is below it?",
    "Math.abs takes the sign away, and Math.max gives the larger of two numbers",
    "Below the line is Math.max(Math.abs(a) + Math.abs(n), floor)",
  ],
});
