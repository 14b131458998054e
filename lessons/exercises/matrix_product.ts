/** matrix-product: each row of one matrix meets each column of the other. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function matrixProduct(a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.shape, [, n] = b.shape;
  const y = Tensor.zeros([m, n]);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a.at(i, l) * b.at(l, j);
      y.data[i * n + j] = sum;
    }
  }
  return y;
}

interface Sum {
  a: Tensor;
  b: Tensor;
  i: number;
  j: number;
  k: number;
  n: number;
}

/** A product whose numbers are computed by `sum`, and written to `place`. */
const computing =
  (sum: (of: Sum) => number, place = (i: number, j: number, [, n]: number[]) => i * n + j) =>
  (a: Tensor, b: Tensor): Tensor => {
    const [m, k] = a.shape, [, n] = b.shape, y = Tensor.zeros([m, n]);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) y.data[place(i, j, [m, n])] = sum({ a, b, i, j, k, n });
    }
    return y;
  };

/** The products of one sum, from l = `first` to before `last`, added up. */
function part({ a, b, i, j }: Sum, first: number, last: number): number {
  let sum = 0;
  for (let l = first; l < last; l++) sum += a.at(i, l) * b.at(l, j);
  return sum;
}

export default exercise({
  // Three different sizes, none of them from the lesson's pair. k is larger than n and smaller in turn: a loop or a row
  // with the other number then stays inside the matrices in half of the trials, and gives numbers instead of NaN.
  inputs: (random: Random, trial = 0): [Tensor, Tensor] => {
    const sizes = random.shuffle([3, 4, 5, 6]).slice(0, 3);
    if (trial % 3 === 2) sizes.sort((a, b) => a - b); // fewer rows than columns: a loop to the rows is too short
    const [m, ...others] = sizes;
    const [k, n] = others.sort((a, b) => trial % 2 ? a - b : b - a);
    return [Tensor.randn([m, k], { random }), Tensor.randn([k, n], { random })];
  },
  solution: matrixProduct,
  explanation:
    "Two loops choose a number of the result, and so a row of a and a column of b. The third loop walks along that " +
    "row and down that column at once: l is the column in a and the row in b. The sum begins at 0 for each number.",
  mistakes: [
    {
      answer: computing((of) => part(of, of.k - 1, of.k)),
      reply: "Only the last product is left in each number: each one overwrites the one before instead of being added",
    },
    {
      answer: computing((of) => part(of, 0, of.k - 1)),
      reply: "The last product is missing in each number: how far does your innermost loop go?",
    },
    {
      answer: computing((of) => part(of, 1, of.k)),
      reply: "The first product is missing in each number: where does your innermost loop begin?",
    },
    {
      answer: (a, b) => {
        let sum = 0;
        return computing((of) => sum += part(of, 0, of.k))(a, b);
      },
      reply: "Your sum goes on from one number of the result to the next. It must begin at 0 for each of them",
    },
    {
      answer: (a, b) => {
        let sum = 0;
        return computing((of) => sum = (of.j === 0 ? 0 : sum) + part(of, 0, of.k))(a, b);
      },
      reply: "Your sum goes on along a row of the result. It must begin at 0 for each number, not for each row",
    },
    {
      answer: computing(({ a, b, i, j, k }) => {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a.at(i, l) * b.data[j * k + l];
        return sum;
      }),
      reply: "You read b as if its columns lay one after the other. The number in row l, column j of b is at l · n + j",
    },
    {
      answer: computing(({ a, b, i, j, k, n }) => {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a.data[i * n + l] * b.data[l * n + j];
        return sum;
      }),
      reply: "You read a as if its rows had n numbers. They have k: the number in row i, column l is at i · k + l",
    },
    {
      answer: computing(({ a, b, i, j, k }) => {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a.data[i * k + l] * b.data[l * k + j];
        return sum;
      }),
      reply: "You read b as if its rows had k numbers. They have n: the number in row l, column j is at l · n + j",
    },
    {
      answer: computing(({ a, b, i, j, k, n }) => {
        let sum = 0;
        for (let l = 0; l < n; l++) sum += a.data[i * k + l] * b.data[l * n + j];
        return sum;
      }),
      reply: "Your innermost loop runs to n. A row of a has k numbers, and each of them meets one of b",
    },
    {
      answer: (a, b) => {
        const y = Tensor.zeros([a.shape[0], b.shape[1]]);
        computing((of) => y.data[of.i] += part(of, 0, of.k))(a, b);
        return y;
      },
      reply: "All sums of a row go to y.data[i]. The result has n numbers in a row: y[i, j] is at i · n + j",
    },
    {
      answer: computing((of) => part(of, 0, of.k), (i, j, [m]) => i * m + j),
      reply: "The numbers are right, and some are in the wrong place: a row of the result has n numbers, not m",
    },
    {
      answer: (a, b) => computing((of) => part(of, 0, of.k), (i, j) => i * a.shape[1] + j)(a, b),
      reply: "The numbers are right, and some are in the wrong place: a row of the result has n numbers, not k",
    },
    {
      answer: computing((of) => part(of, 0, of.k), (i, j, [m]) => j * m + i),
      reply: "The numbers are right, and you write them column by column. In row-major order, y[i, j] is at i · n + j",
    },
    {
      answer: computing(({ a, b, i, j, k }) => {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a.at(i, l) + b.at(l, j);
        return sum;
      }),
      reply: "You add the two numbers of each pair. Multiply them, and add up the products",
    },
    {
      answer: computing((of) => part(of, 0, of.k) / of.k),
      reply: "That is the mean of the products. The result takes their sum",
    },
  ],
  hints: [
    "Begin with one number: row i of a has k numbers, column j of b has k numbers. Multiply pair by pair, and add up",
    "Three loops: i over the rows of a, j over the columns of b, and inside them l from 0 to k − 1",
    "let sum = 0 inside the loop over j; sum += a.at(i, l) * b.at(l, j) inside the loop over l; then y.data[i * n + j] = sum",
  ],
});
