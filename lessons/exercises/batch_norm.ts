/** batch-norm: each column of a batch, with mean 0 and variance 1, then scaled and shifted. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Inputs = [x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number];

function batchNorm(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  const [N, C] = x.shape, y = x.clone();
  for (let c = 0; c < C; c++) {
    let mean = 0, variance = 0;
    for (let n = 0; n < N; n++) mean += x.at(n, c) / N;
    for (let n = 0; n < N; n++) variance += (x.at(n, c) - mean) ** 2 / N;
    const sigma = Math.sqrt(variance + epsilon);
    for (let n = 0; n < N; n++) {
      y.data[n * C + c] = gamma.at(c) * (x.at(n, c) - mean) / sigma + beta.at(c);
    }
  }
  return y;
}

/** What a number is normalized with. */
interface Of {
  value: number;
  mean: number;
  /** The mean of the squared distances. */
  variance: number;
  count: number;
  gamma: number;
  beta: number;
  epsilon: number;
}

const right = ({ value, mean, variance, gamma, beta, epsilon }: Of): number =>
  gamma * (value - mean) / Math.sqrt(variance + epsilon) + beta;

/** Batch norm with its own formula, and its own idea of which numbers belong together. */
const normalizing = (
  formula: (of: Of) => number,
  together: (a: [n: number, c: number], b: [n: number, c: number]) => boolean = ([, c], [, d]) => c === d,
) =>
(...[x, gamma, beta, epsilon]: Inputs): Tensor => {
  const C = x.shape[1];
  const placeOf = (i: number): [number, number] => [Math.floor(i / C), i % C];
  return x.map((value, i) => {
    const place = placeOf(i), group = Array.from(x.data).filter((_, k) => together(place, placeOf(k)));
    const mean = group.reduce((sum, v) => sum + v) / group.length;
    const variance = group.reduce((sum, v) => sum + (v - mean) ** 2, 0) / group.length;
    const c = place[1];
    return formula({ value, mean, variance, count: group.length, gamma: gamma.at(c), beta: beta.at(c), epsilon });
  });
};

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): Inputs => {
    const [N, C] = [5 + random.integer(3), 2 + random.integer(3)];
    const x = Tensor.randn([N, C], { random, dtype: "float64" }).map((v, i) => (v + 1) * (1 + i % C));
    const [gamma, beta] = [1, 2].map(() => Tensor.randn([C], { random, dtype: "float64" }).plus(0.5));
    return [x, gamma, beta, random.uniform(0.2, 0.8)]; // an epsilon so large that its place matters
  },
  evidence: (answer: typeof batchNorm) => {
    const column = Tensor.from([[0], [0], [0], [0], [5]]);
    const found = answer(column, Tensor.from([10]), Tensor.from([5]), 0);
    return "For example, a column with 0, 0, 0, 0 and 5: its mean is 1, its variance 4. With gamma 10, beta 5 and epsilon 0 " +
      `that gives 0, 0, 0, 0 and 25. You return ${Array.from(found.data, written).join(", ")}`;
  },
  solution: batchNorm,
  explanation:
    "Three passes over each column: the mean, the mean of the squared distances from it, and then every number. The " +
    "mean must be complete before the variance begins, and both before the first number is normalized. Epsilon is " +
    "added to the variance, under the root.",
  mistakes: [
    {
      answer: normalizing(right, ([n], [m]) => n === m),
      reply:
        "You normalize each row, a sample by itself. (That exists: it is called layer norm.) Batch norm takes each column, a feature over all samples",
    },
    {
      answer: normalizing(right, () => true),
      reply: "You use one mean and one variance for the whole batch. Each column has its own",
    },
    {
      answer: normalizing((of) => right({ ...of, variance: of.variance * of.count / (of.count - 1) })),
      reply: "Your variance divides by N − 1. Here it is the mean of N squares: divide by N",
    },
    {
      answer: normalizing((of) => right({ ...of, variance: of.variance * of.count })),
      reply: "Your variance is the sum of the squares. It is their mean: divide by N",
    },
    {
      answer: normalizing(({ value, mean, variance, gamma, beta, epsilon }) =>
        gamma * (value - mean) / (Math.sqrt(variance) + epsilon) + beta
      ),
      reply: "Nearly: epsilon is added to the variance, under the root, and not to the root",
    },
    {
      answer: normalizing((of) => right({ ...of, epsilon: 0 })),
      reply: "Your epsilon is not used. What happens when all numbers of a column are equal?",
    },
    {
      answer: normalizing(({ value, mean, variance, gamma, beta, epsilon }) =>
        gamma * (value - mean) / (variance + epsilon) + beta
      ),
      reply: "You divide by the variance. The standard deviation is its root",
    },
    {
      answer: normalizing(({ value, variance, gamma, beta, epsilon }) =>
        gamma * value / Math.sqrt(variance + epsilon) + beta
      ),
      reply: "The mean is not subtracted from the numbers",
    },
    {
      answer: normalizing(({ value, mean, gamma, beta }) => gamma * (value - mean) + beta),
      reply: "You subtract the mean. The division by the standard deviation is missing",
    },
    {
      answer: normalizing((of) => right({ ...of, beta: 0 })),
      reply: "Everything but the last step: beta is not added",
    },
    {
      answer: normalizing((of) => right({ ...of, gamma: 1 })),
      reply: "Everything but the scale: gamma is not used",
    },
    {
      answer: normalizing((of) => right({ ...of, gamma: 1, beta: 0 })),
      reply: "These are the x̂, and they are right. Now scale and shift them: y = gamma · x̂ + beta",
    },
    {
      answer: normalizing(({ value, mean, variance, gamma, beta, epsilon }) =>
        gamma * ((value - mean) / Math.sqrt(variance + epsilon) + beta)
      ),
      reply: "You add beta before you multiply by gamma. First scale, then shift",
    },
    {
      answer: normalizing((of) => right({ ...of, variance: of.variance + of.mean ** 2 })),
      reply: "Your variance is the mean of the squares of x. It is measured from the mean: subtract the mean first",
    },
    {
      answer: (x, gamma, beta, epsilon) => {
        const [N, C] = x.shape, y = x.clone();
        let mean = 0, variance = 0;
        for (let c = 0; c < C; c++) {
          for (let n = 0; n < N; n++) mean += x.at(n, c) / N;
          for (let n = 0; n < N; n++) variance += (x.at(n, c) - mean) ** 2 / N;
          const sigma = Math.sqrt(variance + epsilon);
          for (let n = 0; n < N; n++) y.data[n * C + c] = gamma.at(c) * (x.at(n, c) - mean) / sigma + beta.at(c);
        }
        return y;
      },
      reply:
        "The first column is right. Then mean and variance still hold what the columns before left in them: start each column at 0",
    },
    {
      answer: (x, gamma, beta, epsilon) => {
        const [N, C] = x.shape, y = x.clone();
        let variance = 0;
        for (let c = 0; c < C; c++) {
          let mean = 0;
          for (let n = 0; n < N; n++) mean += x.at(n, c) / N;
          for (let n = 0; n < N; n++) variance += (x.at(n, c) - mean) ** 2 / N;
          const sigma = Math.sqrt(variance + epsilon);
          for (let n = 0; n < N; n++) y.data[n * C + c] = gamma.at(c) * (x.at(n, c) - mean) / sigma + beta.at(c);
        }
        return y;
      },
      reply:
        "The first column is right. Then the variance still holds what the columns before left in it: start each column at 0",
    },
    {
      answer: (x, gamma, beta, epsilon) => {
        const first = Tensor.full(gamma.shape, gamma.at(0)), shift = Tensor.full(beta.shape, beta.at(0));
        return batchNorm(x, first, shift, epsilon);
      },
      reply: "You use the first gamma and the first beta for all columns. Column c has gamma.at(c) and beta.at(c)",
    },
  ],
  hints: [
    "Go column by column: for each c, what do you need to know before you can change the first number?",
    "First the mean over n of x.at(n, c), then the mean over n of (x.at(n, c) − mean)²",
    "Then for every n: gamma.at(c) · (x.at(n, c) − mean) / √(variance + epsilon) + beta.at(c), at index n · C + c of a clone of x",
  ],
});
