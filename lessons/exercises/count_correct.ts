/** count-correct: how many of a batch a network gets right. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function countCorrect(scores: Tensor, labels: ArrayLike<number>): number {
  const [images, classes] = scores.shape;
  let correct = 0;
  for (let n = 0; n < images; n++) {
    let guess = 0;
    for (let c = 1; c < classes; c++) {
      if (scores.at(n, c) > scores.at(n, guess)) guess = c;
    }
    if (guess === labels[n]) correct++;
  }
  return correct;
}

/** Counts the images for which this holds. */
const counting =
  (holds: (row: number[], label: number, n: number, scores: Tensor) => boolean) =>
  (...[scores, labels]: Parameters<typeof countCorrect>): number =>
    Array.from(labels).filter((label, n) => holds([...scores.slice(n).data], label, n, scores)).length;

/** Where the largest is. */
const largest = (row: number[]): number => row.indexOf(Math.max(...row));

export default exercise({
  // For some images all scores are negative, for others nearly all are positive. About half of the guesses are right. The
  // first image is right in one half of the trials and the last in one third: so no count can hide that one is left out.
  inputs: (random: Random, trial = 0): [Tensor, Uint8Array] => {
    const labels = Uint8Array.from({ length: 20 + random.integer(30) }, () => random.integer(10)), N = labels.length;
    labels.fill(0, 1, 4); // all negative, and the truth is 0: this separates answers that then guess 0 from those that guess nothing
    const level = Array.from(labels, (_, n) => (n < 1 || n >= 4) && random.integer(2) ? 2 : -2);
    const stands = Array.from(labels, (): number => random.integer(7) === 0 ? -3 : 1.7); // sometimes the truth is the lowest
    [stands[0], stands[N - 1]] = [trial % 2 === 0 ? 6 : -3, trial % 3 === 0 ? 6 : -3];
    const scores = Tensor.randn([N, 10], { random }).map((noise, i) => {
      const n = Math.floor(i / 10), ahead = labels[n] - i % 10; // the class before the truth stands out a little, too
      return noise + level[n] + (ahead === 0 ? stands[n] : ahead === 1 ? 1 : 0);
    });
    // Some images whose highest score equals their label: an answer that compares these two counts them.
    for (let n = 4; n < 5 + random.integer(6); n++) {
      labels[n] = 5;
      for (let c = 0; c < 10; c++) scores.data[10 * n + c] = c === 7 ? 5 : c / 10;
    }
    return [scores, labels];
  },
  solution: countCorrect,
  explanation:
    "A guess is *where* the highest score of a row is, not how high it is: the ten probabilities would rank the " +
    "classes in the same order, so you need no softmax. The search begins with class 0 as the best so far, not with " +
    "the number 0, because all scores can be negative. In short: scores.argmax().filter((guess, n) => guess === " +
    "labels[n]).length",
  mistakes: [
    {
      answer: () => 0,
      always: true,
      reply: "Your count is always 0. Do you compare two numbers? (argmax returns a list, even for a single row)",
    },
    {
      answer: counting((row, label) => largest(row) !== label),
      reply: "You count the misses. Count how often the guess is right",
    },
    {
      answer: (scores, labels) => countCorrect(scores, labels) / labels.length,
      reply: "That is the accuracy, a share of the batch. Return how many are right",
    },
    {
      answer: counting((row, label) => Math.max(...row) === label),
      reply: "You compare the highest *score* with the label. The label says which of the ten it should be",
    },
    {
      answer: counting((row, label) => row[label] > 0),
      reply:
        "You ask whether the score of the truth is positive. But a score means something only next to the nine others",
    },
    {
      answer: counting((row, label) => largest([...row].map((score) => Math.max(0, score))) === label),
      reply: "Where all scores are negative you always guess the digit 0. The best score so far can well be below zero",
    },
    {
      answer: counting((row, label) => largest(row) === label && row[label] > 0),
      reply: "You never count an image whose scores are all negative. Which number does your search start with?",
    },
    {
      answer: counting((row, label) => largest(row) + 1 === label),
      reply: "You count the classes from 1. The first score belongs to the digit 0",
    },
    {
      answer: counting((row, label, n, { data, shape: [images] }) =>
        largest(row.map((_, c) => data[c * images + n])) === label
      ),
      reply:
        "You look down the columns: one class across all images. The ten scores of an image are side by side, in a row",
    },
  ],
  hints: [
    "Take one image. Its ten scores are scores.at(n, 0) … scores.at(n, 9). Which digit does the network guess?",
    "Go through the classes and remember the best one so far. Begin with class 0, whatever its score",
    "Then compare the guess with labels[n], and count. (Tensor has a method for the first half: argmax)",
  ],
});
