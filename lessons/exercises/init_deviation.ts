/** init-deviation: how large the first weights of a layer should be. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Activation = "tanh" | "relu";
type Answer = (fanIn: number, fanOut: number, activation: Activation) => number;

function initDeviation(fanIn: number, fanOut: number, activation: Activation): number {
  const variance = activation === "relu"
    ? 2 / fanIn // He
    : 2 / (fanIn + fanOut); // Xavier: 1 / the mean of both
  return Math.sqrt(variance);
}

/** An answer with its own formula for each activation. */
const by = (
  tanh: (n: number, m: number) => number,
  relu: (n: number, m: number) => number,
): Answer =>
(n, m, activation) => activation === "relu" ? relu(n, m) : tanh(n, m);

const xavier = (n: number, m: number): number => Math.sqrt(2 / (n + m));
const he = (n: number): number => Math.sqrt(2 / n);

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): [number, number] => {
    const fanIn = 20 + random.integer(80);
    return [fanIn, fanIn + 17 + random.integer(200)];
  },
  // Each layer twice, wide at one end and at the other, with both activations.
  use: (answer: Answer, a: number, b: number) => ({
    "tanh, more outputs": answer(a, b, "tanh"),
    "tanh, more inputs": answer(b, a, "tanh"),
    "relu, more outputs": answer(a, b, "relu"),
    "relu, more inputs": answer(b, a, "relu"),
  }),
  evidence: (answer) =>
    "For example, 50 inputs and 150 outputs: the deviation is 0.1 for tanh and 0.2 for relu. You return " +
    `${written(answer(50, 150, "tanh"))} and ${written(answer(50, 150, "relu"))}`,
  solution: initDeviation,
  explanation: "Each rule is an equation for Var(w). Xavier: (n + m)/2 · Var(w) = 1, so Var(w) = 2 / (n + m). He: " +
    "n/2 · Var(w) = 1, so Var(w) = 2 / n. The deviation is the root of the variance. Xavier's mean of n and m is a " +
    "compromise: forward would like 1/n, backward 1/m, and a weight can have only one size.",
  mistakes: [
    {
      answer: (n, m, activation) => initDeviation(n, m, activation) ** 2,
      reply: "These are the variances, and they are right. Return the deviation",
    },
    {
      answer: by(xavier, (n) => Math.sqrt(1 / n)),
      reply:
        "tanh is right. With relu, n · Var(w) = 1 would keep a sum of the same size, but relu then throws half of the squares away",
    },
    {
      answer: by((n, m) => Math.sqrt(1 / (n + m)), he),
      reply: "relu is right. For tanh, (n + m) · Var(w) is 1 in your answer: Xavier takes the *mean* of n and m",
    },
    {
      answer: by((n, m) => Math.sqrt(1 / (n + m)), (n) => Math.sqrt(1 / n)),
      reply:
        "Both variances are half of what they should be: Xavier takes the mean of n and m, and He makes up for the half that relu loses",
    },
    {
      answer: by((n) => Math.sqrt(1 / n), he),
      reply:
        "relu is right. For tanh you ask only what forward wants. Backward wants something, too: Xavier takes the middle",
    },
    {
      answer: by((_n, m) => Math.sqrt(1 / m), he),
      reply:
        "relu is right. For tanh you ask only what backward wants. Forward wants something, too: Xavier takes the middle",
    },
    {
      answer: by(xavier, (_n, m) => Math.sqrt(2 / m)),
      reply: "tanh is right. He keeps the size of what goes forward: over what does one output of the layer sum?",
    },
    {
      answer: by(xavier, (n, m) => Math.sqrt(4 / (n + m))),
      reply: "tanh is right. For relu you double Xavier's variance, but He looks at the fan-in alone",
    },
    {
      answer: by(xavier, (n) => Math.sqrt(1 / (2 * n))),
      reply: "tanh is right. For relu the variance must be twice as large as n alone would have it, not half as large",
    },
    {
      answer: by(he, xavier),
      reply: "Both formulas are right, but they are swapped: Xavier belongs to tanh, and He to relu",
    },
    {
      answer: by(xavier, xavier),
      reply: "tanh is right. You use the same formula for relu, which loses half of the squares",
    },
    {
      answer: by(he, he),
      reply:
        "relu is right. You use the same formula for tanh, which loses nothing: look at what Xavier wants for both directions",
    },
    {
      answer: by((n, m) => Math.sqrt(2) / (n + m), (n) => Math.sqrt(2) / n),
      reply: "You take the root of the 2 alone. The root belongs around the whole variance",
    },
    {
      answer: by((n, m) => Math.sqrt(2 * (n + m)), (n) => Math.sqrt(2 * n)),
      reply:
        "You multiply by the sizes. Solve the equation for Var(w): the more inputs there are, the smaller it becomes",
    },
    {
      answer: by((n, m) => Math.sqrt(2 * (n + m)), he),
      reply:
        "relu is right. For tanh you multiply by the sizes: solve the equation for Var(w), and they end up below the line",
    },
    {
      answer: by((n, m) => Math.sqrt(2 / (n * m)), he),
      reply: "relu is right. For tanh you multiply n and m. Xavier takes their mean, (n + m)/2",
    },
    {
      answer: () => 0.01,
      reply: "That is 0.01 for every layer, whatever its size: the start that died after ten layers",
      always: true,
    },
    {
      answer: by((n, m) => 2 / Math.sqrt(n + m), (n) => 2 / Math.sqrt(n)),
      reply: "You take the root of the sizes, but not of the 2: the root belongs around the whole variance",
    },
    {
      answer: by((n, m) => Math.sqrt((n + m) / 2), (n) => Math.sqrt(n / 2)),
      reply: "That is one divided by the right deviation: the more inputs there are, the *smaller* a weight has to be",
    },
    {
      answer: by((n, m) => Math.sqrt(6 / (n + m)), he),
      reply: "That is the limit of a uniform distribution with Xavier's deviation. Return the deviation itself",
    },
    {
      answer: by((n, m) => Math.sqrt(1 / Math.max(n, m)), (n, m) => Math.sqrt(2 / Math.max(n, m))),
      reply: "You take the larger of the two numbers. Xavier takes their mean, and He only the inputs",
    },
  ],
  hints: [
    "Each rule is an equation with Var(w) in it. Solve it for Var(w): something times Var(w) is 1",
    "Xavier: that something is (fanIn + fanOut) / 2. He: it is fanIn / 2, since half of what comes in is lost",
    "And the deviation is Math.sqrt of the variance",
  ],
});
