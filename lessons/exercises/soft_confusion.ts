/** soft-confusion: what images of each truth are taken for, in shares of probability. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Inputs = [probabilities: Tensor, labels: ArrayLike<number>];

function softConfusion(probabilities: Tensor, labels: ArrayLike<number>): Tensor {
  const [N, classes] = probabilities.shape;
  const counts = new Array<number>(classes).fill(0);
  for (let n = 0; n < N; n++) counts[labels[n]]++;
  const means = Tensor.zeros([classes, classes], { dtype: probabilities.dtype });
  for (let n = 0; n < N; n++) {
    for (let guess = 0; guess < classes; guess++) {
      means.data[classes * labels[n] + guess] += probabilities.at(n, guess) / counts[labels[n]];
    }
  }
  return means;
}

/** Adds up something of each image, and divides each row, column or number by something. */
const adding = (
  add: (p: Tensor, n: number, guess: number) => number,
  divisor: (counts: number[], truth: number, guess: number, N: number) => number,
) =>
(...[probabilities, labels]: Inputs): Tensor => {
  const [N, classes] = probabilities.shape;
  const counts = Array.from({ length: classes }, (_, c) => Array.from(labels).filter((label) => label === c).length);
  return Tensor.zeros([classes, classes], { dtype: probabilities.dtype }).map((_, k) => {
    const truth = Math.floor(k / classes), guess = k % classes;
    let sum = 0;
    for (let n = 0; n < N; n++) if (labels[n] === truth) sum += add(probabilities, n, guess);
    return sum / divisor(counts, truth, guess, N);
  });
};

const ofTruth = (counts: number[], truth: number): number => counts[truth];
const share = (p: Tensor, n: number, guess: number): number => p.at(n, guess);
const isGuess = (p: Tensor, n: number, guess: number): number => p.slice(n, n + 1).argmax()[0] === guess ? 1 : 0;

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): Inputs => {
    const classes = 3 + random.integer(3), N = 6 * classes + random.integer(6);
    const labels = Array.from(
      { length: N },
      (_, n) => n < classes ? n : Math.min(random.integer(classes), random.integer(classes)),
    );
    const raw = Tensor.uniform([N, classes], { random, dtype: "float64" })
      .map((v, k) => labels[Math.floor(k / classes)] === k % classes ? v + 0.4 : v);
    const sums = Array.from({ length: N }, (_, n) => raw.slice(n, n + 1).sum());
    return [raw.map((v, k) => v / sums[Math.floor(k / classes)]), labels];
  },
  evidence: (answer: typeof softConfusion) => {
    const found = answer(Tensor.from([[0.8, 0.2], [0.6, 0.4], [0.1, 0.9]]), [0, 0, 1]);
    const rows = [0, 1].map((t) => `row ${t} ${written(found.at(t, 0))}, ${written(found.at(t, 1))}`).join("; ");
    return "For example, two images of truth 0 with the probabilities 0.8, 0.2 and 0.6, 0.4, and one of truth 1 with " +
      `0.1, 0.9. The means are: row 0 0.7, 0.3; row 1 0.1, 0.9. You return ${rows}`;
  },
  solution: softConfusion,
  explanation:
    "Each image adds its row of probabilities to the row of its truth, and each row of the answer is divided by the " +
    "number of images that it got. So every row adds up to 1, as each image's probabilities do. Counting the largest " +
    "probability only, as the confusion matrix does, would throw the small doubts away, and these are what predicts.",
  mistakes: [
    {
      answer: adding(share, () => 1),
      reply: "These are the sums. Divide each row by how many images have that truth: then it adds up to 1",
    },
    {
      answer: adding(share, (_counts, _truth, _guess, N) => N),
      reply: "You divide by the number of all images. Row t averages only over the images of truth t",
    },
    {
      answer: adding(share, (counts, _truth, guess) => counts[guess]),
      reply: "You divide by the number of images of the *guess*. Row t has as many as there are images of truth t",
    },
    {
      answer: adding(share, (counts, _truth, _guess, N) => N / counts.length),
      reply: "You divide as if every class had the same number of images. Count them",
    },
    {
      answer: (probabilities, labels) => {
        const [N, classes] = probabilities.shape, counts = new Array<number>(classes).fill(0);
        const means = Tensor.zeros([classes, classes], { dtype: probabilities.dtype });
        for (let n = 0; n < N; n++) {
          counts[labels[n]]++;
          for (let guess = 0; guess < classes; guess++) {
            means.data[classes * labels[n] + guess] += probabilities.at(n, guess) / counts[labels[n]];
          }
        }
        return means;
      },
      reply: "You divide by the count *so far*, which is still growing. Count all images first, and then divide",
    },
    {
      answer: (probabilities) => softConfusion(probabilities, probabilities.argmax()),
      reply:
        "Your rows are the guesses of the network. Row t belongs to the images of *truth* t: that is what labels says",
    },
    {
      answer: (...inputs) => softConfusion(...inputs).transpose(),
      reply: "The right numbers, transposed: the row is the truth, the column is the guess",
    },
    {
      answer: adding(isGuess, ofTruth),
      reply:
        "You count the guesses: 1 for the largest probability, 0 for the rest. Add the probabilities themselves, so that small doubts count, too",
    },
    {
      answer: adding(isGuess, () => 1),
      reply:
        "That is the usual confusion matrix: it counts guesses. Average the probabilities themselves, so that small doubts count, too",
    },
    {
      answer: adding((p, n, guess) => Math.log(p.at(n, guess)), ofTruth),
      reply: "You average the logarithms. Average the probabilities themselves",
    },
    {
      answer: (...inputs) => {
        const right = softConfusion(...inputs), [classes] = right.shape;
        return right.map((v, k) => k % (classes + 1) === 0 ? 0 : v);
      },
      reply: "Everything off the diagonal is right. The diagonal belongs to it, too: the mean probability of the truth",
    },
    {
      answer: (probabilities, labels) => {
        const [N, classes] = probabilities.shape,
          means = Tensor.zeros([classes, classes], { dtype: probabilities.dtype });
        for (let n = 0; n < N; n++) {
          for (let guess = 0; guess < classes; guess++) {
            means.data[classes * labels[n] + guess] = probabilities.at(n, guess);
          }
        }
        return means;
      },
      reply: "Each image overwrites the ones before it: = instead of +=. Only the last image of each truth is left",
    },
    {
      answer: (probabilities, labels) => {
        const [N, classes] = probabilities.shape;
        return softConfusion(probabilities.slice(1, N), Array.from(labels).slice(1)).reshape([classes, classes]);
      },
      reply: "The first image is left out: n begins at 0",
    },
    {
      answer: (probabilities, labels) => {
        const [N] = probabilities.shape;
        return softConfusion(probabilities.slice(0, N - 1), Array.from(labels).slice(0, N - 1));
      },
      reply: "The last image is left out",
    },
  ],
  hints: [
    "Which row of the answer does image n belong to? Which ten numbers does it add there?",
    "Count first how many images each truth has. Then every image adds its probabilities, divided by the count of its truth",
    "The place of row t and column g in the flat data is classes · t + g, where classes is probabilities.shape[1]; use +=",
  ],
});
