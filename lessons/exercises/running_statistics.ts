/** running-statistics: a batch norm that goes on learning from what it is only asked about. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Running = { mean: number; variance: number };
type Result = { y: number[]; running: Running };
type Answer = (values: number[], running: Running, momentum: number, training: boolean) => Result;

function normalizeFeature(values: number[], running: Running, momentum: number, training: boolean): Result {
  if (!training) {
    const sigma = Math.sqrt(running.variance + 1e-5);
    return { y: values.map((v) => (v - running.mean) / sigma), running };
  }
  const m = values.length;
  const mean = values.reduce((sum, v) => sum + v) / m;
  const squares = values.map((v) => (v - mean) ** 2);
  const variance = squares.reduce((sum, square) => sum + square) / m;
  const sigma = Math.sqrt(variance + 1e-5);
  return {
    y: values.map((v) => (v - mean) / sigma),
    running: {
      mean: running.mean + momentum * (mean - running.mean),
      variance: running.variance + momentum * (variance * m / (m - 1) - running.variance),
    },
  };
}

const statistics = (values: number[]): Running => {
  const mean = values.reduce((sum, v) => sum + v) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
};
const normalized = (values: number[], { mean, variance }: Running): number[] =>
  values.map((v) => (v - mean) / Math.sqrt(variance + 1e-5));
/** The running statistics after this batch. */
const moved = (values: number[], running: Running, momentum: number, unbiased = true): Running => {
  const { mean, variance } = statistics(values), m = values.length;
  return {
    mean: running.mean + momentum * (mean - running.mean),
    variance: running.variance + momentum * (variance * (unbiased ? m / (m - 1) : 1) - running.variance),
  };
};

/** What the layer uses and what it returns, in each mode; where nothing is said, the right thing. */
interface Choice {
  used?: (batch: Running, before: Running, after: Running) => Running;
  running?: (batch: Running, before: Running, after: Running) => Running;
}
const choosing = (inTraining: Choice, inEvaluation: Choice): Answer => (values, running, momentum, training) => {
  const batch = statistics(values), after = moved(values, running, momentum);
  const { used, running: kept } = training ? inTraining : inEvaluation;
  const right = training ? [batch, after] : [running, running];
  return {
    y: normalized(values, used?.(batch, running, after) ?? right[0]),
    running: kept?.(batch, running, after) ?? right[1],
  };
};
const after = (_batch: Running, _before: Running, after: Running): Running => after;
const before = (_batch: Running, before: Running): Running => before;
const batchOf = (batch: Running): Running => batch;

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): [number[], number, number, number] => {
    const values = Array.from({ length: 4 + random.integer(5) }, () => random.normal(3, 2));
    return [values, random.uniform(-1, 1), random.uniform(0.5, 2), random.uniform(0.1, 0.4)];
  },
  use: (answer: Answer, values: number[], mean: number, variance: number, momentum: number) => ({
    training: answer(values, { mean, variance }, momentum, true),
    evaluation: answer(values, { mean, variance }, momentum, false),
  }),
  planted: choosing({}, { used: after, running: after }),
  evidence: (answer) => {
    const [training, evaluation] = [true, false].map((mode) => answer([1, 3], { mean: 5, variance: 4 }, 0.1, mode));
    const told = ({ y, running }: Result) =>
      `y ${y.map(written).join(", ")}; mean ${written(running.mean)}, variance ${written(running.variance)}`;
    return "For example, the values 1 and 3, the running mean 5, the running variance 4, momentum 0.1.\n\n" +
      `    in training:   y -1, 1; mean 4.7, variance 3.8\n    yours:         ${told(training)}\n` +
      `    in evaluation: y -2, -1; mean 5, variance 4\n    yours:         ${told(evaluation)}`;
  },
  solution: normalizeFeature,
  explanation:
    "In evaluation the running statistics are used as they are, and they stay as they are. In the code with the bug " +
    "they moved with every batch, in both modes: the network went on learning from the test images, without labels, " +
    "and each image changed the answer to the next. In training nothing was wrong, so the curve of the loss looked " +
    "perfect.",
  mistakes: [
    {
      answer: choosing({}, { running: after }),
      reply:
        "In evaluation y is right now. But look at what is returned as running: after the test it is not what it was before",
    },
    {
      answer: choosing({}, { used: after }),
      reply:
        "In evaluation, running now stays what it was. But y is still computed with statistics that this batch has moved",
    },
    {
      answer: choosing({ running: before }, {}),
      reply: "Evaluation is right now. But in training the running statistics no longer follow",
    },
    {
      answer: choosing({ used: before }, {}),
      reply:
        "Evaluation is right now. But in training y must be normalized with the batch's own mean and variance, as before",
    },
    {
      answer: choosing({ used: before, running: before }, {}),
      reply: "Now both modes do what evaluation should do. In training the code was right: leave that part alone",
    },
    {
      answer: choosing({ used: after }, {}),
      reply:
        "Evaluation is right now. But in training y must be normalized with the batch's own mean and variance, not with the running ones",
    },
    {
      answer: choosing({}, { used: batchOf }),
      reply:
        "In evaluation, running now stays as it was. But y is normalized with the batch's own mean and variance, and a batch of one image has none",
    },
    {
      answer: choosing({}, { used: batchOf, running: after }),
      reply:
        "In evaluation you now use the batch's own mean and variance. For a single image that gives 0. Which statistics are meant for this?",
    },
    {
      answer: choosing({ used: after, running: before }, { used: batchOf, running: after }),
      reply: "The two modes are swapped now",
    },
    {
      answer: (values, running, momentum, training) =>
        training
          ? { y: normalized(values, statistics(values)), running: moved(values, running, momentum, false) }
          : normalizeFeature(values, running, momentum, false),
      reply:
        "Evaluation is right now. But m / (m − 1) has vanished from the running variance, and it was right: see the table above",
    },
    {
      answer: (values, running, momentum, training) =>
        training
          ? { y: normalized(values, statistics(values)), running: moved(values, running, 1 - momentum) }
          : normalizeFeature(values, running, momentum, false),
      reply:
        "Evaluation is right now. But in training momentum is the share of the *new* batch: of the old value, 1 − momentum stays",
    },
  ],
  hints: [
    "In training all is well. In evaluation, follow `after`: what does it depend on, and who gets to see it?",
    "In evaluation two things are wrong: what y is normalized with, and what is returned as running",
    "In evaluation both should be `running`, as it came in. Only training may use the batch, and only training returns `after`",
  ],
});
