/** Plausible wrong answers to the exercises of lesson 11. */
import { Random, type Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

const rowOf = (scores: Tensor, n: number): number[] => [...scores.slice(n).data];

const largest = (row: number[]): number => row.indexOf(Math.max(...row));

const counting =
  (holds: (row: number[], label: number, n: number) => boolean, first = 0) =>
  (scores: Tensor, labels: ArrayLike<number>): number => {
    let count = 0;
    for (let n = first; n < scores.shape[0]; n++) if (holds(rowOf(scores, n), labels[n], n)) count++;
    return count;
  };

let correctSoFar = 0;

export const countCorrect: WrongAnswers<(scores: Tensor, labels: ArrayLike<number>) => number> = {
  "= 1 for ++": (scores, labels) => {
    let correct = 0;
    for (let n = 0; n < scores.shape[0]; n++) if (largest(rowOf(scores, n)) === labels[n]) correct = 1;
    return correct;
  },
  "begins at the second image": counting((row, label) => largest(row) === label, 1),
  "leaves out the last image": (scores, labels) =>
    counting((row, label, n) => n < scores.shape[0] - 1 && largest(row) === label)(scores, labels),
  "the smallest score": counting((row, label) => row.indexOf(Math.min(...row)) === label),
  "counts the wrong ones": counting((row, label) => largest(row) !== label),
  "the fraction": (scores, labels) => counting((row, label) => largest(row) === label)(scores, labels) / labels.length,
  "the percentage": (scores, labels) =>
    100 * counting((row, label) => largest(row) === label)(scores, labels) / labels.length,
  "the last class is left out": counting((row, label) => largest(row.slice(0, -1)) === label),
  "the first class is left out": counting((row, label) => 1 + largest(row.slice(1)) === label),
  "digits that count from 1": counting((row, label) => largest(row) + 1 === label),
  "the best so far begins at 0": counting((row, label) => {
    let [best, guess] = [0, -1];
    row.forEach((score, c) => {
      if (score > best) [best, guess] = [score, c];
    });
    return guess === label;
  }),
  "the best score is not reset": (scores, labels) => {
    let [best, guess, correct] = [-Infinity, 0, 0];
    for (let n = 0; n < scores.shape[0]; n++) {
      rowOf(scores, n).forEach((score, c) => {
        if (score > best) [best, guess] = [score, c];
      });
      if (guess === labels[n]) correct++;
    }
    return correct;
  },
  "the guess is not reset": (scores, labels) => {
    let [guess, correct] = [0, 0];
    for (let n = 0; n < scores.shape[0]; n++) {
      for (let c = 0; c < scores.shape[1]; c++) if (scores.at(n, c) > scores.at(n, guess)) guess = c;
      guess === labels[n] ? correct++ : correct = 0;
    }
    return correct;
  },
  "compares with the neighbor": counting((row, label) => {
    let guess = 0;
    for (let c = 1; c < row.length; c++) if (row[c] > row[c - 1]) guess = c;
    return guess === label;
  }),
  "compares with the first score": counting((row, label) => {
    let guess = 0;
    for (let c = 1; c < row.length; c++) if (row[c] > row[0]) guess = c;
    return guess === label;
  }),
  "always the label of the first": (scores, labels) => counting((row) => largest(row) === labels[0])(scores, labels),
  "a score over one half": counting((row, label) => row[label] > 0.5),
  "a positive score": counting((row, label) => row[label] > 0),
  "among the best two": counting((row, label) => row.filter((score) => score > row[label]).length < 2),
  "returns within the loop": (scores, labels) => largest(rowOf(scores, 0)) === labels[0] ? 1 : 0,
  "the number of images": (_scores, labels) => labels.length,
  "a count that is never cleared": (scores, labels) =>
    correctSoFar += counting((row, label) => largest(row) === label)(scores, labels),
  "adds up the labels": (scores, labels) => {
    let sum = 0;
    for (let n = 0; n < scores.shape[0]; n++) if (largest(rowOf(scores, n)) === labels[n]) sum += labels[n];
    return sum;
  },
  "looks at the first ten images": (scores, labels) =>
    counting((row, label, n) => n < 10 && largest(row) === label)(scores, labels),
  "the score itself": counting((row, label) => Math.max(...row) === label),
  "the label of the image after": (scores, labels) =>
    counting((row, _label, n) => largest(row) === labels[n + 1])(scores, labels),
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function shuffle(order: number[], random: Random): number[] {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const cut = (order: number[], size: number): number[][] => {
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += size) batches.push(order.slice(start, start + size));
  return batches;
};

const kept: number[][] = [];

export const epochBatches: WrongAnswers<(count: number, size: number, random: Random) => number[][]> = {
  "in order": (count, size) => cut(upTo(count), size),
  "drops the last batch": (count, size, random) =>
    cut(shuffle(upTo(count), random), size).filter((b) => b.length === size),
  "one array for all batches": (count, size, random) => {
    const order = shuffle(upTo(count), random), batch: number[] = [], batches: number[][] = [];
    for (let start = 0; start < count; start += size) {
      batch.length = 0;
      batch.push(...order.slice(start, start + size));
      batches.push(batch);
    }
    return batches;
  },
  "a batch that is not emptied": (count, size, random) => {
    const order = shuffle(upTo(count), random), batch: number[] = [], batches: number[][] = [];
    for (let start = 0; start < count; start += size) {
      batch.push(...order.slice(start, start + size));
      batches.push([...batch]);
    }
    return batches;
  },
  "shuffles within each batch": (count, size, random) => cut(upTo(count), size).map((batch) => shuffle(batch, random)),
  "shuffles the batches only": (count, size, random) => {
    const batches = cut(upTo(count), size);
    return shuffle(upTo(batches.length), random).map((i) => batches[i]);
  },
  "draws with replacement": (count, size, random) => cut(upTo(count).map(() => random.integer(count)), size),
  "slice(start, size)": (count, size, random) => {
    const order = shuffle(upTo(count), random), batches: number[][] = [];
    for (let start = 0; start < count; start += size) batches.push(order.slice(start, size));
    return batches;
  },
  "overlaps by one": (count, size, random) => {
    const order = shuffle(upTo(count), random), batches: number[][] = [];
    for (let start = 0; start < count; start += size) batches.push(order.slice(start, start + size + 1));
    return batches;
  },
  "loses one of each batch": (count, size, random) => {
    const order = shuffle(upTo(count), random), batches: number[][] = [];
    for (let start = 0; start < count; start += size) batches.push(order.slice(start, start + size - 1));
    return batches;
  },
  "a window that moves by one": (count, size, random) => {
    const order = shuffle(upTo(count), random), batches: number[][] = [];
    for (let start = 0; start + size <= count; start++) batches.push(order.slice(start, start + size));
    return batches;
  },
  "its own seed": (count, size) => cut(shuffle(upTo(count), new Random(1)), size),
  "that many batches": (count, size, random) => cut(shuffle(upTo(count), random), Math.ceil(count / size)),
  "counts from 1": (count, size, random) => cut(shuffle(upTo(count).map((i) => i + 1), random), size),
  "fills up the last batch from the start": (count, size, random) => {
    const order = shuffle(upTo(count), random);
    return cut(upTo(Math.ceil(count / size) * size).map((i) => order[i % count]), size);
  },
  "fills up the last batch with undefined": (count, size, random) => {
    const order = shuffle(upTo(count), random);
    return upTo(Math.ceil(count / size)).map((k) => upTo(size).map((i) => order[k * size + i]));
  },
  "a single batch": (count, _size, random) => [shuffle(upTo(count), random)],
  "only the first batch": (count, size, random) => cut(shuffle(upTo(count), random), size).slice(0, 1),
  "one image too many": (count, size, random) => cut(shuffle(upTo(count + 1), random), size),
  "one image too few": (count, size, random) => cut(shuffle(upTo(count - 1), random), size),
  "shuffles only as many as a batch has": (count, size, random) =>
    cut([...shuffle(upTo(size), random), ...upTo(count).slice(size)], size),
  "only turns the order": (count, size, random) => {
    const by = 1 + random.integer(count - 1);
    return cut(upTo(count).map((i) => (i + by) % count), size);
  },
  "only backwards": (count, size) => cut(upTo(count).reverse(), size),
  "one swap": (count, size, random) => {
    const order = upTo(count), i = random.integer(count), j = random.integer(count);
    [order[i], order[j]] = [order[j], order[i]];
    return cut(order, size);
  },
  "a new order for each batch": (count, size, random) =>
    upTo(Math.ceil(count / size)).map((k) => shuffle(upTo(count), random).slice(k * size, (k + 1) * size)),
  "one flat list": (count, _size, random) => shuffle(upTo(count), random),
  "batches that are never cleared": (count, size, random) => {
    kept.push(...cut(shuffle(upTo(count), random), size));
    return [...kept];
  },
  "places, not images": (count, size, random) =>
    cut(shuffle(upTo(count), random), size).map((batch) => batch.map((_, i) => i)),
};
