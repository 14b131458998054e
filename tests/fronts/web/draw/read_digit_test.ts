import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { type KnownNetwork, shippedNetwork } from "../../../../lib/fronts/web/draw/known_network.ts";
import { mnistImage } from "../../../../lib/fronts/web/draw/mnist_image.ts";
import { layersInRow, readDigit } from "../../../../lib/fronts/web/draw/read_digit.ts";
import { Module, ReLU, Tanh } from "../../../../lib/layers/mod.ts";
import { Random } from "../../../../lib/tensor/mod.ts";
import { testWith } from "../../../support.ts";
import { rasterize } from "./rasterize.ts";
import { LARGE, type Place, writtenDigit } from "./written_digit.ts";

const MODEL = new URL("../../../../lib/fronts/web/draw/shipped/model.safetensors", import.meta.url);
const THICKNESS = 0.05;

async function network(): Promise<KnownNetwork> {
  return shippedNetwork(await Deno.readFile(MODEL));
}

/** How many of 100 written digits are read. */
function countRead({ model }: KnownNetwork, places: readonly Place[], thickness = THICKNESS): number {
  const random = new Random(7);
  let right = 0;
  for (let i = 0; i < 100; i++) {
    const strokes = writtenDigit(i % 10, random, places[i % places.length]).map((points) => ({ points, thickness }));
    if (readDigit(model, mnistImage(rasterize(strokes, 400))!).digit === i % 10) right++;
  }
  return right;
}

testWith(
  { read: true },
  "the network of the site reads at least 95 of 100 digits of the stroke generator",
  async () => {
    assertGreater(countRead(await network(), [LARGE]), 94);
  },
);

testWith({ read: true }, "a small digit in a corner is read as well as a large one in the middle", async () => {
  const corners = [[0.18, 0.18], [0.82, 0.18], [0.18, 0.82], [0.82, 0.82]].map(([x, y]) => ({ x, y, size: 0.25 }));
  assertGreater(countRead(await network(), corners), 94);
});

testWith({ read: true }, "a thin pen and a thick one are read", async () => {
  for (const thickness of [0.03, 0.08]) assertGreater(countRead(await network(), [LARGE], thickness), 91);
});

testWith({ read: true }, "the network of the site takes at most 300 kB, and says how good it is", async () => {
  assert((await Deno.stat(MODEL)).size <= 300_000);
  const { about } = await network();
  const [, percent] = /^(\d\d\.\d\d) % right on the 10000 test images of MNIST$/.exec(about)!;
  assertGreater(Number(percent), 98);
});

testWith({ read: true }, "a reading has ten probabilities that add up to 1, and the maps of each layer", async () => {
  const { model } = await network();
  const image = mnistImage({ width: 2, height: 10, data: new Float32Array(20).fill(1) })!;
  const { probabilities, digit, maps } = readDigit(model, image);
  assertAlmostEquals(probabilities.reduce((sum, p) => sum + p), 1, 1e-5);
  assertEquals([probabilities.length, digit], [10, 1]);
  assertEquals(maps.map(({ name }) => name), [
    ...["conv1", "batchNorm1", "relu1", "maxPool1"],
    ...["conv2", "batchNorm2", "relu2", "maxPool2"],
  ]);
  assertEquals(maps.at(-1)!.output.shape, [1, 16, 7, 7]);
});

Deno.test("layers in inner modules are named after the modules around them; a module with a forward of its own is one", () => {
  class Own extends Module {
    override forward(x: Parameters<Module["forward"]>[0]): ReturnType<Module["forward"]> {
      return super.forward(x);
    }
  }
  const inner = new Module([new ReLU(), new Tanh()], { name: "bends" });
  const names = layersInRow(new Module([inner, new Own([new ReLU()])])).map(({ name }) => name);
  assertEquals(names, ["bends.relu1", "bends.tanh1", "own1"]);
});
