/** saliency: how one score responds to each pixel. */
import { exercise } from "../../lib/exercise/mod.ts";
import { Conv2D, FC, Flatten, Module, Random, ReLU, Tensor } from "../../mod.ts";

type Inputs = [model: Module, x: Tensor, ofClass: number];

function saliency(model: Module, x: Tensor, ofClass: number): Tensor {
  const scores = model.forward(x);
  const back = scores.map((_, c) => c === ofClass ? 1 : 0);
  return model.backward(back);
}

/** A saliency that sends something else back. */
const sending =
  (back: (scores: Tensor, ofClass: number, probabilities: Tensor) => Tensor) =>
  (...[model, x, ofClass]: Inputs): Tensor => {
    const scores = model.forward(x).clone(), exps = scores.map((v) => Math.exp(v - scores.max()));
    return model.backward(back(scores, ofClass, exps.times(1 / exps.sum())));
  };

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): Inputs => {
    const [H, W, classes] = [5 + random.integer(3), 8 + random.integer(3), 4 + random.integer(4)];
    const made = { random: new Random(random.integer(1e6)), dtype: "float64" } as const;
    const model = new Module([
      new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, padding: 1, ...made }),
      new ReLU(),
      new Flatten(),
      new FC({ inFeatures: 2 * H * W, outFeatures: classes, ...made }),
    ]);
    const x = Tensor.randn([1, 1, H, W], { random, dtype: "float64" });
    const [guess] = model.forward(x).argmax();
    return [model, x, (guess + 1 + random.integer(classes - 1)) % classes]; // a class that is not the guess
  },
  evidence: (answer: typeof saliency) => {
    const fc = new FC({ inFeatures: 2, outFeatures: 2, bias: false });
    fc.weight.value = Tensor.from([[2, 3], [5, 7]]);
    const found = answer(new Module([new Flatten(), fc]), Tensor.from([10, 20], [1, 1, 1, 2]), 1);
    return "For example, an image of two pixels, 10 and 20, and a network whose score 1 is 3 times the first pixel plus 7 " +
      `times the second. The slopes of that score are 3 and 7. You return ${
        Array.from(found.data, written).join(" and ")
      }`;
  },
  solution: saliency,
  explanation:
    "Backward computes Σ gₖ · ∂scoreₖ/∂x for whatever g it is given. With 1 at one class and 0 elsewhere, one term of " +
    "the sum is left: the gradient of that score. Training sends p − y instead, which mixes all ten. Forward comes " +
    "first, because backward uses what the layers kept of this very image.",
  mistakes: [
    {
      answer: sending((scores) => scores.map(() => 1)),
      reply:
        "You send a 1 for every class: that is the gradient of the *sum* of all scores. How would you pick out one of them?",
    },
    {
      answer: sending((_scores, ofClass, p) => p.map((v, c) => c === ofClass ? v - 1 : v)),
      reply:
        "You send p − y: that is the gradient of the *loss*. What is the slope of one score with respect to the scores?",
    },
    {
      answer: sending((_scores, ofClass, p) => p.map((v, c) => p.data[ofClass] * ((c === ofClass ? 1 : 0) - v))),
      reply: "You went through softmax: that is the gradient of the *probability*. The score comes before softmax",
    },
    {
      answer: sending((scores, ofClass) => scores.map((v, c) => c === ofClass ? v : 0)),
      reply:
        "At the right place you send the score itself. Send its slope with respect to itself, which does not depend on its value",
    },
    {
      answer: sending((scores) => scores),
      reply:
        "You send the scores themselves. What goes back is a gradient: how does *one* score respond to each of the scores?",
    },
    {
      answer: sending((scores) => scores.map((_, c) => c === scores.argmax()[0] ? 1 : 0)),
      reply: "That is the map of the class with the highest score. Which class it should be is an argument",
    },
    {
      answer: sending((scores, ofClass) => scores.map((_, c) => c === ofClass ? -1 : 0)),
      reply: "The right map with the wrong sign: a brighter pixel raises the score where the map is positive",
    },
    {
      answer: sending((scores, ofClass) => scores.map((_, c) => c === ofClass - 1 ? 1 : 0)),
      reply: "That is the map of the class before: classes count from 0",
    },
    {
      answer: (...inputs) => saliency(...inputs).map(Math.abs),
      reply: "These are the sizes. Keep the signs: they say whether more ink helps or hurts",
    },
    {
      answer: (...inputs) => saliency(...inputs).map((g) => Math.max(0, g)),
      reply: "You cut off what is negative. Keep it: there, more ink lowers the score",
    },
    {
      answer: (model, x, ofClass) => saliency(model, x, ofClass).map((g, k) => g * x.data[k]),
      reply: "You multiply by the pixels. Return the slope alone: it says something about blank pixels, too",
    },
    {
      answer: sending((scores, ofClass) => scores.map((_, c) => c === ofClass ? 1 : -1)),
      reply: "You also send −1 to the other scores. The slope of this score with respect to the others is 0",
    },
  ],
  hints: [
    "model.forward(x) first. Then model.backward(…) returns the gradient of x: all you have to find is what to send back",
    "Backward multiplies what you send by how each score responds to x, and adds up over the scores. Of this sum you want one term",
    "A tensor with the shape of the scores: 1 at ofClass and 0 elsewhere, for example scores.map((_, c) => …)",
  ],
});
