/** receptive-field: how many pixels wide the part of the image is that one number sees. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Layers = [k: number, stride: number][];

function receptiveField(layers: Layers): number {
  let [field, step] = [1, 1];
  for (const [k, stride] of layers) {
    field += (k - 1) * step;
    step *= stride;
  }
  return field;
}

/** The field, where each layer adds this much. */
const adding =
  (added: (k: number, stride: number, before: number) => number, start = 1) => (layers: Layers): number => {
    let [field, step] = [start, 1];
    for (const [k, stride] of layers) {
      field += added(k, stride, step);
      step *= stride;
    }
    return field;
  };

const product = (numbers: number[]): number => numbers.reduce((a, b) => a * b, 1);

export default exercise({
  // Three to five layers; the first and the last two have strides above 1, and no stride is a window's size.
  inputs: (random: Random): [Layers] => {
    const window = () => 3 + random.integer(4), stride = () => 2 + random.integer(3);
    const layer = (s: number): [number, number] => {
      const k = window();
      return [k === s ? k + 2 : k, s];
    };
    const middle = Array.from({ length: random.integer(3) }, () => layer(1));
    return [[layer(stride()), ...middle, layer(stride()), layer(stride())]];
  },
  tolerance: 1e-9,
  evidence: (answer: (layers: Layers) => number, layers) =>
    layers.map((_, i) => {
      const part = layers.slice(0, i + 1), right = receptiveField(part), found = answer(structuredClone(part));
      const list = part.map(([k, stride]) => `[${k}, ${stride}]`).join(" ");
      return `  ${list}: yours is ${found}${found === right ? ", right" : `, and it should be ${right}`}`;
    }).join("\n"),
  solution: receptiveField,
  explanation:
    "A single number sees itself: 1. A window of k numbers reaches k − 1 steps further than one number, and a step at " +
    "that layer is as many pixels as all strides *before* it say together. The stride of the layer itself counts only " +
    "for those after it.",
  mistakes: [
    {
      answer: (layers) => 1 + layers.reduce((sum, [k]) => sum + k - 1, 0),
      reply: "You add k − 1 for each layer, as if all strides were 1. After a stride of 2, a step is two pixels",
    },
    {
      answer: adding((k, stride, before) => (k - 1) * before * stride),
      reply: "You count a layer's own stride for that layer. It makes steps larger only for the layers *after* it",
    },
    {
      answer: adding((k, _stride, before) => (k - 1) * before, 0),
      reply: "You are one short: before any layer, a number sees itself. Where does your count begin?",
    },
    {
      answer: adding((k, _stride, before) => k * before),
      reply: "You add k for each layer. Of a window's k numbers, one was in the field already",
    },
    {
      answer: adding((k, _stride, before) => k * before, 0),
      reply: "You add up whole windows, but they overlap: a window reaches k − 1 steps further than one number",
    },
    {
      answer: (layers) => product(layers.map(([k]) => k)),
      reply:
        "That is the product of the windows. Neighboring numbers see almost the same pixels: each layer adds only k − 1 steps, and it is the strides that make a step longer",
    },
    {
      answer: (layers) => layers.reduce((field, [k], i) => field + (k - 1) * (i > 0 ? layers[i - 1][1] : 1), 1),
      reply: "You use only the stride of the layer before. Strides multiply: a stride of 2 after a stride of 3 makes 6",
    },
    {
      answer: (layers) => {
        let [field, sum] = [1, 1];
        for (const [k, stride] of layers) {
          field += (k - 1) * sum;
          sum += stride - 1;
        }
        return field;
      },
      reply: "You add the strides up. A step of 2 in a map with steps of 3 pixels is 6 pixels: strides multiply",
    },
    {
      answer: (layers) => receptiveField(layers.slice(0, -1)),
      reply: "The last layer is missing: its window makes the field larger, too",
    },
    {
      answer: (layers) => receptiveField(layers.slice(1)),
      reply: "The first layer is missing: its window and its stride count, too",
    },
    {
      answer: (layers) => receptiveField(layers.toReversed()),
      reply:
        "You go through the layers from the last to the first, but the strides that count are those *before* a layer",
    },
    {
      answer: (layers) => receptiveField(layers) ** 2,
      reply: "That is the number of pixels in the field. How wide is it?",
    },
    {
      answer: (layers) => product(layers.map(([, stride]) => stride)),
      reply: "That is how far apart two neighbors of the last map are. How far does one of them see?",
    },
  ],
  hints: [
    "Keep two numbers: how wide the field is, and how many pixels a step is. Both begin at 1",
    "A window of k covers k numbers, which are k − 1 steps apart from the first to the last",
    "For each layer: field += (k − 1) · step, and only then step *= stride",
  ],
});
