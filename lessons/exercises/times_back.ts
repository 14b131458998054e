/** times-back: what a product passes back to its two factors. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Slot = { data: number; grad: number };
type Answer = (a: Slot, b: Slot, out: Slot) => void;

function timesBack(a: Slot, b: Slot, out: Slot): void {
  a.grad += b.data * out.grad;
  b.grad += a.data * out.grad;
}

/** Adds these two amounts. */
const adding = (partOf: (other: Slot, own: Slot, out: Slot) => number): Answer => (a, b, out) => {
  const [toA, toB] = [partOf(b, a, out), partOf(a, b, out)];
  a.grad += toA;
  b.grad += toB;
};

export default exercise({
  // Numbers with one decimal, so that the evidence is easy to read.
  inputs: (random: Random): [number[]] => [
    Array.from({ length: 7 }, () => Math.round(random.uniform(11, 39)) / 10 * (random.integer(2) ? 1 : -1)),
  ],
  // Twice: with two factors that have other uses, and with a value that is both factors.
  use: (answer: Answer, [a, b, gradA, gradB, gradOut, c, gradC]: number[]) => {
    const [first, second] = [{ data: a, grad: gradA }, { data: b, grad: gradB }];
    const [both, out] = [{ data: c, grad: gradC }, { data: a * b, grad: gradOut }];
    answer(first, second, out);
    const square = { data: c * c, grad: gradOut };
    answer(both, both, square);
    return {
      "a.grad": first.grad,
      "b.grad": second.grad,
      "grad of a value that is both factors": both.grad,
      "data and grad of the product": [out.data, out.grad],
      "data of the factors": [first.data, second.data, both.data],
    };
  },
  evidence: (answer: Answer, [a, b, gradA, gradB, gradOut]: number[]) => {
    const [first, second] = [{ data: a, grad: gradA }, { data: b, grad: gradB }];
    answer(first, second, { data: a * b, grad: gradOut });
    const line = (name: string, before: number, { data, grad }: Slot) =>
      `  ${name}: data ${data}, grad ${before} before and ${Number(grad.toFixed(4))} after your code`;
    return [`out.grad is ${gradOut}`, line("a", gradA, first), line("b", gradB, second)].join("\n");
  },
  solution: timesBack,
  explanation:
    "out = a · b, so ∂out/∂a = b and ∂out/∂b = a: each factor gets the *other* number times the slope of the " +
    "product. It is added, because the factors may have other uses. If both factors are the same value, as in a · a, " +
    "it gets both parts, and 2a comes out by itself.",
  mistakes: [
    {
      answer: (a, b, out) => {
        a.grad = b.data * out.grad;
        b.grad = a.data * out.grad;
      },
      reply: "The parts are right, but you overwrite what was there: = where += is needed. What if a has another use?",
    },
    {
      answer: (a, b, out) => {
        a.grad += b.data * out.grad;
        b.grad = a.data * out.grad;
      },
      reply: "a is right. b.grad may hold something already, and you overwrite it",
    },
    {
      answer: (a, b, out) => {
        a.grad = b.data * out.grad;
        b.grad += a.data * out.grad;
      },
      reply: "b is right. a.grad may hold something already, and you overwrite it",
    },
    {
      answer: adding((_, own, out) => own.data * out.grad),
      reply: "Each factor gets its own number. If a grows by 1, how much does a · b grow?",
    },
    {
      answer: adding((other) => other.data),
      reply: "You pass on the slope of this one step. Where is out.grad, the slope of everything after it?",
    },
    {
      answer: adding((_other, _own, out) => out.grad),
      reply: "That is what a sum passes back. If a grows by 1, a · b does not grow by 1",
    },
    {
      answer: adding((other, _own, out) => other.grad * out.grad),
      reply: "You multiply by the grad of the other factor. The slope of a · b with respect to a is the *data* of b",
    },
    {
      answer: adding((other, _own, out) => other.data * out.data),
      reply: "You multiply by out.data. What arrives from the loss is in out.grad",
    },
    {
      answer: () => {},
      reply: "Nothing has changed. Write the new slopes into a.grad and b.grad",
    },
    {
      answer: (a, b, out) => {
        a.grad += b.data * out.grad;
        b.grad += a.data;
      },
      reply: "a is right. For b you pass on the slope of this one step: where is out.grad?",
    },
    {
      answer: (a, _b, out) => {
        a.grad += _b.data * out.grad;
      },
      reply: "a is right, but b gets nothing. A product has two factors",
    },
    {
      answer: (a, b, out) => {
        a.grad -= b.data * out.grad;
        b.grad -= a.data * out.grad;
      },
      reply: "You subtract. A step against the slope comes later; here the slopes are only collected",
    },
    {
      answer: (a, b, out) => {
        a.grad += b.data * out.grad;
        b.grad += a.grad * out.grad;
      },
      reply: "a is right. For b you multiply by a.grad: the slope for b is the other factor itself, a.data",
    },
    {
      answer: adding((_other, _own, out) => out.data * out.grad),
      reply: "You multiply by the product, out.data. If a grows by 1, the product grows by b alone",
    },
    {
      answer: adding((other, _own, out) => other.data + out.grad),
      reply: "You add out.grad to the other factor. The chain rule multiplies: the slope, times what arrives",
    },
  ],
  hints: [
    "Hold b still, and let a grow by 1: by how much does a · b grow?",
    "The chain rule: the slope of this step times the slope that arrives, out.grad",
    "Both a.grad and b.grad may hold parts from other uses: add to them with +=",
  ],
});
