/** training-step: a step that forgets to clear the gradients. */
import { exercise } from "../../lib/exercise/mod.ts";
import { FC, Module, MSELoss, Random, Tanh, Tensor } from "../../mod.ts";

type Answer = (net: Module, loss: MSELoss, x: Tensor, truth: Tensor, rate: number) => number;

function trainingStep(net: Module, loss: MSELoss, x: Tensor, truth: Tensor, rate: number): number {
  net.zeroGrad(); // backward adds, so begin at 0
  const lossNow = loss.forward(net.forward(x), truth);
  net.backward(loss.backward());
  for (const { value, grad } of net.parameters()) {
    grad.data.forEach((slope, i) => value.data[i] -= rate * slope);
  }
  return lossNow;
}

/** Forward and backward. */
function both(net: Module, loss: MSELoss, x: Tensor, truth: Tensor): number {
  const lossNow = loss.forward(net.forward(x), truth);
  net.backward(loss.backward());
  return lossNow;
}

/** Moves each parameter against its gradient. */
function step(net: Module, rate: number): void {
  for (const { value, grad } of net.parameters()) {
    grad.data.forEach((slope, i) => value.data[i] -= rate * slope);
  }
}

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): [number, number, number] => [
    random.integer(1e6),
    4 + random.integer(4),
    random.uniform(0.05, 0.2),
  ],
  // Three batches of different data: what is left of one batch shows in the next.
  use: (answer: Answer, seed: number, N: number, rate: number) => {
    const random = new Random(seed), dtype = "float64";
    const net = new Module([
      new FC({ inFeatures: 2, outFeatures: 3, dtype, random }),
      new Tanh(),
      new FC({ inFeatures: 3, outFeatures: 1, dtype, random }),
    ]);
    const loss = new MSELoss();
    const weights = () => Tensor.from(net.parameters().flatMap(({ value }) => [...value.data]));
    const after: Tensor[] = [], losses: number[] = [];
    for (let batch = 0; batch < 3; batch++) {
      const x = Tensor.randn([N, 2], { random, dtype }), truth = Tensor.randn([N, 1], { random, dtype });
      losses.push(answer(net, loss, x, truth, rate));
      after.push(weights());
    }
    return { "weights after one batch": after[0], "weights after three batches": after[2], "list of losses": losses };
  },
  planted: (net, loss, x, truth, rate) => {
    const lossNow = both(net, loss, x, truth);
    step(net, rate);
    return lossNow;
  },
  evidence: (answer) => {
    const dtype = "float64", one = (v: number) => Tensor.from([v], [1, 1], { dtype });
    const fc = new FC({ inFeatures: 1, outFeatures: 1, bias: false, dtype }), net = new Module([fc]);
    fc.weight.value = one(1);
    const weights = [1, 2].map(() => {
      answer(net, new MSELoss(), one(2), one(0), 0.1);
      return written(fc.weight.value.data[0]);
    });
    return "For example, one weight that begins at 1, x = 2, the truth 0, and the rate 0.1. The slope is 8, so the weight " +
      `becomes 0.2; then the slope is 1.6, and it becomes 0.04. With your step it becomes ${weights.join(", then ")}`;
  },
  solution: trainingStep,
  explanation:
    "backward adds to grad, so without clearing, the gradient of every batch so far is in there, and each step repeats " +
    "all steps before it. zeroGrad() before backward, or after the step: both are right, since each batch then begins " +
    "at zero. Between backward and the step it is too late: the gradient would be gone.",
  mistakes: [
    {
      answer: (net, loss, x, truth, rate) => {
        const lossNow = both(net, loss, x, truth);
        net.zeroGrad();
        step(net, rate);
        return lossNow;
      },
      reply:
        "Now nothing moves at all: is backward called, are the gradients kept until the step has used them, and is there still a step?",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        net.layers[0].zeroGrad();
        const lossNow = both(net, loss, x, truth);
        step(net, rate);
        return lossNow;
      },
      reply: "You clear only one layer. The others still hold the gradients of the last batch",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        step(net, rate);
        net.zeroGrad();
        return both(net, loss, x, truth);
      },
      reply: "You step before backward: each step uses the gradient of the batch before, and the first one has none",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        net.zeroGrad();
        const lossNow = both(net, loss, x, truth);
        step(net, rate);
        step(net, rate);
        return lossNow;
      },
      reply: "You clear now, but each batch moves the weights twice as far: does backward or the step run twice?",
    },
    {
      answer: (net, loss, x, truth) => {
        net.zeroGrad();
        const lossNow = both(net, loss, x, truth);
        step(net, 1);
        return lossNow;
      },
      reply: "You clear now, but the rate is gone: the step is as long as the gradient itself",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        net.zeroGrad();
        const lossNow = both(net, loss, x, truth);
        step(net, rate / x.shape[0]);
        return lossNow;
      },
      reply:
        "You clear now, but you divide by the number of samples. The loss is a mean, so its gradient is divided already",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        net.zeroGrad();
        const lossNow = both(net, loss, x, truth);
        step(net, -rate);
        return lossNow;
      },
      reply:
        "You clear now, but the weights move uphill: is the step subtracted, and does the loss take the prediction first?",
    },
    {
      answer: (net, loss, x, truth, rate) => {
        net.zeroGrad();
        both(net, loss, x, truth);
        step(net, rate);
        return loss.forward(net.forward(x), truth);
      },
      reply: "The weights are right now. But you return the loss after the step: return the one before it",
    },
  ],
  hints: [
    "The first batch is right, and the second is not. What is still there from the first?",
    "backward adds to grad. Where must grad be 0?",
    "net.zeroGrad() clears the gradients of all layers",
  ],
});
