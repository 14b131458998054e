/** xor-by-hand: weights for two hidden numbers that separate XOR. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

interface Weights {
  W: number[][];
  b: number[];
  v: number[];
  c: number;
}
type Answer = () => Weights;
type Point = readonly [number, number];

function xorByHand() {
  const W: number[][] = [[1, 1], [1, 1]]; // both hidden numbers see x₀ + x₁
  const b: number[] = [0, -1]; //            the second one only counts above 1
  const v: number[] = [1, -2]; //            and bends the score down again
  const c: number = -0.5; //                 so that (0, 0) is below 0
  return { W, b, v, c };
}

/** The score of a point. */
function scoreOf({ W, b, v, c }: Weights, [x0, x1]: Point): number {
  return [0, 1].reduce((sum, j) => sum + Math.max(0, x0 * W[0][j] + x1 * W[1][j] + b[j]) * v[j], c);
}

const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((number) => typeof number === "number");

/** Refuses an answer of the wrong form: the shapes are what learners mix up first. */
function checkForm(weights: Weights): Weights {
  const { W, b, v, c } = weights ?? {};
  if (!Array.isArray(W) || W.length !== 2 || !W.every(isPair)) {
    throw new TypeError("W should be two rows of two numbers: [[x₀ to h₀, x₀ to h₁], [x₁ to h₀, x₁ to h₁]]");
  }
  for (const [name, list] of Object.entries({ b, v })) {
    if (!isPair(list)) throw new TypeError(`${name} should be a list of two numbers, one for each hidden number`);
  }
  if (typeof c !== "number") throw new TypeError("c should be one number: the bias of the score");
  return weights;
}

/** Points near the four corners, in turn; the first four are the corners themselves. */
function pointsNear(random: Random): Point[] {
  return Array.from({ length: 24 }, (_, i) => {
    const off = () => i < 4 ? 0 : 0.15 * (random.integer(2) ? 1 : -1);
    return [Math.floor(i / 2) % 2 + off(), i % 2 + off()];
  });
}

const weights = (W: number[][], b: number[], v: number[], c: number): Answer => () => ({ W, b, v, c });
const sum = [[1, 1], [1, 1]];

export default exercise({
  inputs: (random: Random): [Point[]] => {
    const points = pointsNear(random);
    // Each corner once with both inputs pushed out, and once pushed in: there the score is closest to 0.
    for (let i = 0; i < 4; i++) {
      const corner = [Math.floor(i / 2), i % 2];
      points.push([corner[0] + 0.15, corner[1] + 0.15], [corner[0] - 0.15, corner[1] - 0.15]);
    }
    return [points];
  },
  use: (answer: Answer, points: Point[]) => {
    const found = checkForm(answer());
    return points.map((point) => scoreOf(found, point) > 0 ? 1 : 0);
  },
  cases: true,
  evidence: (answer: Answer, points) => {
    const found = checkForm(answer());
    const wrong = points.filter((point) => (scoreOf(found, point) > 0) !== (scoreOf(xorByHand(), point) > 0));
    if (wrong.length === points.length) {
      return "The border is in the right place, but the classes are exchanged. Change the sign of v and of c";
    }
    const [point] = wrong;
    const score = Number(scoreOf(found, point).toPrecision(4));
    return `For example: at x = (${point.map((x) => Number(x.toFixed(2))).join(", ")}) your score is ${score}, and ` +
      `the class is ${scoreOf(xorByHand(), point) > 0 ? "1: the score must be above 0" : "0: it must not be above 0"}`;
  },
  solution: xorByHand,
  explanation:
    "Let s = x₀ + x₁: it is near 0, 1 or 2. The score must be low, high, low. The first hidden number is s, so the score " +
    "rises. The second is 0 up to s = 1, and then rises, too; taken away twice, it makes the score fall. c = −½ puts the " +
    "zero between the corners, so that points near a corner come out right, too. There are many other solutions.",
  mistakes: [
    {
      answer: weights(sum, [0, -1], [1, -2], 0),
      reply:
        "The four corners are right, but (0, 0) only just: its score is 0, and a little beside it the score is above 0. Move c",
    },
    {
      answer: weights(sum, [0, -1], [1, 0], -0.5),
      reply:
        "That is OR: class 1 as soon as one input is 1. At (1, 1) the second hidden number must pull the score down",
    },
    {
      answer: weights(sum, [0, -1], [0, 1], -0.5),
      reply: "That is AND: class 1 only where both inputs are 1. XOR is 0 there",
    },
    {
      answer: weights(sum, [0, -1], [0, -1], 0.5),
      reply: "Only (1, 1) comes out as class 0. At (0, 0) the score must not be above 0 either",
    },
    {
      answer: weights(sum, [0, -1], [-1, 0], 0.5),
      reply: "Only (0, 0) comes out as class 1, and that is wrong: both inputs are equal there",
    },
    {
      answer: weights([[1, 0], [0, 0]], [0, 0], [1, 0], -0.5),
      reply: "Your score follows x₀ alone. x₁ must count, too",
    },
    {
      answer: weights([[0, 0], [1, 0]], [0, 0], [1, 0], -0.5),
      reply: "Your score follows x₁ alone. x₀ must count, too",
    },
    {
      answer: weights(sum, [0, 0], [0, 0], -1),
      reply: "Everything comes out as class 0: no score is above 0",
    },
    {
      answer: weights(sum, [0, 0], [0, 0], 1),
      reply: "Everything comes out as class 1: every score is above 0",
    },
  ],
  hints: [
    "With W all ones, both hidden numbers see s = x₀ + x₁. It is 0, 1, 1, 2 at the four corners. Which s must give class 1?",
    "Draw the score over s: it must go up and come down again. One ReLU bends once: let h₀ begin at s = 0, and h₁ at s = 1",
    "W = [[1, 1], [1, 1]], b = [0, −1]. How strongly must h₁ count, so that the score falls after s = 1? Then choose c",
  ],
});
