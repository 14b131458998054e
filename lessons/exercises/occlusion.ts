/** occlusion: a square that covers a part of the image, and should not leave a trail. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Inputs = [image: Tensor, scoreOf: (image: Tensor) => number, size: number, stride: number];

function occlusion(image: Tensor, scoreOf: (image: Tensor) => number, size: number, stride: number): Tensor {
  const [H, W] = image.shape, score = scoreOf(image);
  const rows = Math.floor((H - size) / stride) + 1;
  const columns = Math.floor((W - size) / stride) + 1;
  return Tensor.zeros([rows, columns]).map((_, k) => {
    const covered = image.clone(); // a new one for each place
    const top = stride * Math.floor(k / columns);
    const left = stride * (k % columns);
    for (let u = 0; u < size; u++) {
      for (let v = 0; v < size; v++) {
        covered.data[(top + u) * W + left + v] = 0;
      }
    }
    return score - scoreOf(covered);
  });
}

/** The parts of the search that a wrong answer can change. */
interface Parts {
  /** When the copy is made again: at each place, in each row, or once. */
  fresh: "place" | "row" | "never";
  value(score: number, covered: number): number;
  step(stride: number): number;
  /** Whether the reference is the score of the place before. */
  moving: boolean;
  /** Whether rows and columns are exchanged. */
  turned: boolean;
}

const searching = (wrong: Partial<Parts>) => (...[image, scoreOf, size, stride]: Inputs): Tensor => {
  const parts: Parts = {
    fresh: "place",
    value: (score, covered) => score - covered,
    step: (by) => by,
    moving: false,
    turned: false,
    ...wrong,
  };
  const [H, W] = image.shape;
  const rows = Math.floor((H - size) / stride) + 1, columns = Math.floor((W - size) / stride) + 1;
  let covered = image.clone(), score = scoreOf(image);
  return Tensor.zeros([rows, columns]).map((_, k) => {
    if (parts.fresh === "place" || (parts.fresh === "row" && k % columns === 0)) covered = image.clone();
    const [i, j] = [Math.floor(k / columns), k % columns], by = parts.step(stride);
    const [top, left] = parts.turned ? [by * j, by * i] : [by * i, by * j];
    for (let u = 0; u < size; u++) {
      for (let v = 0; v < size; v++) {
        if (top + u < H && left + v < W) covered.data[(top + u) * W + left + v] = 0;
      }
    }
    const after = scoreOf(covered), value = parts.value(score, after);
    if (parts.moving) score = after;
    return value;
  });
};

export default exercise({
  inputs: (random: Random): Inputs => {
    const [H, W] = [8 + random.integer(3), 11 + random.integer(3)];
    const weights = Tensor.randn([H, W], { random });
    // Not linear: what two parts contribute together is not the sum of what each contributes.
    const scoreOf = (x: Tensor): number => {
      const sum = x.times(weights).sum();
      return sum + 0.1 * sum ** 2;
    };
    return [Tensor.uniform([H, W], { random }).plus(0.2), scoreOf, 3 + random.integer(2), 2];
  },
  planted: searching({ fresh: "never" }),
  evidence: (answer: (...inputs: Inputs) => Tensor, image, _scoreOf, size, stride) => {
    let black = 0;
    const count = (x: Tensor): number => {
      black = Array.from(x.data).filter((v) => v === 0).length;
      return black;
    };
    answer(image.map(() => 1), count, size, stride);
    return `On a white image with a square of ${size} × ${size}, the last image that scoreOf got had ${black} black pixels`;
  },
  solution: occlusion,
  explanation:
    "The copy was made once, before the first place. Each square stayed black when the next one came, so that the map " +
    "showed how the score falls while the image disappears. The first number was right, because then nothing else was " +
    "covered. Whatever is changed for a trial must be as before at the next one: make the copy inside, or put the " +
    "pixels back.",
  mistakes: [
    {
      answer: searching({ fresh: "row" }),
      reply: "Better: the first place of each row is right now. Within a row, the squares still pile up",
    },
    {
      answer: searching({ value: (score, covered) => covered - score }),
      reply: "The trail is gone, but the sign has changed: the map should say how far the score *falls*",
    },
    {
      answer: searching({ fresh: "never", moving: true }),
      reply:
        "You compare with the score of the place before. The squares still pile up: the image disappears bit by bit",
    },
    {
      answer: searching({ moving: true }),
      reply:
        "The trail is gone. But you compare with the score of the place before, and it was right to compare with that of the whole image",
    },
    {
      answer: searching({ value: (_score, covered) => covered }),
      reply: "The trail is gone. But these are the scores themselves: how far do they fall?",
    },
    {
      answer: searching({ value: (score, covered) => covered / score }),
      reply: "The trail is gone. But these are the shares of the score that are left: how far does it fall?",
    },
    {
      answer: searching({ step: () => 1 }),
      reply: "The trail is gone. But the stride is gone, too: the places are one pixel apart now",
    },
    {
      answer: searching({ turned: true }),
      reply: "The trail is gone. But top and left are exchanged now, and they were right before",
    },
    {
      answer: (image, scoreOf, size, stride) => {
        const [H, W] = image.shape, score = scoreOf(image);
        const rows = Math.floor((H - size) / stride) + 1, columns = Math.floor((W - size) / stride) + 1;
        const covered = image.clone();
        return Tensor.zeros([rows, columns]).map((_, k) => {
          const top = stride * Math.floor(k / columns), left = stride * (k % columns);
          for (let u = 0; u < size; u++) for (let v = 0; v < size; v++) covered.data[(top + u) * W + left + v] = 0;
          const fall = score - scoreOf(covered);
          for (let u = 0; u < size; u++) for (let v = 0; v < size; v++) covered.data[(top + u) * W + left + v] = 1;
          return fall;
        });
      },
      reply: "After each place you set the pixels to 1. They should become what they were: the pixels of the image",
    },
  ],
  hints: [
    "At the first place one square is black. How many are black at the second, and at the last?",
    "Who makes the black pixels bright again? Look at where `covered` is made, and how often",
    "Make the copy inside, once for each place: const covered = image.clone()",
  ],
});
