// Files that Python reads and writes: an independent reader of the format, and PyTorch itself where it is installed.
import { assertEquals, assertLess, assertRejects } from "@std/assert";
import {
  BatchNorm,
  Conv2D,
  FC,
  Flatten,
  loadModel,
  loadWeights,
  Module,
  Random,
  ReLU,
  saveModel,
  saveWeights,
  Tanh,
  Tensor,
} from "../../mod.ts";
import { missing, testWhen, withTempDir } from "../support.ts";

const PYTHON = "/usr/bin/python3";
const READER = new URL("./safetensors_reader.py", import.meta.url).pathname;
const flags = missing({ read: true, write: true, run: PYTHON });

async function python(args: string[], stdin = ""): Promise<string> {
  const child = new Deno.Command(PYTHON, { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

async function whyNot(code: string): Promise<string | undefined> {
  if (flags.length > 0) return `needs ${flags.join(" ")}`;
  return await python(["-c", code]).then(() => undefined, () => `no ${PYTHON} that can ${code}`);
}

const withoutPython = await whyNot("import json");
const withoutTorch = await whyNot("import torch");

const hex = ({ data }: Tensor) => new Uint8Array(data.slice().buffer).toHex();

/** Of both dtypes, with a batch norm; the layers have PyTorch's names. */
class Network extends Module {
  conv1: Conv2D;
  bn1: BatchNorm;
  tanh = new Tanh();
  head: Module;

  constructor(seed: number) {
    super();
    const random = new Random(seed);
    this.conv1 = new Conv2D({
      inChannels: 2,
      outChannels: 3,
      kernelSize: [3, 2],
      stride: [1, 2],
      padding: [1, 0],
      bias: false,
      random,
    });
    this.bn1 = new BatchNorm({ features: 3 });
    this.head = new Module([
      new Flatten(),
      new FC({ inFeatures: 36, outFeatures: 5, random }),
      new BatchNorm({ features: 5 }),
      new ReLU(),
      new FC({ inFeatures: 5, outFeatures: 4, random }),
    ]);
    this.forward(Tensor.randn([6, 2, 4, 7], { random })); // moves the running statistics
    for (const { value } of this.parameters()) value.data.forEach((_, i) => value.data[i] += random.normal(0, 0.1));
    this.eval();
  }
}

testWhen(withoutPython === undefined, withoutPython ?? "", "an independent reader reads every bit", async () => {
  await withTempDir(async (folder) => {
    const random = new Random(4);
    const model = new Module([
      new FC({ inFeatures: 3, outFeatures: 2, random }),
      new FC({ inFeatures: 2, outFeatures: 5, random, dtype: "float64", name: 'a "name" with é and \\' }),
    ]);
    await saveModel(model, `${folder}/model`, { metadata: { accuracy: "0.98 ≈ 1" } });
    const { metadata, tensors } = JSON.parse(await python([READER, "read", `${folder}/model`]));
    assertEquals(metadata.accuracy, "0.98 ≈ 1");
    const expected = model.parameters().map(({ name, value }) => [
      name,
      { dtype: value.dtype === "float32" ? "F32" : "F64", shape: value.shape, hex: hex(value) },
    ]);
    assertEquals(tensors, Object.fromEntries(expected));
  });
});

testWhen(withoutPython === undefined, withoutPython ?? "", "what Python writes comes back, bit for bit", async () => {
  await withTempDir(async (folder) => {
    const [model, other] = [new Network(1), new Network(2)];
    await saveModel(model, `${folder}/model`);
    const text = await python([READER, "read", `${folder}/model`]);
    await python([READER, "write", `${folder}/copy`], text);
    const copy = await loadModel(`${folder}/copy`);
    const values = (of: Module) => [...of.parameters(), ...of.buffers()].map(({ name, value }) => [name, hex(value)]);
    assertEquals(values(copy), values(model));
    await loadWeights(other, `${folder}/model`);
    assertEquals(values(other), values(model));
  });
});

testWhen(
  withoutTorch === undefined,
  withoutTorch ?? "",
  "PyTorch loads our weights, and we its, bit for bit",
  async () => {
    await withTempDir(async (folder) => {
      const [model, other] = [new Network(1), new Network(2)];
      const x = Tensor.randn([5, 2, 4, 7], { random: new Random(3) });
      await Deno.writeFile(`${folder}/x`, new Uint8Array(Float32Array.from(x.data).buffer));
      // head is an nn.Sequential there: its layers are numbered
      await saveWeights(model, `${folder}/named`, { for: "pytorch" });
      const { tensors } = JSON.parse(await python([READER, "read", `${folder}/named`]));
      assertEquals(tensors["conv1.weight"].shape, [3, 2, 3, 2]);
      assertEquals(tensors["head.fc1.weight"].shape, [5, 36]);
      const places: Record<string, string> = { fc1: "1", batchNorm1: "2", fc2: "4" };
      const numbered = Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [name.replace(/(?<=head\.)\w+/, (n) => places[n]), tensor]),
      );
      await python([READER, "write", `${folder}/state`], JSON.stringify({ metadata: {}, tensors: numbered }));
      await python([READER, "torch", `${folder}/state`, `${folder}/back`, `${folder}/x`, `${folder}/y`]);
      await loadWeights(other, `${folder}/back`, { from: "pytorch" });
      const values = (of: Module) => [...of.parameters(), ...of.buffers()].map(({ name, value }) => [name, hex(value)]);
      assertEquals(values(other), values(model));
      const y = new Float32Array((await Deno.readFile(`${folder}/y`)).slice().buffer);
      const ours = model.forward(x).data;
      for (const [i, each] of y.entries()) assertLess(Math.abs(each - ours[i]), 1e-5);
      await assertRejects(() => loadWeights(other, `${folder}/back`), RangeError, "build the same network");
    });
  },
);
