/** find-the-nan: the textbook's tanh as a layer, which overflows. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Result = { y: Tensor; gradX: Tensor };

function tanhLayer(x: Tensor, gradOut: Tensor): Result {
  const y = x.map((v) => {
    const small = Math.exp(-2 * Math.abs(v)); // never above 1
    return Math.sign(v) * (1 - small) / (1 + small);
  });
  const gradX = gradOut.times(y.map((v) => 1 - v * v));
  return { y, gradX };
}

/** With another tanh. */
const withTanh = (tanh: (v: number) => number) => (x: Tensor, gradOut: Tensor): Result => {
  const y = x.map(tanh);
  return { y, gradX: gradOut.times(y.map((v) => 1 - v * v)) };
};

/** The right y, with another gradient. */
const withGradient =
  (gradient: (g: number, x: number, y: number) => number) => (x: Tensor, gradOut: Tensor): Result => {
    const { y } = tanhLayer(x, gradOut);
    return { y, gradX: gradOut.map((g, i) => gradient(g, x.data[i], y.data[i])) };
  };

const book = (v: number): number => (Math.exp(v) - Math.exp(-v)) / (Math.exp(v) + Math.exp(-v));

export default exercise({
  // Ordinary numbers, one 0, and one large number of either sign, at different places.
  inputs: (random: Random): [Tensor, Tensor] => {
    const count = 7 + random.integer(5);
    const values = Float64Array.from({ length: count }, (_, i) => (i % 2 ? -1 : 1) * random.uniform(0.2, 3));
    values[0] = 0;
    values[1 + random.integer(2)] = random.uniform(800, 2000);
    values[3 + random.integer(2)] = -random.uniform(800, 2000);
    return [Tensor.from(values, [1, count]), Tensor.randn([1, count], { random, dtype: "float64" })];
  },
  planted: withTanh(book),
  // Which side is left to repair: NaN alone does not tell.
  evidence: (answer, x, gradOut) => {
    const { y } = answer(x, gradOut) as Result, right = tanhLayer(x, gradOut).y;
    const wrong = right.data.findIndex((value, i) => !(Math.abs(y.data[i] - value) < 1e-5));
    const [yours, tanh] = [y, right].map(({ data }) => Number(data[wrong]?.toFixed(4)));
    return wrong < 0 ? "" : `For example, at x = ${x.data[wrong].toFixed(2)} your y is ${yours}, and tanh is ${tanh}`;
  },
  solution: tanhLayer,
  explanation:
    "e to a large power is ∞, and ∞ / ∞ is NaN. e⁻²|ˣ| never leaves the range from 0 to 1, so nothing can overflow; the " +
    "sign of x is put back at the end. The gradient was right all along: it uses only y, which is never outside −1 … 1. " +
    "Cutting x off at ±20 would also do, since tanh is 1 there to 17 digits.",
  mistakes: [
    {
      answer: withTanh((v) => Math.abs(v) > 20 ? 1 : book(v)),
      reply: "On the far left tanh is −1, not 1. What is the sign there?",
    },
    {
      answer: withTanh((v) => Number.isNaN(book(v)) ? 0 : book(v)),
      reply: "You turned NaN into 0. What is tanh of 1000?",
    },
    {
      answer: withTanh((v) => (1 - Math.exp(-2 * Math.abs(v))) / (1 + Math.exp(-2 * Math.abs(v)))),
      reply: "Nothing overflows now, but the sign of x got lost: tanh of a negative number is negative",
    },
    {
      answer: withTanh((v) => Math.sign(v) * (1 - Math.exp(-Math.abs(v))) / (1 + Math.exp(-Math.abs(v)))),
      reply: "Nothing overflows now, but that is tanh of x/2: the power is −2|x|",
    },
    {
      answer: withTanh((v) => Math.max(-1, Math.min(1, v))),
      reply: "That is a straight line that is cut off. It must still be tanh between the ends",
    },
    {
      answer: withTanh((v) => 1 / (1 + Math.exp(-v))),
      reply: "That is the sigmoid, from 0 to 1. Tanh goes from −1 to 1",
    },
    {
      answer: withGradient((g, x) => g * (1 - x * x)),
      reply: "y is right now, but gradX uses x: the slope is 1 − y²",
    },
    {
      answer: withGradient((_g, _x, y) => 1 - y * y),
      reply: "y is right now, but gradX is the slope alone: gradOut is missing",
    },
  ],
  hints: [
    "Which power of e is too large for a number at x = 800? And at x = −800?",
    "Divide above and below the line by eˣ: (1 − e⁻²ˣ) / (1 + e⁻²ˣ). For which x does that never overflow?",
    "Compute it with |x| instead of x, and give the result the sign of x: Math.sign(x)",
  ],
});
