/** adam-moves: both running means, corrected for their start at zero. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";
import { someSlopes } from "./momentum_moves.ts";

type Inputs = [slopes: number[][], rate: number, beta1: number, beta2: number, epsilon: number];

function adamMoves(slopes: number[][], rate: number, beta1: number, beta2: number, epsilon: number): number[][] {
  const m = slopes[0].map(() => 0), s = slopes[0].map(() => 0);
  return slopes.map((row, step) => {
    const t = step + 1;
    return row.map((slope, i) => {
      m[i] = beta1 * m[i] + (1 - beta1) * slope;
      s[i] = beta2 * s[i] + (1 - beta2) * slope ** 2;
      const mHat = m[i] / (1 - beta1 ** t), sHat = s[i] / (1 - beta2 ** t);
      return -rate * mHat / (Math.sqrt(sHat) + epsilon);
    });
  });
}

/** The parts of Adam that a wrong answer can change. */
interface Parts {
  /** The factor by which the first mean is divided; `t` counts from 1. */
  correct1(beta1: number, t: number, beta2: number): number;
  /** The same for the second. */
  correct2(beta2: number, t: number, beta1: number): number;
  /** What is averaged for the size. */
  square(slope: number): number;
  move(m: number, s: number, rate: number, epsilon: number, slope: number): number;
  /** Whether the corrected means replace the running ones. */
  stored: boolean;
}

const withParts = (wrong: Partial<Parts>) => (...[slopes, rate, beta1, beta2, epsilon]: Inputs): number[][] => {
  const parts: Parts = {
    correct1: (beta, t) => 1 - beta ** t,
    correct2: (beta, t) => 1 - beta ** t,
    square: (slope) => slope ** 2,
    move: (m, s, rate, epsilon) => -rate * m / (Math.sqrt(s) + epsilon),
    stored: false,
    ...wrong,
  };
  const m = slopes[0].map(() => 0), s = slopes[0].map(() => 0);
  return slopes.map((row, step) =>
    row.map((slope, i) => {
      m[i] = beta1 * m[i] + (1 - beta1) * slope;
      s[i] = beta2 * s[i] + (1 - beta2) * parts.square(slope);
      const mHat = m[i] / parts.correct1(beta1, step + 1, beta2), sHat = s[i] / parts.correct2(beta2, step + 1, beta1);
      if (parts.stored) [m[i], s[i]] = [mHat, sHat];
      return parts.move(mHat, sHat, rate, epsilon, slope);
    })
  );
};

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  // In every other trial β₁ and β₂ are small, so that 1 − βt is still above zero in the second step.
  inputs: (random: Random, trial = 0): Inputs => [
    someSlopes(random),
    random.uniform(0.01, 0.3),
    trial % 2 ? random.uniform(0.2, 0.3) : random.uniform(0.5, 0.75),
    trial % 2 ? random.uniform(0.35, 0.45) : random.uniform(0.85, 0.97),
    random.uniform(0.05, 0.2), // so large that its place matters
  ],
  evidence: (answer: typeof adamMoves) => {
    const moves = answer([[2], [0]], 1, 0.5, 0.5, 0).flat().map(written);
    return "For example, one weight with the slopes 2 and 0, rate 1, both β 0.5, ε 0. m is 1, then 0.5; corrected, 2 and " +
      "0.6667. s is 2, then 1; corrected, 4 and 1.333. So it moves by -1 and by -0.5774. In your answer it moves by " +
      moves.join(" and by ");
  },
  solution: adamMoves,
  explanation:
    "Both means begin at 0. After t steps, what is left of that 0 has the weight βᵗ, and all slopes together have the " +
    "weight 1 − βᵗ. Dividing by 1 − βᵗ makes a mean of it again. β₁ and β₂ differ, so each mean has a correction of " +
    "its own. The running means themselves are not touched: corrected in place, they would be corrected again and " +
    "again.",
  mistakes: [
    {
      answer: withParts({ correct1: () => 1, correct2: () => 1 }),
      reply:
        "Both running means are right, but neither is corrected: in the first steps they are too small. By how much, at a slope of 1?",
    },
    {
      answer: withParts({ correct2: () => 1 }),
      reply: "m is corrected, but s is not. It begins at 0, too, and needs even longer",
    },
    {
      answer: withParts({ correct1: () => 1 }),
      reply: "s is corrected, but m is not. It begins at 0, too",
    },
    {
      answer: withParts({ stored: true }),
      reply:
        "You write the corrected means back into m and s, so that they are corrected again in the next step. Keep them in variables of their own",
    },
    {
      answer: withParts({ correct1: (beta) => 1 - beta, correct2: (beta) => 1 - beta }),
      reply:
        "You divide by 1 − β in every step. That is right only in the first: the later the step, the less is missing",
    },
    {
      answer: withParts({ correct1: (beta, t) => 1 - beta ** (t + 1), correct2: (beta, t) => 1 - beta ** (t + 1) }),
      reply: "Your t is one too large: in the first step it is 1",
    },
    {
      answer: withParts({ correct1: (beta, t) => 1 - beta ** (t - 1), correct2: (beta, t) => 1 - beta ** (t - 1) }),
      reply: "Your t begins at 0, and 1 − β⁰ is 0: in the first step you divide by nothing. t counts from 1",
    },
    {
      answer: withParts({ correct1: (beta, t) => 1 - beta * t, correct2: (beta, t) => 1 - beta * t }),
      reply:
        "You multiply β by t. What is left of the start shrinks by a factor of β in each step: how much is that after t steps?",
    },
    {
      answer: withParts({ correct1: (beta, t) => beta ** t, correct2: (beta, t) => beta ** t }),
      reply: "You divide by βᵗ: that is the share of the start that is left. Which share have the slopes reached?",
    },
    {
      answer: withParts({ correct1: (beta, t) => 1 / (1 - beta ** t), correct2: (beta, t) => 1 / (1 - beta ** t) }),
      reply: "You multiply by 1 − βᵗ, so that the means become even smaller. They are too small: divide",
    },
    {
      answer: withParts({ correct2: (_beta, t, beta1) => 1 - beta1 ** t }),
      reply: "You correct s with β₁. It is averaged with β₂",
    },
    {
      answer: withParts({ correct1: (_beta, t, beta2) => 1 - beta2 ** t }),
      reply: "You correct m with β₂. It is averaged with β₁",
    },
    {
      answer: withParts({ correct2: (beta, t) => (1 - beta ** t) ** 2 }),
      reply: "You take the root of s first, and correct it afterward. Correct s itself, and take the root of ŝ",
    },
    {
      answer: withParts({
        correct1: (beta, t) => (1 - beta ** t) * (1 - beta),
        correct2: (beta, t) => (1 - beta ** t) * (1 - beta),
      }),
      reply: "You add the whole slope and the whole square. A running mean takes only the share 1 − β of the new value",
    },
    {
      answer: withParts({ move: (m, s, rate, epsilon) => -rate * m / Math.sqrt(s + epsilon) }),
      reply: "Nearly: epsilon is added outside the root, √ŝ + ε",
    },
    {
      answer: withParts({ move: (m, s, rate, epsilon) => -rate * m / (s + epsilon) }),
      reply: "You divide by ŝ, which is a mean of *squares*. Its root is the usual size of a slope",
    },
    {
      answer: withParts({ move: (m, s, rate, epsilon) => rate * m / (Math.sqrt(s) + epsilon) }),
      reply: "The right lengths in the wrong direction: a weight moves against its slope",
    },
    {
      answer: withParts({ move: (_m, s, rate, epsilon, slope) => -rate * slope / (Math.sqrt(s) + epsilon) }),
      reply: "You move along the newest slope. Adam moves along the corrected mean of the slopes, m̂",
    },
    {
      answer: withParts({ move: (m, s, _rate, epsilon) => -m / (Math.sqrt(s) + epsilon) }),
      reply: "Everything is right but the length of the step: the rate is missing",
    },
    {
      answer: withParts({ square: (slope) => slope }),
      reply:
        "s is a mean of the squared slopes: you average the slopes themselves, and a root of that may not even exist",
    },
    {
      answer: (slopes, rate, beta1, beta2, epsilon) => {
        let [m, s] = [0, 0];
        return slopes.map((row, step) =>
          row.map((slope) => {
            m = beta1 * m + (1 - beta1) * slope;
            s = beta2 * s + (1 - beta2) * slope ** 2;
            const mHat = m / (1 - beta1 ** (step + 1)), sHat = s / (1 - beta2 ** (step + 1));
            return -rate * mHat / (Math.sqrt(sHat) + epsilon);
          })
        );
      },
      reply:
        "All weights share one m and one s: it is the bug of the exercise before. Keep one of each for every weight",
    },
    {
      answer: (slopes, rate, beta1, beta2, epsilon) => {
        const m = slopes[0].map(() => 0), s = slopes[0].map(() => 0);
        let t = 0;
        return slopes.map((row) =>
          row.map((slope, i) => {
            t++;
            m[i] = beta1 * m[i] + (1 - beta1) * slope;
            s[i] = beta2 * s[i] + (1 - beta2) * slope ** 2;
            const mHat = m[i] / (1 - beta1 ** t), sHat = s[i] / (1 - beta2 ** t);
            return -rate * mHat / (Math.sqrt(sHat) + epsilon);
          })
        );
      },
      reply:
        "Your t counts weights: it grows once for each of them. It should grow once in a step, for all weights together",
    },
    {
      answer: (slopes, rate, beta1, beta2, epsilon) =>
        slopes.map((row, step) =>
          row.map((slope) => {
            const m = (1 - beta1) * slope / (1 - beta1 ** (step + 1));
            const s = (1 - beta2) * slope ** 2 / (1 - beta2 ** (step + 1));
            return -rate * m / (Math.sqrt(s) + epsilon);
          })
        ),
      reply: "The first step is right. After it, m and s begin at 0 again: make them once, before all steps",
    },
  ],
  hints: [
    "Begin with a list m and a list s, one entry for each weight, and let them run as in the text. Then ask what they lack",
    "At a slope of 1, m is 0.1, 0.19, 0.271, … with β₁ = 0.9. The distance to 1 is 0.9, 0.81, 0.729, …",
    "So after t steps m has reached 1 − β₁ᵗ, beta1 ** t in code. Divide m by that, and s by 1 − β₂ᵗ, in new variables",
  ],
});
