/** epoch-batches: once through all the data, in random order and in batches. */
import { exercise, type Value } from "../../lib/exercise/mod.ts";
import { Random } from "../../mod.ts";

type Answer = (count: number, size: number, random: Random) => number[][];

function epochBatches(count: number, size: number, random: Random): number[][] {
  const order = shuffled(count, random), batches: number[][] = [];
  for (let start = 0; start < count; start += size) {
    batches.push(order.slice(start, start + size)); // slice stops at the end: the last batch may be smaller
  }
  return batches;
}

/** As in the lesson: the Fisher–Yates shuffle. */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** An order, cut into batches. */
const cut = (order: number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));

/** 0, 1, 2, … */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A list of lists; anything that is not a list counts as a batch of one. */
const listsIn = (given: unknown[]): number[][] => given.map((batch) => Array.isArray(batch) ? batch : [batch]);

export default exercise({
  inputs: (random: Random): [number, number, number] => {
    const size = 6 + random.integer(5);
    return [size * (8 + random.integer(4)) + 1 + random.integer(size - 1), size, random.integer(1e6)];
  },
  // An epoch is random, so it cannot be compared number by number: compare what is true of it.
  use: (answer: Answer, count: number, size: number, seed: number): Value => {
    const random = new Random(seed), given: unknown = answer(count, size, random);
    if (!Array.isArray(given)) return given as Value;
    const batches = listsIn(given), even = listsIn(answer(4 * size, size, new Random(seed)));
    const all = batches.flat(),
      next = answer(count, size, random).flat(),
      again = answer(count, size, new Random(seed)).flat();
    const whole = batches.filter(({ length }) => length > 2);
    const many = (found: number[], of: number): number[] => found.length > of / 2 ? found : []; // a few may be chance
    return {
      "list of batch sizes": batches.map(({ length }) => length),
      "list of batch sizes, where the last batch is full": even.map(({ length }) => length),
      "list of images that are in no batch": upTo(count).filter((image) => !all.includes(image)),
      "list of images that come more than once": upTo(count).filter((image) =>
        all.indexOf(image) !== all.lastIndexOf(image)
      ),
      "list of numbers that belong to no image": all.filter((image) => !(image >= 0 && image < count)),
      "list of images that are still followed by the next one": many(
        all.filter((image, i) => all[i + 1] === image + 1),
        count,
      ),
      "list of images that still follow the next one": many(all.filter((image, i) => all[i - 1] === image + 1), count),
      "list of batches with the images that are neighbors anyway": many(
        upTo(whole.length).filter((i) => Math.max(...whole[i]) - Math.min(...whole[i]) === whole[i].length - 1),
        whole.length,
      ),
      "list of images at the same place in the next epoch": many(all.filter((image, i) => next[i] === image), count),
      "list of images at another place with the same seed": all.filter((image, i) => again[i] !== image),
    };
  },
  solution: epochBatches,
  explanation:
    "First shuffle all the numbers 0 … count − 1, then cut the list into pieces: so each image is in exactly one " +
    "batch. The rest makes a last, smaller batch. And all randomness comes from `random`: each epoch continues from " +
    "where the one before it stopped, and the same seed repeats the whole training.",
  mistakes: [
    {
      answer: (count, size, random) => epochBatches(count, size, random).filter(({ length }) => length === size),
      reply: "The last batch is missing when it is not full. The network would never see the images in it",
    },
    {
      answer: (count, _size, random) => cut(shuffled(count, random), 1),
      always: true,
      reply: "That is the order, in one long list. It still has to be cut into batches",
    },
    {
      answer: (count, size) => cut(upTo(count), size),
      reply: "The batches are right, but in order: the zeros first and the nines last, if the data is sorted",
    },
    {
      answer: (count, size, random) => cut(upTo(count).map(() => random.integer(count)), size),
      reply:
        "You draw each image independently: some come twice, others not at all. An epoch goes through *all* of them once",
    },
    {
      answer: (count, size, random) => {
        const batches = cut(upTo(count), size);
        return shuffled(batches.length, random).map((i) => batches[i]);
      },
      reply: "You shuffle the batches. Inside each batch the same neighbors stay together, in every epoch",
    },
    {
      answer: (count, size, random) =>
        cut(upTo(count), size).map((batch) => shuffled(batch.length, random).map((i) => batch[i])),
      reply:
        "You shuffle inside the batches: each batch still has the same images in every epoch. Which comes first, cutting or shuffling?",
    },
    {
      answer: (count, size) => cut(shuffled(count, new Random(1)), size),
      reply: "Every epoch gets the same order, because you start from your own seed. Take all randomness from `random`",
    },
    {
      answer: (count, size, random) => {
        const order = shuffled(count, random);
        return Array.from({ length: Math.floor(count / size) + 1 }, (_, i) => order.slice(i * size, (i + 1) * size));
      },
      reply:
        "When the last batch is full, an empty one follows it. How many batches are there for 12 images in batches of 4?",
    },
    {
      answer: (count, size, random) => {
        const order = shuffled(count, random);
        return cut([...order, ...order.slice(0, (size - count % size) % size)], size);
      },
      reply: "You fill up the last batch with images that already had their turn. It may be smaller than the others",
    },
  ],
  hints: [
    "Two steps: put all images in order, then cut. shuffled(count, random) gives the order",
    "A batch begins at start = 0, size, 2 · size …, as long as there are images left",
    "order.slice(start, start + size) is a batch; slice stops by itself at the end of the list",
  ],
});
