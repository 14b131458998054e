/** product-shape: the shape of a matrix product, and the shapes that have no product. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function productShape(a: number[], b: number[]): number[] {
  if (a.length !== 2 || b.length !== 2) {
    throw new RangeError(`[${a}] · [${b}]: both must have two axes`);
  }
  if (a[1] !== b[0]) {
    throw new RangeError(`[${a}] · [${b}]: ${a[1]} is not ${b[0]}`);
  }
  return [a[0], b[1]];
}

type Shapes = [a: number[], b: number[]];
type Answer = typeof productShape;

const REFUSED = 0, ODD = -1;
/** What came out as one number: a refusal, a shape of two axes, or something else. Nothing stays nothing. */
function codeOf(answer: Answer, shapes: Shapes): number {
  const found = outcomeOf(answer, shapes);
  if (found === "refused") return REFUSED;
  if (found === undefined && fits(shapes)) return found as unknown as number;
  const isShape = Array.isArray(found) && found.length === 2 && found.every(Number.isInteger);
  return isShape ? 1 + 1000 * found[0] + found[1] : ODD;
}

/** What an answer returns; "refused" if it throws on purpose. */
function outcomeOf(answer: Answer, [a, b]: Shapes): number[] | undefined | "refused" {
  try {
    return answer([...a], [...b]);
  } catch (error) {
    // Any other error is not a decision of the learner: a name that does not exist, say.
    if (error instanceof RangeError || (error as Error)?.name === "Error") return "refused";
    throw error;
  }
}

const fits = ([a, b]: Shapes): boolean => a.length === 2 && b.length === 2 && a[1] === b[0];

/** A shape as the learner writes it. */
const written = (shape: unknown): string =>
  Array.isArray(shape) ? `[${shape.map((size) => size ?? "nothing").join(", ")}]` : String(shape ?? "nothing");

/** Returns [m, n] for the shapes that are allowed, and refuses all others. */
const allowing = (allowed: (a: number[], b: number[]) => boolean): Answer => (a, b) => {
  if (!allowed(a, b)) throw new RangeError("refused");
  return [a[0], b[1]];
};

/** Five different sizes in random order. */
const sizes = (random: Random): number[] => Array.from(random.shuffle([1, 2, 3, 4, 5, 6, 7, 8]));

export default exercise({
  inputs: (random: Random): [Shapes[]] => {
    const cases = Array.from({ length: 3 }, (): Shapes[] => {
      const [p, q, r, s, t] = sizes(random);
      return [
        [[p, q], [q, r]],
        [[p, q], [r, s]],
        [[p, q], [p, q]],
        [[p, q], [p, r]],
        [[p, q], [r, q]],
        [[p, q], [r, p]],
        [[p, q], [q, p]],
        [[p, p], [p, p]],
        [[q], [q, r]],
        [[p, q], [q]],
        [[p, q, r], [q, s]],
        [[p, q], [q, r, t]],
        [[p, q, r], [q, s, t]],
        [[p, q, r], [s, t, q]],
      ];
    });
    return [random.shuffle(cases.flat())];
  },
  use: (answer: Answer, cases: Shapes[]): number[] => cases.map((each) => codeOf(answer, each)),
  cases: true,
  evidence: (answer, cases) => {
    const [a, b] = cases.find((each) => codeOf(answer, each) !== codeOf(productShape, each))!;
    const found = outcomeOf(answer, [a, b]);
    const yours = found === "refused" ? "throws" : `returns ${written(found)}`;
    const right = fits([a, b]) ? `return ${written([a[0], b[1]])}` : "throw";
    return `For example: productShape([${a.join(", ")}], [${b.join(", ")}]) ${yours}, and should ${right}`;
  },
  solution: productShape,
  explanation:
    "A row of a and a column of b are multiplied pair by pair, so the inner sizes a[1] and b[0] must be equal. The " +
    "outer sizes a[0] and b[1] may be anything: they are the shape of the result. Both checks come first, so that " +
    "nothing is computed from shapes that do not fit.",
  mistakes: [
    {
      answer: allowing((a, b) => a.length === 2 && b.length === 2),
      reply: "You refuse a wrong number of axes, but not [2, 3] · [4, 3]: which two sizes must be equal?",
    },
    {
      answer: allowing((a, b) => a[1] === b[0]),
      reply:
        "You compare the inner sizes, as you should. But a shape with three axes is not a matrix: look at the lengths",
    },
    {
      answer: allowing((a) => a.length === 2),
      reply: "You check how many axes a has, and nothing else. What about b, and the inner sizes?",
    },
    {
      answer: allowing((a, b) => a.length === b.length && a[1] === b[0]),
      reply: "You compare the two lengths with each other. Both must be 2: what about the other one?",
    },
    {
      answer: allowing((a, b) => a.length === 2 && b.length === 2 && a[0] === b[1]),
      reply: "You compare the outer sizes. A row of a meets a column of b: how many numbers does each have?",
    },
    {
      answer: allowing((a, b) => a.length === 2 && b.length === 2 && a[0] === b[0]),
      reply: "You compare the numbers of rows. A row of a meets a column of b: how many numbers does each have?",
    },
    {
      answer: allowing((a, b) => a.length === 2 && b.length === 2 && a[1] === b[1]),
      reply: "You compare the numbers of columns. A row of a meets a column of b: how many numbers does each have?",
    },
    {
      answer: allowing((a, b) => a.length === 2 && b.length === 2 && a[0] === b[0] && a[1] === b[1]),
      reply: "You ask for equal shapes. That is the rule for plus and minus; a product needs equal *inner* sizes only",
    },
    {
      answer: (a, b) => [productShape(a, b)[1], productShape(a, b)[0]],
      reply: "You refuse the right ones, and the shape is turned around: first the rows of a, then the columns of b",
    },
    {
      answer: (a, b) => productShape(a, b) && [a[1], b[0]],
      reply: "You refuse the right ones, but return the inner sizes. They are used up by the sum: which two are left?",
    },
    {
      answer: (a, b) => productShape(a, b) && [...a, ...b],
      reply:
        "You refuse the right ones, but the product is a matrix, and its shape is a list of two sizes: which two of the four are left?",
    },
    {
      answer: (a, b) => fits([a, b]) ? [a[0], b[1]] : [],
      reply:
        "You find the shapes that have no product, but you return there instead of throwing. A refusal throws: the caller cannot overlook it",
    },
    {
      answer: (a, b) => {
        if (fits([a, b])) throw new RangeError("refused");
        return [a[0], b[1]];
      },
      reply: "The other way around: you refuse the shapes that fit, and accept those that do not",
    },
    {
      answer: (a, b) => [a[0], b[1]],
      reply: "The shape is right where there is a product, but you never refuse. Which two sizes must be equal?",
    },
    {
      answer: () => {
        throw new RangeError("refused");
      },
      reply:
        "You refuse everything. Where the inner sizes are equal, return [m, n]. (Indices begin at 0: a is [a[0], a[1]])",
    },
  ],
  hints: [
    "Take [2, 3] · [4, 3]: a row of a has 3 numbers, a column of b has 4. Which entries of the two shapes are these?",
    "There are two reasons to refuse: a shape does not have two axes (look at its length), or the inner sizes differ",
    "if (a[1] !== b[0]) throw new RangeError(…); another if looks at a.length and b.length; at the end, return [a[0], b[1]]",
  ],
});
