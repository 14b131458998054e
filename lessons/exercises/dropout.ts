/** dropout: some numbers to zero, the others scaled up, and only in training. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Answer = (x: Tensor, noise: Tensor, rate: number, training: boolean) => Tensor;

function dropout(x: Tensor, noise: Tensor, rate: number, training: boolean): Tensor {
  if (!training) return x.clone();
  return x.map((value, i) => noise.data[i] < rate ? 0 : value / (1 - rate));
}

/** A dropout with its own rules in training and in evaluation. */
const dropping = (
  inTraining: (value: number, dropped: boolean, rate: number, noise: number) => number,
  inEvaluation: (value: number, dropped: boolean, rate: number, noise: number) => number = (value) => value,
): Answer =>
(x, noise, rate, training) =>
  x.map((value, i) => (training ? inTraining : inEvaluation)(value, noise.data[i] < rate, rate, noise.data[i]));

const right = (value: number, dropped: boolean, rate: number): number => dropped ? 0 : value / (1 - rate);

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): [Tensor, Tensor, number] => {
    const shape = [3 + random.integer(3), 6 + random.integer(3)];
    const x = Tensor.randn(shape, { random, dtype: "float64" });
    return [x, Tensor.uniform(shape, { random, dtype: "float64" }), random.uniform(0.2, 0.45)];
  },
  use: (answer: Answer, x: Tensor, noise: Tensor, rate: number) => ({
    training: answer(x, noise, rate, true),
    evaluation: answer(x, noise, rate, false),
  }),
  evidence: (answer) => {
    const [x, noise] = [Tensor.from([1, 2, 3, 4], [1, 4]), Tensor.from([0.1, 0.9, 0.3, 0.6], [1, 4])];
    const found = [true, false].map((training) =>
      Array.from(answer(x.clone(), noise.clone(), 0.5, training).data, written)
    );
    return "For example, x is 1, 2, 3, 4, the noise is 0.1, 0.9, 0.3, 0.6, and the rate 0.5. In training that gives 0, 4, 0, " +
      `8, in evaluation 1, 2, 3, 4. You return ${found[0].join(", ")} in training and ${
        found[1].join(", ")
      } in evaluation`;
  },
  solution: dropout,
  explanation:
    "A number stays with the probability 1 − rate, so that on average that share is left of it. Dividing the survivors " +
    "by 1 − rate makes the mean what it was. Then evaluation has nothing to do at all. (In the first paper it was the " +
    "other way around: nothing was scaled in training, and evaluation multiplied by 1 − rate.)",
  mistakes: [
    {
      answer: dropping((value, dropped) => dropped ? 0 : value),
      reply:
        "The right ones are dropped. But the mean has become smaller: by what must you multiply the others to repair it?",
    },
    {
      answer: dropping((value, dropped) => dropped ? 0 : value, (value, _dropped, rate) => value * (1 - rate)),
      reply:
        "You scale in evaluation. That works, too, and the first paper did it like that. Here evaluation should have nothing to do: scale in training",
    },
    {
      answer: dropping(right, right),
      reply: "Training is right. You drop in evaluation, too: there all numbers pass unchanged",
    },
    {
      answer: dropping(right, (value, _dropped, rate) => value / (1 - rate)),
      reply: "Training is right. In evaluation you scale, but nothing was dropped there",
    },
    {
      answer: dropping(right, () => 0),
      reply: "Training is right. In evaluation everything is 0. There all numbers should pass",
      always: true,
    },
    {
      answer: dropping((value) => value, right),
      reply: "It is the other way around: drop in training, and let all pass in evaluation",
    },
    {
      answer: dropping((value, dropped, rate) => dropped ? 0 : value * (1 - rate)),
      reply:
        "The right ones are dropped. But the others become even smaller: the mean is too low already, so they must grow",
    },
    {
      answer: dropping((value, dropped, rate) => dropped ? 0 : value / rate),
      reply: "The right ones are dropped. You divide by the share that is dropped. Which share is left?",
    },
    {
      answer: dropping((value, dropped, rate) => dropped ? 0 : value * (1 + rate)),
      reply: "The right ones are dropped. 1 + rate is too little. With a rate of 0.5, half is left: it must be doubled",
    },
    {
      answer: dropping((value, dropped, rate) => dropped ? value / (1 - rate) : 0),
      reply: "You keep where the noise is below the rate, and drop the rest. It is the other way around",
    },
    {
      answer: dropping((value, _dropped, rate, noise) => noise < 1 - rate ? value / (1 - rate) : 0),
      reply:
        "You drop where the noise is above 1 − rate. That is as many on average, but the task says: where it is below the rate",
    },
    {
      answer: dropping((value, _dropped, rate) => value < rate ? 0 : value / (1 - rate)),
      reply: "You compare the numbers of x with the rate. It is the noise that decides, whatever the number is",
    },
    {
      answer: (x, noise, rate, training) => {
        if (!training) return x;
        const dropped = Array.from(noise.data).filter((v) => v < rate).length;
        return dropout(x, noise, rate, true).times((1 - rate) * x.size / (x.size - dropped));
      },
      reply:
        "You divide by the share that is really left this time. It varies from mask to mask; divide by what is left on average, 1 − rate",
    },
    {
      answer: dropping((value, dropped, rate) => dropped ? value : value / (1 - rate)),
      reply: "You scale the others, but those to be dropped are still there. They become 0",
    },
    {
      answer: (x, noise, rate, training) =>
        dropout(x, noise, rate, training).map((v, i) => training && v !== 0 ? v / x.data[i] : v),
      reply: "Those are the numbers of the mask. Multiply x by them",
    },
    {
      answer: dropping((value, _dropped, rate, noise) => value * noise / (1 - rate)),
      reply: "You multiply by the noise. It only decides: below the rate a number is dropped, and otherwise it is kept",
    },
  ],
  hints: [
    "Take the two modes apart: in evaluation x passes as it is",
    "In training, x.map((value, i) => …) with noise.data[i] < rate decides for each number",
    "The others are divided by the share that is left, 1 − rate",
  ],
});
