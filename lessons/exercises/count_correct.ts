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

/** Counts the images of which this holds. */
const counting =
  (holds: (row: number[], label: number, n: number, scores: Tensor) => boolean) =>
  (...[scores, labels]: Parameters<typeof countCorrect>): number =>
    Array.from(labels).filter((label, n) => holds([...scores.slice(n).data], label, n, scores)).length;

/** Where the largest is. */
const largest = (row: number[]): number => row.indexOf(Math.max(...row));

export default exercise({
  // Of some images all scores are negative, of others nearly all are positive. About half of the guesses are right.
  inputs: (random: Random): [Tensor, Uint8Array] => {
    const labels = Uint8Array.from({ length: 40 + random.integer(30) }, () => random.integer(10));
    labels.fill(0, 0, 3); // all negative, and the truth is 0: who then guesses 0 is told apart from who guesses nothing
    const level = Array.from(labels, (_, n) => n >= 3 && random.integer(2) ? 2 : -2);
    const scores = Tensor.randn([labels.length, 10], { random }).map((noise, i) => {
      const n = Math.floor(i / 10), ahead = labels[n] - i % 10; // the truth stands out, and a little the class before it
      return noise + level[n] + (ahead === 0 ? 1.7 : ahead === 1 ? 1 : 0);
    });
    // One image whose highest score is the number that its label is: whoever compares these two counts it, and not none.
    labels[3] = 5;
    for (let c = 0; c < 10; c++) scores.data[30 + c] = c === 7 ? 5 : c / 10;
    return [scores, labels];
  },
  solution: countCorrect,
  explanation:
    "A guess is *where* the highest score of a row stands, not how high it is: ten chances would rank the classes in the " +
    "same order, so no softmax is needed. The search begins with class 0 as the best so far, and not with the number 0, " +
    "as all scores may be negative. In short: scores.argmax().filter((guess, n) => guess === labels[n]).length",
  mistakes: [
    {
      answer: () => 0,
      reply: "In yours none is ever right. Do you compare two numbers? (argmax gives a list, even of one row)",
    },
    {
      answer: counting((row, label) => largest(row) !== label),
      reply: "You count the misses. Asked for is how often the guess is right",
    },
    {
      answer: (scores, labels) => countCorrect(scores, labels) / labels.length,
      reply: "That is the accuracy, a share of the batch. Asked for is how many",
    },
    {
      answer: counting((row, label) => Math.max(...row) === label),
      reply: "You compare the highest *score* with the label. The label says which of the ten it should be",
    },
    {
      answer: counting((row, label) => row[label] > 0),
      reply:
        "You ask whether the score of the truth is positive. But a score means something only beside the nine others",
    },
    {
      answer: counting((row, label) => largest([...row].map((score) => Math.max(0, score))) === label),
      reply: "Where all scores are negative you always guess the digit 0. The best so far may well be below zero",
    },
    {
      answer: counting((row, label) => largest(row) === label && row[label] > 0),
      reply:
        "An image whose scores are all negative is never right in yours. With which number do you begin your search?",
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
        "You look down the columns: one class through all images. The ten scores of an image lie side by side, in a row",
    },
  ],
  hints: [
    "Take one image. Its ten scores are scores.at(n, 0) … scores.at(n, 9). Which digit does the network guess?",
    "Go through the classes and remember which was the best so far. Begin with class 0, whatever its score",
    "Then compare the guess with labels[n], and count. (Tensor has a method for the first half: argmax)",
  ],
});
