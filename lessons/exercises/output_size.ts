/** output-size: at how many places a window fits along an axis. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function outputSize(size: number, k: number, stride: number, padding: number): number {
  return Math.floor((size + 2 * padding - k) / stride) + 1;
}

type Case = [size: number, k: number, stride: number, padding: number];

export default exercise({
  inputs: (random: Random): [Case[]] => [
    Array.from({ length: 20 }, (): Case => {
      const k = 1 + random.integer(7);
      return [k + 2 + random.integer(25), k, 1 + random.integer(4), random.integer(4)];
    }),
  ],
  // Twenty windows per trial: one alone is often right by luck.
  use: (answer: typeof outputSize, cases: Case[]): number[] => cases.map((each) => answer(...each)),
  cases: true,
  evidence: (answer, cases) => {
    const wrong = cases.find((each) => answer(...each) !== outputSize(...each))!;
    return `For example: outputSize(${wrong.join(", ")}) gives ${answer(...wrong)}, and there are ${
      outputSize(...wrong)
    } places`;
  },
  solution: outputSize,
  explanation:
    "With the padding the row is size + 2p pixels long: there is padding on both sides. The window takes up k of " +
    "them, and the rest is the room in which it can move. In this room it takes as many whole steps of length s as " +
    "fit. And before its first step it was already somewhere: + 1.",
  mistakes: [
    {
      answer: (size, k, stride, padding) => Math.floor((size + 2 * padding - k) / stride),
      reply: "You count the steps that the window takes. After its first step, how many places has it been at?",
    },
    {
      answer: (size, k, stride, padding) => Math.floor((size + padding - k) / stride) + 1,
      reply: "You add padding on one side of the image only. Padding goes all around it",
    },
    {
      answer: (size, k, stride) => Math.floor((size - k) / stride) + 1,
      reply: "You do not use the padding yet. It makes the image larger: by how much?",
    },
    {
      answer: (size, k) => size - k + 1,
      reply:
        "That is right with neither stride nor padding. How much longer does the padding make the row, and how far does the window move at a time?",
    },
    {
      answer: (size, k, stride, padding) => Math.ceil((size + 2 * padding - k) / stride) + 1,
      reply: "You take a last step for which there is not enough room: part of the window would stick out",
    },
    {
      answer: (size, k, stride, padding) => (size + 2 * padding - k) / stride + 1,
      reply:
        "The right idea, but sometimes your window fits at three and a half places. What should happen to the half?",
    },
    {
      answer: (size, k, stride, padding) => Math.floor((size + 2 * padding - k + 1) / stride),
      reply:
        "With stride 1 it is right. For larger strides look at your + 1: it counts a place, but you divide it as if it were pixels",
    },
    {
      answer: (size, k, _stride, padding) => size + 2 * padding - k + 1,
      reply: "Your window moves by one pixel at a time, whatever the stride",
    },
  ],
  hints: [
    "First without padding and with stride 1. The window takes up k pixels: how far can it move from its first place?",
    "How long is the row with its padding, on both sides? And how many steps of length stride fit into the room that is left?",
    "Only whole steps count: Math.floor. And before its first step, the window was already somewhere",
  ],
});
