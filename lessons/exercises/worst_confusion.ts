/** worst-confusion: which digit is most often taken for which other. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Answer = (counts: Tensor) => number | number[];

function worstConfusion(counts: Tensor): number[] {
  let worst = [0, 1];
  for (let truth = 0; truth < 10; truth++) {
    for (let guess = 0; guess < 10; guess++) {
      if (truth !== guess && counts.at(truth, guess) > counts.at(worst[0], worst[1])) worst = [truth, guess];
    }
  }
  return worst;
}

/** The place that is largest by a different measure. */
const largestBy =
  (measure: (at: (truth: number, guess: number) => number, truth: number, guess: number) => number) =>
  (counts: Tensor): number[] => {
    const measures = Array.from(
      counts.data,
      (_, i) => measure((truth, guess) => counts.at(truth, guess), Math.floor(i / 10), i % 10),
    );
    const index = measures.indexOf(Math.max(...measures));
    return [Math.floor(index / 10), index % 10];
  };

/** All mistakes with one digit. */
const errors = (at: (truth: number, guess: number) => number, truth: number): number =>
  Array.from({ length: 10 }, (_, guess) => guess === truth ? 0 : at(truth, guess)).reduce((a, b) => a + b);

const aDigit = (digit: number): string => `${digit === 8 ? "an" : "a"} ${digit}`;

export default exercise({
  inputs: (random: Random, trial = 0): [Tensor] => {
    const counts = Tensor.zeros([10, 10]).map((_, i) => i % 11 === 0 ? 60 + random.integer(10) : random.integer(8));
    const digits = Array.from(random.permutation(10)),
      to = (place: number, digit: number) => {
        const from = digits.indexOf(digit);
        [digits[place], digits[from]] = [digits[from], digits[place]];
      };
    if (trial % 3 === 0) to(0, 0); // the first digit and the last have their part in the answer, too
    if (trial % 3 === 1) to(1, 9);
    const [a, b, c, d, e, f, g] = digits;
    const put = (truth: number, guess: number, count: number) => counts.data[10 * truth + guess] = count;
    for (let digit = 0; digit < 10; digit++) {
      put(a, digit, 5 + random.integer(4));
      put(digit, b, 5 + random.integer(4));
    }
    for (let guess = 0; guess < 10; guess++) if (guess !== e) put(e, guess, 9 + random.integer(5)); // many small mistakes
    [put(c, d, 17), put(d, c, 1)]; // one that hardly happens the other way
    [put(f, g, 17), put(g, f, 17)]; // two that are confused both ways
    [put(a, b, 18 + trial % 4), put(b, a, 8 + trial % 4)]; // the answer,
    [put(a, a, 500 + random.integer(50)), put(b, b, 400 + random.integer(50))]; // and yet a small share of its row
    return [counts];
  },
  // Transposed, too: so the worst is once above the diagonal and once below it.
  use: (answer: Answer, counts: Tensor) => {
    const [one, other] = [answer(counts), answer(counts.transpose())];
    return { answer: one, "answer for the same matrix, transposed": other };
  },
  evidence: (answer, counts) => {
    const wrong = [counts, counts.transpose()].find((each) => String(answer(each)) !== String(worstConfusion(each)))!;
    const [truth, guess] = answer(wrong) as number[], [right, taken] = worstConfusion(wrong);
    return `You found [${truth}, ${guess}], where counts has ${wrong.at(truth, guess)}; ` +
      `${wrong.at(right, taken)} times ${aDigit(right)} was taken for ${aDigit(taken)}`;
  },
  solution: worstConfusion,
  explanation:
    "The diagonal holds the right answers, so it is left out. Everything else is a mistake, above the diagonal as " +
    "well as below it: taking a 4 for a 9 is a different mistake from taking a 9 for a 4. The row is the truth and " +
    "the column is the guess.",
  mistakes: [
    {
      answer: largestBy((at, truth, guess) => at(truth, guess)),
      reply: "What you found is not a mistake: truth and guess are the same digit",
    },
    {
      answer: (counts) => worstConfusion(counts).toReversed(),
      reply: "The right place, but truth and guess are swapped. The row is the truth",
    },
    {
      answer: largestBy((at, truth, guess) => guess > truth ? at(truth, guess) : -1),
      reply: "You look only above the diagonal. There are mistakes below it, too",
    },
    {
      answer: largestBy((at, truth, guess) => guess < truth ? at(truth, guess) : -1),
      reply: "You look only below the diagonal. There are mistakes above it, too",
    },
    {
      answer: largestBy((at, truth, guess) => guess > truth ? at(truth, guess) + at(guess, truth) : -1),
      reply:
        "You add both directions together. A 4 that is taken for a 9 and a 9 that is taken for a 4 are two different mistakes",
    },
    {
      answer: largestBy((at, truth, guess) => guess === truth ? -1 : 1000 * errors(at, truth) + at(truth, guess)),
      reply:
        "You took the digit that is misread most often, and its most common mistake. Another single mistake is more common",
    },
    {
      answer: largestBy((at, truth, guess) =>
        guess === truth ? -1 : at(truth, guess) / (errors(at, truth) + at(truth, truth))
      ),
      reply: "You took the largest share of a row. Find the mistake that happened most often",
    },
    {
      answer: (counts) => counts.at(...worstConfusion(counts)),
      reply: "That is how often it happened. Where is it in the matrix?",
    },
    {
      answer: (counts) => 10 * worstConfusion(counts)[0] + worstConfusion(counts)[1],
      reply: "That is its index in the flat data. Ten of them make a row: which row is it, and which column?",
    },
  ],
  hints: [
    "Where in the matrix are the right answers? They are the largest numbers, and must not win",
    "Two loops over truth and guess. Remember the place of the largest so far, and skip truth === guess",
    "counts.at(truth, guess): the row comes first. Return the place [truth, guess], not how often it happened",
  ],
});
