/** backward-in-pieces: the gradient of a batch that comes in pieces. */
import { exercise } from "../../lib/exercise/mod.ts";
import { FC, Module, MSELoss, Random, Tanh, Tensor } from "../../mod.ts";

type Pieces = [Tensor, Tensor][];
type Answer = (net: Module, loss: MSELoss, pieces: Pieces) => void;

function backwardInPieces(net: Module, loss: MSELoss, pieces: [Tensor, Tensor][]): void {
  const all = pieces.reduce((sum, [x]) => sum + x.shape[0], 0);
  net.zeroGrad();
  for (const [x, truth] of pieces) {
    loss.forward(net.forward(x), truth);
    net.backward(loss.backward().times(x.shape[0] / all)); // its share of the samples
  }
}

/** With another share of each piece, and cleared at other times. */
const pieceByPiece =
  (share: (n: number, all: number, pieces: number) => number, clear: "once" | "each time" | "never" = "once"): Answer =>
  (net, loss, pieces) => {
    const all = pieces.reduce((sum, [x]) => sum + x.shape[0], 0);
    if (clear === "once") net.zeroGrad();
    for (const [x, truth] of pieces) {
      if (clear === "each time") net.zeroGrad();
      loss.forward(net.forward(x), truth);
      net.backward(loss.backward().times(share(x.shape[0], all, pieces.length)));
    }
  };

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  inputs: (random: Random): [number, number[]] => {
    const sizes = Array.from({ length: 3 + random.integer(2) }, (_, i) => 2 + i + random.integer(2));
    return [random.integer(1e6), random.shuffle(sizes)];
  },
  // The network already holds a gradient from before.
  use: (answer: Answer, seed: number, sizes: number[]) => {
    const random = new Random(seed), dtype = "float64";
    const net = new Module([
      new FC({ inFeatures: 3, outFeatures: 4, dtype, random }),
      new Tanh(),
      new FC({ inFeatures: 4, outFeatures: 2, dtype, random }),
    ]);
    const loss = new MSELoss();
    const batch = (n: number): [Tensor, Tensor] => [
      Tensor.randn([n, 3], { random, dtype }),
      Tensor.randn([n, 2], { random, dtype }),
    ];
    const [before, truth] = batch(2);
    loss.forward(net.forward(before), truth);
    net.backward(loss.backward());
    answer(net, loss, sizes.map(batch));
    const named = net.parameters().map(({ name, grad }) => [`gradient of ${name}`.replace(".", " "), grad.clone()]);
    return Object.fromEntries(named) as Record<string, Tensor>;
  },
  evidence: (answer) => {
    const dtype = "float64", list = (...numbers: number[]) => Tensor.from(numbers, [numbers.length, 1], { dtype });
    const fc = new FC({ inFeatures: 1, outFeatures: 1, bias: false, dtype });
    fc.weight.value = list(0);
    answer(new Module([fc]), new MSELoss(), [[list(1), list(1)], [list(1, 1, 1), list(-2, -2, -2)]]);
    return "For example, a piece of 1 sample whose own gradient is −2, and a piece of 3 samples whose own gradient is 4. " +
      `The mean over all 4 samples is 2.5. Your gradient is ${written(fc.weight.grad.data[0])}`;
  },
  solution: backwardInPieces,
  explanation:
    "The mean over all N samples is the sum over the pieces of n/N times the mean over the piece. The gradient follows " +
    "the same rule, so the gradient of each piece is multiplied by n/N before it goes back. It is cleared once, before " +
    "the first piece: what was there before does not belong to this batch, and what the pieces add must stay.",
  mistakes: [
    {
      answer: pieceByPiece(() => 1),
      reply: "You add up the means of the pieces. Each piece must count only by its share of all samples",
    },
    {
      answer: pieceByPiece((_n, _all, pieces) => 1 / pieces),
      reply: "You divide by the number of pieces. That is right only if all pieces have the same size",
    },
    {
      answer: pieceByPiece((n, all) => n / all, "each time"),
      reply:
        "Only the last piece is left: do you clear before each piece, or run backward only once? Clear once, before the first",
    },
    {
      answer: pieceByPiece((n, all) => n / all, "never"),
      reply: "You never clear, and the network still held a gradient from before. Clear once, before the first piece",
    },
    {
      answer: pieceByPiece(() => 1, "never"),
      reply: "You never clear, and the pieces do not count by their share of the samples yet",
    },
    {
      answer: pieceByPiece(() => 1, "each time"),
      reply:
        "Only the last piece is left, with its own mean: do you clear before each piece, or run backward only once?",
    },
    {
      answer: pieceByPiece((_n, all) => 1 / all),
      reply: "You divide by the number of all samples. But the mean of a piece was divided by its n already",
    },
    {
      answer: pieceByPiece((n) => n),
      reply:
        "Now it is the gradient of the sum over all samples. The mean has a 1/N: divide by the number of all samples",
    },
    {
      answer: pieceByPiece((n, all) => all / n),
      reply: "The share is upside down: a piece with more samples must count more",
    },
    {
      answer: (net, loss, pieces) => pieceByPiece((n, all) => n / all)(net, loss, pieces.slice(0, -1)),
      reply: "The last piece is left out: where does your loop end?",
    },
    {
      answer: (net, loss, pieces) => pieceByPiece((n, all) => n / all)(net, loss, pieces.slice(1)),
      reply: "The first piece is left out: where does your loop begin?",
    },
    {
      answer: pieceByPiece((n, all) => (n / all) ** 2),
      reply: "You multiply by the share of a piece twice. Once is enough",
    },
    {
      answer: (net, loss, pieces) => {
        net.zeroGrad();
        let all = 0;
        for (const [x, truth] of pieces) {
          all += x.shape[0];
          loss.forward(net.forward(x), truth);
          net.backward(loss.backward().times(x.shape[0] / all));
        }
      },
      reply: "At the first piece you do not know the number of all samples yet: add up the sizes before the loop",
    },
    {
      answer: (net, loss, pieces) => {
        net.zeroGrad();
        for (const [x, truth] of pieces) {
          loss.forward(net.forward(x), truth);
          net.backward(loss.backward().times(x.shape[0] / 60));
        }
      },
      reply:
        "You divide by 60. That is the number of samples in the lesson; here it is the sum of the sizes of the pieces",
    },
    {
      answer: (net, loss, pieces) => {
        const largest = Math.max(...pieces.map(([x]) => x.shape[0]));
        net.zeroGrad();
        for (const [x, truth] of pieces) {
          loss.forward(net.forward(x), truth);
          net.backward(loss.backward().times(x.shape[0] / largest));
        }
      },
      reply: "You divide by the size of the largest piece. The share of a piece is its samples out of all samples",
    },
    {
      answer: pieceByPiece((n) => 1 / n),
      reply: "You divide each piece by its own n. loss.backward() has done that already, because its loss is a mean",
    },
    {
      answer: (net, loss, pieces) => {
        const all = pieces.reduce((sum, [x]) => sum + x.shape[0], 0);
        net.zeroGrad();
        for (const [x, truth] of pieces.slice(0, -1)) {
          loss.forward(net.forward(x), truth);
          net.backward(loss.backward().times(x.shape[0] / all));
        }
      },
      reply: "The last piece is missing: where does your loop end?",
    },
  ],
  hints: [
    "Write the mean over 5 samples as pieces of 2 and 3: 2/5 of the mean of the first, plus 3/5 of the mean of the second",
    "x.shape[0] is the number of samples of a piece. Add these up first, to know N",
    "net.zeroGrad() once. Then for each piece: forward, loss, and net.backward(loss.backward().times(n / N))",
  ],
});
