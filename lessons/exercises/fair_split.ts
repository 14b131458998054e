/** fair-split: training and validation images, which must not overlap. */
import { exercise } from "../../lib/exercise/mod.ts";
import { Random } from "../../mod.ts";

type Split = { training: number[]; validation: number[] };
type Answer = (count: number, share: number, random: Random) => Split;

function fairSplit(count: number, share: number, random: Random): Split {
  const size = Math.round(count * share);
  const order = random.permutation(count); // one order for both
  return { training: [...order.slice(size)], validation: [...order.slice(0, size)] };
}

/** Whether these images are neighbors in the data, as they never are after a shuffle. */
const isBlock = (images: number[]): boolean => Math.max(...images) - Math.min(...images) + 1 === images.length;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export default exercise({
  inputs: (random: Random, trial = 0): [number, number, number] => [
    10 * (8 + random.integer(5)),
    [0.1, 0.2, 0.3][trial % 3],
    random.integer(1e6),
  ],
  // A split is random, so compare what is true of it.
  use: (answer: Answer, count: number, share: number, seed: number) => {
    const split = answer(count, share, new Random(seed));
    // The same seed once more, and two others.
    const [again, ...others] = [0, 1, 2].map((more) => answer(count, share, new Random(seed + more)));
    if (!Array.isArray(split?.training) || !Array.isArray(split?.validation)) return split;
    const { training, validation } = split, chosen = new Set(validation);
    const text = ({ training, validation }: Split) => `${training} and ${validation}`;
    return {
      "number of training images": training.length,
      "number of validation images": validation.length,
      "number of images that are in both": training.filter((image) => chosen.has(image)).length,
      "number of images that are in neither": count - new Set([...training, ...validation]).size,
      "number of images that come twice in one of them": training.length - new Set(training).size +
        validation.length - chosen.size,
      "number of validation images that were cut off without a shuffle": isBlock(validation) ? validation.length : 0,
      'answer to "does the same seed give the same split?"': text(split) === text(again),
      "number of different splits for three seeds": new Set([split, ...others].map(text)).size,
    };
  },
  planted: (count, share, random) => {
    const size = Math.round(count * share);
    const validation = random.permutation(count).slice(0, size);
    const training = random.permutation(count).slice(size);
    return { training: [...training], validation: [...validation] };
  },
  evidence: (answer: Answer) => {
    const { training, validation } = answer(10, 0.3, new Random(1));
    return `10 images, a share of 0.3:\n  training ${training.join(" ")}\n  validation ${validation.join(" ")}`;
  },
  solution: fairSplit,
  explanation:
    "Each call of permutation makes a new random order. So the two lists were cut from different orders, and most of the " +
    "validation images were training images, too: the network had seen them with their labels. Nothing fails in such " +
    "a case; the results are only too good. One order, cut once, has no overlap.",
  mistakes: [
    {
      answer: (count, share) => {
        const size = Math.round(count * share);
        return { training: upTo(count).slice(size), validation: upTo(count).slice(0, size) };
      },
      reply:
        "No overlap now, but no random order either: the validation images are neighbors in the data. If the data is sorted, they are all of one class",
    },
    {
      answer: (count, share, random) => {
        const { training, validation } = fairSplit(count, share, random);
        return { training: validation, validation: training };
      },
      reply: "The two lists are exchanged: `share` of the images is for validation, and the rest for training",
    },
    {
      answer: (count, share) => fairSplit(count, share, new Random(1)),
      reply: "The split is the same for every seed. Take all randomness from `random`",
      always: true,
    },
    {
      answer: (count, share, random) => {
        const { training, validation } = fairSplit(count, share, random);
        return { training: [...training, ...validation], validation };
      },
      reply: "Now all images are for training, and the validation images are among them",
    },
    {
      answer: (count, share, random) => {
        const { training, validation } = fairSplit(count, share, random);
        return { training: training.slice(1), validation };
      },
      reply: "One image is in neither list: the second slice begins where the first one ended",
    },
    {
      answer: (count, share, random) => {
        const size = Math.round(count * share), order = [...random.permutation(count)];
        return { training: order.slice(size - 1), validation: order.slice(0, size) };
      },
      reply: "One image is in both lists: the second slice begins where the first one ended",
    },
    {
      answer: (count, share, random) => {
        const size = Math.round(count * share), order = [...random.permutation(count)];
        return { training: order.slice(0, size), validation: order.slice(0, size) };
      },
      reply: "Both lists are the same images. One of them is the first part of the order, the other is the rest",
    },
    {
      answer: (count, share, random) => {
        const size = Math.round(count * share), validation = random.permutation(count).slice(0, size);
        return { training: upTo(count).slice(size), validation: [...validation] };
      },
      reply: "The validation images come from a random order and the training images do not: the two still overlap",
    },
  ],
  hints: [
    "Compare the two lists in the evidence: which images are in both?",
    "What does each call of random.permutation(count) return? Is it the same order both times?",
    "Make one order, and cut it: the first `size` images for validation, the rest for training",
  ],
});
