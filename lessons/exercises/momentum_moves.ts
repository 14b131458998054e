/** momentum-moves: steps that remember the steps before. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Inputs = [slopes: number[][], rate: number, keep: number];

function momentumMoves(slopes: number[][], rate: number, keep: number): number[][] {
  const v = slopes[0].map(() => 0); // one for each weight
  return slopes.map((row) =>
    row.map((slope, i) => {
      v[i] = keep * v[i] + slope;
      return -rate * v[i];
    })
  );
}

/** Momentum with its own way to change v, and to move by it. */
const moving = (
  change: (v: number, slope: number, keep: number, rate: number) => number,
  move: (v: number, rate: number, slope: number, keep: number) => number = (v, rate) => -rate * v,
) =>
(...[slopes, rate, keep]: Inputs): number[][] => {
  const v = slopes[0].map(() => 0);
  return slopes.map((row) =>
    row.map((slope, i) => {
      v[i] = change(v[i], slope, keep, rate);
      return move(v[i], rate, slope, keep);
    })
  );
};

/** Slopes of a few weights over a few steps, some of them steep and some flat: a list of steps, each a list of weights. */
export function someSlopes(random: Random): number[][] {
  const steep = Array.from({ length: 2 + random.integer(3) }, (_, i) => (i % 2 === 0 ? 0.3 : 4) * random.uniform(1, 2));
  return Array.from({ length: 4 + random.integer(4) }, () => steep.map((size) => size * random.normal(0.5, 1)));
}

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): Inputs => [
    someSlopes(random),
    random.uniform(0.01, 0.3),
    random.uniform(0.5, 0.95),
  ],
  evidence: (answer: typeof momentumMoves) => {
    const moves = answer([[1], [1], [0]], 0.1, 0.5).flat().map(written);
    return "For example, one weight with the slopes 1, 1 and 0, rate 0.1, keep 0.5. v is 1, 1.5 and 0.75, so it moves by " +
      `-0.1, -0.15 and -0.075. In your answer it moves by ${moves.join(", ")}`;
  },
  solution: momentumMoves,
  explanation:
    "Each weight has its own velocity, which lives longer than a step: it is created once, before the first step. In " +
    "each step the old velocity shrinks and the slope is added, and the weight moves against the result. If all " +
    "slopes agree, v grows toward 1 / (1 − keep) times the slope.",
  mistakes: [
    {
      answer: (slopes, rate, keep) =>
        slopes.map((row, t) => row.map((slope, i) => -rate * (slope + (t > 0 ? keep * slopes[t - 1][i] : 0)))),
      reply:
        "You add only the slope of the step before. Keep the whole v: through it, each slope counts in all steps that come after",
    },
    {
      answer: moving((_v, slope) => slope),
      reply:
        "These are plain steps: nothing of the steps before is left in them. Where is v kept from one step to the next?",
    },
    {
      answer: moving((v, slope, keep) => keep * v + slope, (v, rate) => rate * v),
      reply: "The right lengths in the wrong direction: a weight moves against its velocity",
    },
    {
      answer: moving((v, slope, keep) => keep * v + (1 - keep) * slope),
      reply:
        "You average: your v is keep · v + (1 − keep) · slope. Here the slope is added as it is, so that agreeing slopes make longer steps",
    },
    {
      answer: moving((v, slope) => v + slope),
      reply:
        "v never shrinks: you add up all slopes since the start. What happens to the old v before the slope is added?",
    },
    {
      answer: moving((v, slope, keep) => keep * (v + slope)),
      reply: "You shrink the new slope together with the old velocity. Only the old one shrinks",
    },
    {
      answer: moving((v, slope, keep) => v + keep * slope),
      reply: "You shrink the new slope, and keep all of the old velocity. It is the other way around",
    },
    {
      answer: moving((v, slope, keep, rate) => keep * v + rate * slope),
      reply: "The rate is in there twice: once in your v, and once in the move",
    },
    {
      answer: moving((v, slope, keep) => keep * v + slope, (v) => -v),
      reply: "The velocities are right. The move has no rate in it",
    },
    {
      answer: moving((v, slope, keep) => keep * v + slope, (v, rate, slope, keep) => -rate * (slope + keep * v)),
      reply:
        "That is Nesterov's variant, which looks one step ahead: the slope plus keep times the new velocity. Here the weight moves against v itself",
    },
    {
      answer: moving((v, slope, keep) => keep * v + slope, (v) => v),
      reply: "These are the velocities. How far does a weight move, and in which direction?",
    },
    {
      answer: (slopes, rate, keep) => {
        let v = 0;
        return slopes.map((row) =>
          row.map((slope) => {
            v = keep * v + slope;
            return -rate * v;
          })
        );
      },
      reply: "All weights share one v, so each is pushed by the slopes of the others. Keep one for each weight",
    },
    {
      answer: (slopes, rate, keep) =>
        slopes.map((row) => {
          let v = 0;
          return row.map((slope) => {
            v = keep * v + slope;
            return -rate * v;
          });
        }),
      reply:
        "Your v runs along the weights of one step, and begins again with the next step. It belongs to one weight, and runs along the steps",
    },
    {
      answer: (slopes, rate, keep) => momentumMoves(slopes, rate, keep).map((row) => row.map(() => row[0])),
      reply: "The first weight is right. The others move by the v of the first: each has its own",
    },
    {
      answer: (slopes, rate, keep) => {
        const v = slopes[0].map(() => 0);
        return slopes.map((row) =>
          row.map((slope, i) => {
            const move = -rate * v[i];
            v[i] = keep * v[i] + slope;
            return move;
          })
        );
      },
      reply: "Each move uses the v of the step before: change v first, and then move by it",
    },
    {
      answer: (slopes, rate, keep) => {
        const moves = momentumMoves(slopes, rate, keep), sums = moves[0].map(() => 0);
        return moves.map((row) => row.map((move, i) => sums[i] += move));
      },
      reply: "That is where each weight has moved to. Return how far it moves in each step",
    },
  ],
  hints: [
    "What has to live from one step to the next? Create it before the first step, one number for each weight",
    "const v = slopes[0].map(() => 0); then go through the rows, and in each row through the weights",
    "For weight i: v[i] = keep * v[i] + slope, and its move is −rate * v[i]",
  ],
});
