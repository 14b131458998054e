/** tape-slopes: a tape that derives, with a missing +=. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Step = [operation: string, i: number, j: number];
type Inputs = [inputs: number[], steps: Step[]];

function tapeSlopes(inputs: number[], steps: Step[]): number[] {
  const values = [...inputs];
  for (const [operation, i, j] of steps) {
    const [a, b] = [values[i], values[j]];
    values.push(operation === "plus" ? a + b : a * b);
  }
  const grads = values.map(() => 0);
  grads[grads.length - 1] = 1;
  for (let k = steps.length - 1; k >= 0; k--) {
    const [operation, i, j] = steps[k], grad = grads[inputs.length + k];
    if (operation === "plus") {
      grads[i] += grad;
      grads[j] += grad;
    } else {
      grads[i] += values[j] * grad;
      grads[j] += values[i] * grad; // it was =
    }
  }
  return grads.slice(0, inputs.length);
}

/** What one step does with the slopes: the parts that i and j get are added, or overwrite. */
type PassBack = (grads: number[], values: number[], step: Step, grad: number) => void;

/** The tape with another way to pass slopes back. */
const passing = (back: PassBack, { start = 0, forward = false } = {}) => (...[inputs, steps]: Inputs): number[] => {
  const values = [...inputs];
  for (const [operation, i, j] of steps) {
    values.push(operation === "plus" ? values[i] + values[j] : values[i] * values[j]);
  }
  const grads = values.map(() => start);
  grads[grads.length - 1] = 1;
  const order = steps.map((_, k) => forward ? k : steps.length - 1 - k);
  for (const k of order) back(grads, values, steps[k], grads[inputs.length + k]);
  return grads.slice(0, inputs.length);
};

const add = (grads: number[], i: number, part: number): number => grads[i] += part;
const set = (grads: number[], i: number, part: number): number => grads[i] = part;

/** A step whose sum and product treat i and j in these ways. */
const step =
  (plusI: typeof add, plusJ: typeof add, timesI: typeof add, timesJ: typeof add): PassBack =>
  (grads, values, [operation, i, j], grad) => {
    if (operation === "plus") {
      plusI(grads, i, grad);
      plusJ(grads, j, grad);
    } else {
      timesI(grads, i, values[j] * grad);
      timesJ(grads, j, values[i] * grad);
    }
  };

const planted = passing(step(add, add, add, set));

const mistakes = [
  {
    answer: passing(step(set, set, set, set)),
    reply: "Now all four lines overwrite. Three of them were right: why do they add?",
  },
  {
    answer: passing(step(add, add, set, set)),
    reply: "Now both lines of the product overwrite. Make the two lines equal the other way around",
  },
  {
    answer: passing(step(add, add, set, add)),
    reply: "You fixed that line, but now the line above it overwrites: what is in grads[i] already?",
  },
  {
    answer: passing((grads, values, [operation, i, j], grad) => {
      if (operation === "plus") {
        grads[i] += grad;
        grads[j] += grad;
      } else {
        grads[i] += values[j] * grad;
        if (i !== j) grads[j] += values[i] * grad;
      }
    }),
    reply: "Now a product of a value with itself passes back only one part. It has two: a · a has the slope 2a",
  },
  {
    answer: passing((grads, values, [operation, i, j], grad) => {
      if (operation === "plus") {
        grads[i] += grad;
        grads[j] += grad;
      } else {
        grads[i] += values[j] * grad;
        grads[j] += values[j] * grad;
      }
    }),
    reply: "It adds now. But which number does the factor j get: its own, or that of i?",
  },
  {
    answer: passing((grads, values, [operation, i, j], grad) => {
      if (operation === "plus") {
        grads[i] += grad;
        grads[j] += grad;
      } else {
        grads[i] += values[j] * grad;
        grads[j] += grad;
      }
    }),
    reply: "It adds now, but the factor got lost: a product passes back the other number times the slope",
  },
  {
    answer: passing(step(set, set, add, add)),
    reply: "The product adds now. But the sum overwrites, and it was right before",
  },
  {
    answer: passing(step(add, add, add, add), { start: 1 }),
    reply:
      "It adds now, but every slope begins at 1. Only the last value has a slope of 1 before anything is passed back",
  },
  {
    answer: passing(step(add, add, add, add), { forward: true }),
    reply: "The tape now runs forward in the backward pass. A slope must be complete before it is passed back",
  },
];

/** Inputs, each used in a sum and in a product, and a value that is multiplied by itself. */
function draw(random: Random): Inputs {
  const count = 3 + random.integer(2);
  const inputs = Array.from({ length: count }, () => random.uniform(0.5, 2) * (random.integer(2) ? 1 : -1));
  const steps: Step[] = [];
  const any = () => random.integer(count + steps.length);
  for (let k = 0; k < 5 + random.integer(3); k++) {
    const last = count + steps.length - 1;
    steps.push([random.integer(2) ? "plus" : "times", k === 0 ? any() : last, any()]);
  }
  const square = any();
  steps.push(["times", square, square], ["plus", count + steps.length - 1, count + steps.length]);
  return [inputs, steps];
}

/** Whether any two of these lists differ somewhere, clearly. */
const allDiffer = (lists: number[][]): boolean =>
  lists.every((list, k) => lists.every((other, n) => n >= k || list.some((v, i) => Math.abs(v - other[i]) > 0.01)));

export default exercise({
  inputs: (random: Random): Inputs => {
    for (;;) {
      const drawn = draw(random), right = tapeSlopes(...drawn);
      const wrong = [planted, ...mistakes.map(({ answer }) => answer)].map((answer) => answer(...drawn));
      const large = [right, ...wrong].flat().some((slope) => Math.abs(slope) > 1000);
      if (!large && allDiffer([right, ...wrong])) return drawn;
    }
  },
  planted,
  evidence: (answer: (...inputs: Inputs) => number[], inputs, steps) => {
    const count = inputs.length, name = (i: number) => `v${i}`;
    const formula = steps.map(([operation, i, j], k) =>
      `${name(count + k)} = ${name(i)} ${operation === "plus" ? "+" : "·"} ${name(j)}`
    );
    const value = (moved: number[]) => {
      const values = [...moved];
      for (const [operation, i, j] of steps) {
        values.push(operation === "plus" ? values[i] + values[j] : values[i] * values[j]);
      }
      return values.at(-1)!;
    };
    const slopes = answer([...inputs], steps);
    const lines = inputs.map((_, i) => {
      const [up, down] = [1e-5, -1e-5].map((h) => value(inputs.map((v, j) => i === j ? v + h : v)));
      const [tape, numeric] = [slopes[i], (up - down) / 2e-5].map((slope) => slope.toFixed(4));
      return `  ${name(i)}: tape ${tape}, measured ${numeric}${tape === numeric ? "" : "   wrong"}`;
    });
    const formulas = formula.map((each, k) => k % 4 === 0 ? `\n  ${each}` : `;  ${each}`).join("");
    return [`The inputs are v0 to ${name(count - 1)}, and the steps:${formulas}`, ...lines].join("\n");
  },
  solution: tapeSlopes,
  explanation:
    "Every use of a value sends back a part, and the slope is the sum of all parts. With = the product threw away " +
    "what later steps had already brought to grads[j]. As long as every value had one use, there was nothing to throw " +
    "away, and no test could notice.",
  mistakes,
  hints: [
    "Which inputs are wrong, and how often does each of them appear in the formula, and where?",
    "Four lines change grads[i] or grads[j]. Compare them with each other",
    "A slope is the sum of what all uses send back. One of the four lines does not add",
  ],
});
