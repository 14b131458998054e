// One picture of each kind, for the tests that hold for all of them, and what they share.
import { type MimeBundle, type Picture, plainScreen, type Screen } from "../../lib/show/mod.ts";
import * as show from "../../lib/show/mod.ts";
import { parseXml, XmlElement } from "@rgrove/parse-xml";

/** A tensor of numbers that look like weights, the same each time. */
export function wave(shape: number[], offset = 0): { shape: number[]; data: Float32Array; dtype: string } {
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape, data: Float32Array.from({ length: size }, (_, i) => Math.sin(i * 0.7) + offset), dtype: "float32" };
}

/** A layer as summaries see it. */
export function layer(name: string, out: number[], weights: number[][] = []): show.SummaryModel {
  return {
    name,
    parameters: () => weights.map((shape, i) => ({ name: `${name}.${i}`, value: { shape } })),
    outputShape: ([n]) => [n, ...out],
  };
}

const layers = [
  layer("conv1", [6, 24, 24], [[6, 1, 5, 5], [6]]),
  layer("relu1", [6, 24, 24]),
  layer("fc1", [10], [[3456, 10]]),
];
/** A small network of three layers with 34,716 parameters. */
export const network: show.SummaryModel = {
  name: "net",
  layers,
  parameters: () => layers.flatMap((one) => one.parameters()),
};

type Node = { name: string; from: Node[] };
const node = (name: string, ...from: Node[]): Node => ({ name, from });
const [w, x] = [node("w 名前\n2"), node("x")];
const product = node("w · x", w, x);
/** A value that was made from others: w is used three times, once far from where it stands. */
const made: Node = node("the sum\n8", node("a square", product, product), w);

/** A picture of each kind by name; the names and labels are long and wide on purpose. */
export const pictures: Record<string, Picture> = {
  "tensor of numbers": show.tensor(wave([2, 3, 4]), "a tensor with a name that is longer than anybody would like 数字"),
  "tensor as a map": show.tensor(wave([2, 3, 30, 40])),
  "tensor in a row": show.tensor(wave([5000])),
  image: show.image(wave([28, 28], 1), { caption: "数字", title: "<an image> & more" }),
  "color image": show.image(wave([3, 9, 9], 1)),
  digits: show.digits(wave([12, 784], 1), {
    labels: Array.from({ length: 12 }, (_, i) => i % 10),
    predictions: Array.from({ length: 12 }, (_, i) => i % 3),
    limit: 12,
  }),
  filters: show.filters(wave([6, 2, 5, 5]), { title: "filters" }),
  "small heat map": show.heatmap(wave([3, 4])),
  "large heat map": show.heatmap(wave([30, 200])),
  curve: show.curve({
    "with a long name 名前": wave([500]).data,
    square: (x) => x * x,
    points: { y: [1, NaN, 3], points: true },
  }, {
    title: "A title that is far too long for a narrow terminal, but nobody has said so until now",
    xLabel: "x",
    yLabel: "y",
  }),
  histogram: show.histogram(wave([1000]), { title: "histogram", xLabel: "x" }),
  table: show.table([{ name: "a\nb", value: 1.5, shape: [1, 2] }, { name: "数".repeat(60), value: NaN, shape: [3] }]),
  confusion: show.confusion(
    Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => i === j ? 980 : j)),
  ),
  summary: show.summary(network, [64, 1, 28, 28]),
  diagram: show.diagram(network, [1, 28, 28]),
  graph: show.graph(made, ({ name }) => name, { title: "a graph with a title that is rather long 数字" }),
  slide: show.slide(wave([12, 12]), wave([3, 3]), { stride: 2, padding: 1 }),
};

/** A screen with colors. */
export function colorScreen(columns = 80): Screen {
  return { ...plainScreen(columns), colors: "256" };
}

/** The root of an SVG, read by a parser that refuses what is not well-formed. */
export function parseSvg(svg: string): XmlElement {
  const root = parseXml(svg).root;
  if (root?.name !== "svg") throw new Error("no svg element");
  return root;
}

/** All elements of one name inside an element. */
export function elements(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) =>
    child instanceof XmlElement ? [...(child.name === name ? [child] : []), ...elements(child, name)] : []
  );
}

/**
 * Runs something with a display hook, and returns what it received.
 *
 * @param received Is called with each picture, as a front end would be.
 * @param forms The MIME types that this front end draws; all by default.
 */
export async function hooked(
  body: () => Promise<unknown>,
  received: () => void = () => {},
  forms?: readonly string[],
): Promise<{ bundle: MimeBundle; options: { displayId?: string; update?: boolean } }[]> {
  const key = Symbol.for("gradually.display");
  const scope = globalThis as unknown as Record<symbol, unknown>;
  const shown: { bundle: MimeBundle; options: { displayId?: string; update?: boolean } }[] = [];
  const before = scope[key];
  const hook = (bundle: MimeBundle, options: { displayId?: string; update?: boolean }) => {
    shown.push({ bundle, options });
    received();
  };
  scope[key] = Object.assign(hook, { forms });
  try {
    await body();
  } finally {
    if (before === undefined) delete scope[key];
    else scope[key] = before;
  }
  return shown;
}
