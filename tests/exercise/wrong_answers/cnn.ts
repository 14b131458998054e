/** Plausible wrong answers to the exercises of lesson 16. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

interface Parts {
  conv(kernels: number, maps: number, k: number): number;
  fc(outputs: number, inputs: number): number;
  inputs(maps: number, side: number, size: number, channels: number[]): number;
  after(side: number, k: number): number;
}

const counted =
  (parts: Partial<Parts>) => (size: number, channels: number[], k: number, features: number[]): number[] => {
    const part: Parts = {
      conv: (kernels, maps, k) => kernels * (maps * k * k + 1),
      fc: (outputs, inputs) => outputs * (inputs + 1),
      inputs: (maps, side) => maps * side * side,
      after: (side) => side / 2,
      ...parts,
    };
    const counts: number[] = [];
    let [side, maps] = [size, channels[0]];
    for (const kernels of channels.slice(1)) {
      counts.push(part.conv(kernels, maps, k));
      [side, maps] = [part.after(side, k), kernels];
    }
    let inputs = part.inputs(maps, side, size, channels);
    for (const outputs of features) {
      counts.push(part.fc(outputs, inputs));
      inputs = outputs;
    }
    return counts;
  };

export const countParameters: WrongAnswers<
  (size: number, channels: number[], kernelSize: number, features: number[]) => number[]
> = {
  "no bias at all": counted({ conv: (to, from, k) => to * from * k * k, fc: (to, from) => to * from }),
  "no bias in the convolutions": counted({ conv: (to, from, k) => to * from * k * k }),
  "no bias in the FC layers": counted({ fc: (to, from) => to * from }),
  "one bias a layer": counted({ conv: (to, from, k) => to * from * k * k + 1, fc: (to, from) => to * from + 1 }),
  "a bias for each input": counted({
    conv: (to, from, k) => to * from * k * k + from,
    fc: (to, from) => to * from + from,
  }),
  "a bias for each channel of a kernel": counted({ conv: (to, from, k) => to * from * (k * k + 1) }),
  "one channel a kernel": counted({ conv: (to, _from, k) => to * (k * k + 1) }),
  "k not squared": counted({ conv: (to, from, k) => to * (from * k + 1) }),
  "the lesson's 3": counted({ conv: (to, from) => to * (from * 9 + 1) }),
  "k + 1 squared": counted({ conv: (to, from, k) => to * from * (k + 1) ** 2 }),
  "channels added": counted({ conv: (to, from, k) => (to + from) * k * k + to }),
  "no pool": counted({ after: (side) => side }),
  "pooled once": counted({ inputs: (maps, _side, size) => maps * (size / 2) ** 2 }),
  "pooled by four": counted({ after: (side) => side / 4 }),
  "the convolution shrinks": counted({ after: (side, k) => (side - k + 1) / 2 }),
  "the area halved": counted({ after: (side) => side / Math.SQRT2 }),
  "side not squared": counted({ inputs: (maps, side) => maps * side }),
  "forgets the maps": counted({ inputs: (_maps, side) => side * side }),
  "the maps of the first convolution": counted({ inputs: (_maps, side, _size, channels) => channels[1] * side * side }),
  "the lesson's 588": counted({ inputs: () => 588 }),
  "the whole image": counted({ inputs: (_maps, _side, size) => size * size }),
  "the total": (size, channels, k, features) => [counted({})(size, channels, k, features).reduce((a, b) => a + b)],
  "as one number": (size, channels, k, features) => counted({})(size, channels, k, features).reduce((a, b) => a + b),
  "without the first FC layer": (size, channels, k, features) => {
    const counts = counted({})(size, channels, k, features);
    return counts.filter((_, i) => i !== channels.length - 1);
  },
  "without the last FC layer": (size, channels, k, features) => counted({})(size, channels, k, features).slice(0, -1),
  "the FC layers first": (size, channels, k, features) => {
    const counts = counted({})(size, channels, k, features), convs = channels.length - 1;
    return [...counts.slice(convs), ...counts.slice(0, convs)];
  },
  "zeros for the pools": (size, channels, k, features) =>
    counted({})(size, channels, k, features).flatMap((count, i) => i < channels.length - 1 ? [count, 0] : [count]),
  "maps that are not updated": (size, channels, k, features) => {
    const counts = counted({})(size, channels, k, features);
    return counts.map((count, i) => i < channels.length - 1 ? channels[i + 1] * (channels[0] * k * k + 1) : count);
  },
  "inputs that are not updated": (size, channels, k, features) => {
    const counts = counted({})(size, channels, k, features), convs = channels.length - 1;
    const inputs = channels[convs] * (size / 2 ** convs) ** 2;
    return counts.map((count, i) => i < convs ? count : features[i - convs] * (inputs + 1));
  },
};

const largestBy = (measure: (counts: Tensor, truth: number, guess: number) => number) => (counts: Tensor): number[] => {
  let [best, place] = [-Infinity, [0, 0]];
  for (let truth = 0; truth < 10; truth++) {
    for (let guess = 0; guess < 10; guess++) {
      const value = measure(counts, truth, guess);
      if (value > best) [best, place] = [value, [truth, guess]];
    }
  }
  return place;
};

const off = (counts: Tensor, truth: number, guess: number): number => truth === guess ? -1 : counts.at(truth, guess);

const sumOf = (counts: Tensor, truth: number): number => counts.slice(truth).sum();

const lessonCounts = Tensor.from(
  Array.from({ length: 100 }, (_, i) => i % 11 === 0 ? 90 : (7 * i) % 13),
  [10, 10],
);

export const worstConfusion: WrongAnswers<(counts: Tensor) => number[]> = {
  "with the diagonal": largestBy((counts, truth, guess) => counts.at(truth, guess)),
  "guess first": (counts) => largestBy(off)(counts).reverse(),
  "the number of mistakes": (counts) => {
    const [truth, guess] = largestBy(off)(counts);
    return counts.at(truth, guess);
  },
  "the flat index": (counts) => {
    const [truth, guess] = largestBy(off)(counts);
    return 10 * truth + guess;
  },
  "both directions together": largestBy((counts, t, g) => t === g ? -1 : counts.at(t, g) + counts.at(g, t)),
  "as a part of its row": largestBy((counts, t, g) => t === g ? -1 : counts.at(t, g) / sumOf(counts, t)),
  "the rarest": largestBy((counts, t, g) => t === g ? -1000 : -counts.at(t, g)),
  "only above the diagonal": largestBy((counts, t, g) => g > t ? counts.at(t, g) : -1),
  "only below the diagonal": largestBy((counts, t, g) => g < t ? counts.at(t, g) : -1),
  "the excess over the other direction": largestBy((counts, t, g) =>
    t === g ? -1000 : counts.at(t, g) - counts.at(g, t)
  ),
  "without digit 0": largestBy((counts, t, g) => t === 0 || g === 0 ? -1 : off(counts, t, g)),
  "without digit 9": largestBy((counts, t, g) => t === 9 || g === 9 ? -1 : off(counts, t, g)),
  "the row with most mistakes": (counts) => {
    const truth = Array.from({ length: 10 }, (_, t) => sumOf(counts, t) - counts.at(t, t));
    const t = truth.indexOf(Math.max(...truth));
    return [t, largestBy((c, row, g) => row === t ? off(c, row, g) : -1)(counts)[1]];
  },
  "the largest of each row, the last row wins": (counts) => {
    let place = [0, 0];
    for (let truth = 0; truth < 10; truth++) {
      let most = -1;
      for (let guess = 0; guess < 10; guess++) {
        if (truth !== guess && counts.at(truth, guess) > most) {
          [most, place] = [counts.at(truth, guess), [truth, guess]];
        }
      }
    }
    return place;
  },
  "the first mistake": largestBy((counts, t, g) => t !== g && counts.at(t, g) > 0 ? 1 : 0),
  "compares with the neighbor": (counts) => {
    let place = [0, 1];
    for (let i = 1; i < 100; i++) {
      if (i % 11 !== 0 && counts.data[i] > counts.data[i - 1]) place = [Math.floor(i / 10), i % 10];
    }
    return place;
  },
  "places that count from 1": (counts) => largestBy(off)(counts).map((i) => i + 1),
  "the truth alone": (counts) => [largestBy(off)(counts)[0]],
  "the guess twice": (counts) => {
    const [, guess] = largestBy(off)(counts);
    return [guess, guess];
  },
  "index divided by 9": (counts) => {
    const [truth, guess] = largestBy(off)(counts), index = 10 * truth + guess;
    return [Math.floor(index / 9), index % 9];
  },
  "the lesson's table": () => largestBy(off)(lessonCounts),
  "the best guess of the first row": (counts) => [0, largestBy((c, t, g) => t === 0 ? off(c, t, g) : -1)(counts)[1]],
  "the column with most mistakes": (counts) => {
    const wrong = Array.from(
      { length: 10 },
      (_, g) => Array.from({ length: 10 }, (_, t) => Math.max(0, off(counts, t, g))),
    );
    const sums = wrong.map((column) => column.reduce((a, b) => a + b)), g = sums.indexOf(Math.max(...sums));
    return [wrong[g].indexOf(Math.max(...wrong[g])), g];
  },
  "the least frequent right answer": (counts) => {
    const right = Array.from({ length: 10 }, (_, t) => counts.at(t, t)), t = right.indexOf(Math.min(...right));
    return [t, t];
  },
};
