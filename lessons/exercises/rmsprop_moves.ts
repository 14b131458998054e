/** rmsprop-moves: one running mean that all weights share, where each should have its own. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";
import { someSlopes } from "./momentum_moves.ts";

type Inputs = [slopes: number[][], rate: number, alpha: number, epsilon: number];

function rmspropMoves(slopes: number[][], rate: number, alpha: number, epsilon: number): number[][] {
  const s = slopes[0].map(() => 0); // one for each weight, not one for all
  return slopes.map((row) =>
    row.map((slope, i) => {
      s[i] = alpha * s[i] + (1 - alpha) * slope ** 2;
      return -rate * slope / (Math.sqrt(s[i]) + epsilon);
    })
  );
}

type Change = (s: number, slope: number, alpha: number) => number;
type Move = (slope: number, s: number, rate: number, epsilon: number) => number;

/** RMSProp with its own way to change s, and to move by it. */
const stepping = (
  change: Change,
  move: Move = (slope, s, rate, epsilon) => -rate * slope / (Math.sqrt(s) + epsilon),
) =>
(...[slopes, rate, alpha, epsilon]: Inputs): number[][] => {
  const s = slopes[0].map(() => 0);
  return slopes.map((row) =>
    row.map((slope, i) => {
      s[i] = change(s[i], slope, alpha);
      return move(slope, s[i], rate, epsilon);
    })
  );
};

const right: Change = (s, slope, alpha) => alpha * s + (1 - alpha) * slope ** 2;
const squareOf = (row: number[]): number => row.reduce((sum, slope) => sum + slope ** 2, 0);

/** The planted bug, where `start` says whether s begins at 0 again with every step. */
const shared = (again: boolean) => (...[slopes, rate, alpha, epsilon]: Inputs): number[][] => {
  let s = 0;
  return slopes.map((row) => {
    if (again) s = 0;
    return row.map((slope) => {
      s = alpha * s + (1 - alpha) * slope ** 2;
      return -rate * slope / (Math.sqrt(s) + epsilon);
    });
  });
};

export default exercise({
  inputs: (random: Random): Inputs => [
    someSlopes(random),
    random.uniform(0.01, 0.3),
    random.uniform(0.6, 0.95),
    random.uniform(0.01, 0.1),
  ],
  planted: shared(false),
  evidence: (answer: (...inputs: Inputs) => number[][], slopes, rate, alpha, epsilon) => {
    const last = slopes[0].length - 1, one = slopes.map((row) => [row[last]]);
    const alone = answer(one, rate, alpha, epsilon)[1][0], among = answer(slopes, rate, alpha, epsilon)[1][last];
    return `The last weight in its second step: it moves by ${alone.toPrecision(4)} if it is alone, and by ` +
      `${among.toPrecision(4)} if ${last} other weights come before it, with the same slopes of its own`;
  },
  solution: rmspropMoves,
  explanation:
    "The running mean belongs to a weight: it says how large *its* slopes usually are. With a single s, a weight with " +
    "flat slopes is divided by the size of its steep neighbor's, and the order of the weights changes the result. So s " +
    "is a list, created once, with one entry for each weight. With one weight nobody notices the difference, so test " +
    "with two that differ.",
  mistakes: [
    {
      answer: shared(true),
      reply:
        "Now s begins at 0 in every step, and the weights still share it. Each weight needs an s that lives as long as the training",
    },
    {
      answer: stepping((_s, slope, alpha) => (1 - alpha) * slope ** 2),
      reply:
        "Each weight has its own s now, but s forgets everything between the steps: create it once, before the first",
    },
    {
      answer: (slopes, rate, alpha, epsilon) => {
        let s = 0;
        return slopes.map((row) => {
          s = right(s, Math.sqrt(squareOf(row)), alpha);
          return row.map((slope) => -rate * slope / (Math.sqrt(s) + epsilon));
        });
      },
      reply: "Now all weights are divided by one common size. The point of RMSProp is that each has its own",
    },
    {
      answer: (slopes, rate, alpha, epsilon) => {
        let s = 0;
        return slopes.map((row) => {
          s = right(s, Math.sqrt(squareOf(row) / row.length), alpha);
          return row.map((slope) => -rate * slope / (Math.sqrt(s) + epsilon));
        });
      },
      reply: "Now all weights are divided by one common mean. The point of RMSProp is that each has its own",
    },
    {
      answer: stepping(right, (slope, s, rate, epsilon) => -rate * slope / Math.sqrt(s + epsilon)),
      reply: "You found the bug. But epsilon has moved under the root, and it was right where it was",
    },
    {
      answer: (slopes, rate, alpha, epsilon) => {
        const s = slopes[0].map(() => 1);
        return slopes.map((row) =>
          row.map((slope, i) => {
            s[i] = right(s[i], slope, alpha);
            return -rate * slope / (Math.sqrt(s[i]) + epsilon);
          })
        );
      },
      reply: "You found the bug. But your s begin at 1, and in the code they began at 0",
    },
    {
      answer: stepping(right, (slope, s, rate, epsilon) => -rate * slope / (s + epsilon)),
      reply: "You found the bug. But the root is gone now, and it was right before: s is a mean of squares",
    },
    {
      answer: stepping((s, slope, alpha) => (1 - alpha) * s + alpha * slope ** 2),
      reply: "You found the bug. But alpha and 1 − alpha are swapped now, and they were right before",
    },
    {
      answer: stepping((s, slope, alpha) => alpha * s + (1 - alpha) * slope),
      reply: "You found the bug. But the square is gone now, and it was right before: s is a mean of squares",
    },
    {
      answer: (slopes, rate, alpha, epsilon) => {
        const s = slopes[0].map(() => 0);
        return slopes.map((row) =>
          row.map((slope, i) => {
            const move = -rate * slope / (Math.sqrt(s[i]) + epsilon);
            s[i] = right(s[i], slope, alpha);
            return move;
          })
        );
      },
      reply:
        "Each weight has its own s now. But you move before you change s, and it was right before: the newest slope counts, too",
    },
    {
      answer: stepping(
        (s, slope, alpha) => alpha * s + (1 - alpha) * slope ** 2,
        (slope, s, rate, epsilon) => rate * slope / (Math.sqrt(s) + epsilon),
      ),
      reply: "You found the bug. But the sign is gone now: a weight moves against its slope",
    },
    {
      answer: stepping((s, slope, alpha) => alpha * s + (1 - alpha) * Math.abs(slope)),
      reply:
        "You found the bug. But s is now the mean of the sizes of the slopes, and it was the mean of their squares",
    },
  ],
  hints: [
    "Every line of the formula is right. With one weight the code is right, too. What changes when there are two?",
    "Follow s through the first step: weight 0 changes it, and then weight 1 finds it changed. Whose slopes is it a mean of?",
    "Make s a list with a 0 for each weight, const s = slopes[0].map(() => 0), and use s[i]",
  ],
});
