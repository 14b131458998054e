/** conv-flop: how many floating-point operations a convolution takes. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function convFlop(N: number, C: number, O: number, k: number, rows: number, columns: number): number {
  const outputs = N * O * rows * columns;
  const products = C * k * k; // for each output
  return 2 * outputs * products;
}

export default exercise({
  // No two of the numbers are equal, and none is 1 or 2.
  inputs: (random: Random): [number, number, number, number, number, number] => {
    const k = 3 + 2 * random.integer(3), order = random.permutation(12);
    const [N, C, O, rows, columns] = Array.from(order, (i) => i + 8);
    return [N, C, O, k, rows, columns];
  },
  tolerance: 1e-9,
  evidence: (answer) =>
    "For example, one image with 3 channels, 1 map of 5 × 7 numbers, a window of 2 × 2. Each number takes 3 · 2 · 2 = 12 " +
    `products, so 24 FLOP, and all 35 take 840. You return ${answer(1, 3, 1, 2, 5, 7)}`,
  solution: convFlop,
  explanation:
    "Each of the N · O · rows · columns numbers of the output is a sum of C · k · k products. A product and its " +
    "addition are two operations. The size of the input does not matter, only the number of places.",
  mistakes: [
    {
      answer: (...inputs) => convFlop(...inputs) / 2,
      reply: "You count the products. The additions are operations, too",
    },
    {
      answer: (_N, ...rest) => convFlop(1, ...rest),
      reply: "That is one image. How many are there in a batch?",
    },
    {
      answer: (N, _C, ...rest) => convFlop(N, 1, ...rest),
      reply: "Your kernels look at one channel. A kernel has k × k weights for each of the C channels",
    },
    {
      answer: (N, C, _O, ...rest) => convFlop(N, C, 1, ...rest),
      reply: "That is one map. There are O kernels, and each makes a map of its own",
    },
    {
      answer: (N, C, O, k, rows, columns) => convFlop(N, C, O, k, rows, columns) / k,
      reply: "You count k products for each window. A window has k rows and k columns",
    },
    {
      answer: (N, C, O, k, rows) => convFlop(N, C, O, k, rows, rows),
      reply: "You multiply rows by rows. A map need not be square",
    },
    {
      answer: (N, C, O, k, _rows, columns) => convFlop(N, C, O, k, columns, columns),
      reply: "You multiply columns by columns. A map need not be square",
    },
    {
      answer: (N, C, O, k, rows, columns) => 2 * N * O * rows * columns * (C + k * k),
      reply: "A kernel has k × k weights for *each* channel: C times k · k, not plus",
    },
    {
      answer: (N, C, O, k, rows, columns) => convFlop(N, C, O, k, rows - k + 1, columns - k + 1),
      reply: "rows and columns are already the places where a kernel stands: do not subtract anything",
    },
    {
      answer: (N, C, O, k, rows, columns) => convFlop(N, C, O, k, rows, columns) + N * O * rows * columns,
      reply: "One operation too many for each output: the bias does not count here",
    },
    {
      answer: (N, C, O, k, rows, columns) => convFlop(N, C, O, k, rows, columns) - N * O * rows * columns,
      reply:
        "You leave out the first addition of each sum. Strictly you are right, but here each product counts as two operations: the sum begins at 0",
    },
    {
      answer: (N, _C, O, _k, rows, columns) => 2 * N * O * rows * columns,
      reply:
        "You count each number of the output as one product. It is a sum of many: one for each weight of its kernel",
    },
    {
      answer: (N, C, O, k, rows, columns) => 2 * N * O * rows * columns * C * (k + k),
      reply: "A window of k × k has k · k weights. You take k + k",
    },
    {
      answer: (...inputs) => 3 * convFlop(...inputs),
      reply: "That is forward and backward together. Only forward counts here",
    },
    {
      answer: (N, _C, _O, k, rows, columns) => 2 * N * k * k * rows * columns,
      reply: "That is one kernel on one channel. There are O kernels, and each looks at C channels",
    },
    {
      answer: (_N, C, O, k) => 2 * C * O * k * k,
      reply: "That is one place of one image. Each kernel stands at rows · columns places, in N images",
    },
  ],
  hints: [
    "How many numbers does the output have, over all images and maps?",
    "Each of them is a sum of products: one for each weight of the kernel. How many weights does a kernel have?",
    "Twice the number of outputs, times C · k · k",
  ],
});
