// saveModel, loadModel: a file alone gives the network again; whatever is wrong with it is refused, and changes nothing.
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeModel, encodeModel } from "../../lib/files/model.ts";
import { decodeSafetensors } from "../../lib/files/safetensors.ts";
import { writeFile } from "../../lib/files/write_file.ts";
import {
  BatchNorm,
  Dropout,
  FC,
  Layer,
  loadModel,
  loadWeights,
  Module,
  Random,
  saveCheckpoint,
  saveModel,
  saveWeights,
  Tanh,
  Tensor,
} from "../../mod.ts";
import { testWith, withTempDir } from "../support.ts";
import { networks } from "./networks.ts";

/** A file with this header and so many numbers, as text or as an object. */
function file(header: unknown, numbers = 1): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + 4 * numbers);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

Deno.test("what safetensors forbids is refused, each with its reason", () => {
  const refused = (bytes: Uint8Array, message: string) => {
    const error = assertThrows(() => decodeSafetensors(bytes, "a.safetensors"), SyntaxError, message);
    assert(error.message.startsWith("a.safetensors "), error.message);
  };
  assertEquals(decodeSafetensors(file({ a: entry })).tensors.get("a")?.shape, [1]);
  assertEquals(decodeSafetensors(file('{"a":' + JSON.stringify(entry) + "}   ")).tensors.size, 1);
  assertEquals(decodeSafetensors(file({}, 0)).tensors.size, 0);
  refused(new Uint8Array(7), "it has 7 bytes");
  refused(new Uint8Array(8), "does not begin with {");
  refused(file({ a: entry }).subarray(0, 20), "is not a complete safetensors file");
  refused(file({ a: entry }).subarray(0, -1), "is truncated: its numbers should end at byte 4 of 3");
  refused(file(' {"a":1}'), "does not begin with {");
  refused(file([entry]), "does not begin with {");
  refused(file("{not json}"), "is not JSON");
  refused(file({ a: entry }, 2), "4 bytes follow after the end of its numbers");
  refused(file({ a: { ...entry, data_offsets: [4, 8] } }, 2), "the bytes from 0 to 4, before a, belong to no tensor");
  refused(file({ a: entry, b: { ...entry, data_offsets: [8, 12] } }, 3), "from 4 to 8, before b");
  refused(file({ a: entry, b: entry }), "b begins at byte 0, inside the tensor before it");
  refused(file(`{"a":${JSON.stringify(entry)},"\\u0061":${JSON.stringify(entry)}}`), 'has the name "a" twice');
  refused(file('{"__metadata__":{"x":"1","x":"2"}}', 0), 'has the name "x" twice');
  refused(file({ __metadata__: { x: 1 } }, 0), "its __metadata__ takes text and got the number 1 as x");
  refused(file({ __metadata__: ["x"] }, 0), "its __metadata__ takes text by name and got Array");
  refused(file({ a: { ...entry, dtype: "F99" } }), 'a has the dtype "F99", which the format does not know');
  refused(file({ a: { ...entry, shape: [2] } }), "a, F32 [2], takes 8 bytes and got those from 0 to 4");
  refused(file({ a: { ...entry, shape: [2 ** 52, 2 ** 52] } }), "a, F32");
  const long = file({ a: entry });
  new DataView(long.buffer).setBigUint64(0, 2n ** 63n, true);
  refused(long, "the length of its header is above 100 MB");
  const invalid = file({ a: entry });
  invalid[10] = 0xff;
  refused(invalid, "is not JSON");
});

Deno.test("a name that JSON uses twice in different objects, or in a text, is not twice", () => {
  const text = `{"__metadata__":{"a":"{\\"a\\":1,\\"a\\":2}","dtype":"x"},"a":${JSON.stringify(entry)}}`;
  assertEquals(decodeSafetensors(file(text)).metadata.get("dtype"), "x");
});

const values = (model: Module) =>
  [...model.parameters(), ...model.buffers()].map(({ name, value }) => [name, value.dtype, value.toArray()]);

Deno.test("every network comes back: layers, names, weights, mode, bit for bit", () => {
  fc.assert(
    fc.property(networks, fc.boolean(), ({ model, inputShape }, training) => {
      if (training) model.train();
      const copy = decodeModel(encodeModel(model), {}, "x");
      assertEquals(values(copy), values(model));
      const x = Tensor.randn([3, ...inputShape], { random: new Random(1) });
      assertEquals(copy.forward(x).toArray(), model.forward(x).toArray());
      assertEquals(encodeModel(copy), encodeModel(model));
    }),
    { numRuns: 100 },
  );
});

Deno.test("dropouts draw on as they would have, and share what they shared", () => {
  const random = new Random(7);
  const model = new Module([
    new Dropout({ rate: 0.5, random }),
    new FC({ inFeatures: 9, outFeatures: 9, random, dtype: "float64" }),
    new Dropout({ rate: 0.3, random }),
  ]);
  const x = Tensor.ones([4, 9], { dtype: "float64" });
  model.forward(x);
  const copy = decodeModel(encodeModel(model), {}, "x");
  for (let i = 0; i < 3; i++) assertEquals(copy.forward(x).toArray(), model.forward(x).toArray());
});

class Scaled extends Layer {
  readonly inner = new FC({ inFeatures: 2, outFeatures: 2, random: new Random(1) });
  forward(x: Tensor): Tensor {
    return this.inner.forward(x).times(2);
  }
  backward(gradOut: Tensor): Tensor {
    return this.inner.backward(gradOut.times(2));
  }
}

class Row extends Module {
  first = new FC({ inFeatures: 2, outFeatures: 2, random: new Random(1) });
  second = new Scaled();
}

Deno.test("a layer of your own is asked for by the name of its class, and a row of layers needs no class", () => {
  const model = new Row();
  const bytes = encodeModel(model), x = Tensor.from([[1, 2]]);
  assertThrows(
    () => decodeModel(bytes, {}, "row.safetensors"),
    RangeError,
    "row.safetensors has second, a layer of the class Scaled, which the library does not have: " +
      "pass { layers: { Scaled: (name) => … } }",
  );
  const plain = decodeModel(bytes, { layers: { Scaled: () => new Scaled() } }, "x");
  assertEquals(plain.constructor, Module);
  assertEquals(plain.forward(x).toArray(), model.forward(x).toArray());
  const same = decodeModel(bytes, { layers: { Row: () => new Row() } }, "x") as Row;
  assertEquals(same.second.inner.weight.value.toArray(), model.second.inner.weight.value.toArray());
  const wrong = { layers: { Scaled: () => 5 as unknown as Layer } };
  assertThrows(() => decodeModel(bytes, wrong, "x"), TypeError, "layers.Scaled takes a function that returns a layer");
});

Deno.test("an architecture that makes no sense is refused before anything large is made", () => {
  const bytes = (architecture: unknown) =>
    file({ __metadata__: { "gradually.architecture": JSON.stringify(architecture) }, a: entry });
  const network = (...layers: unknown[]) => ({
    version: 1,
    randoms: [],
    model: { kind: "Module", name: "", layers },
  });
  const refused = (architecture: unknown, message: string) =>
    assertThrows(() => decodeModel(bytes(architecture), {}, "a"), SyntaxError, message);
  const layer = (options: unknown, kind = "FC") => network({ kind, name: "x", options });
  refused(layer({ inFeatures: 1e5, outFeatures: 1e5 }), "x takes more numbers than the file has");
  refused(layer({ inFeatures: "many", outFeatures: 1 }), "x takes more numbers than the file has");
  refused(layer({ features: 1e9 }, "BatchNorm"), "x takes more numbers than the file has");
  refused(layer({ inChannels: 1, outChannels: 1, kernelSize: [1e4, 1e4] }, "Conv2D"), "x takes more numbers");
  refused(layer({ inFeatures: -1, outFeatures: -1 }), "FC takes inFeatures as a whole number");
  refused(layer({ rate: 0.5, random: 3 }, "Dropout"), "Dropout takes { random }");
  refused(layer(5), "the options of x takes an object and got the number 5");
  refused({ version: 2 }, "its version is the number 2");
  refused({ version: 1, randoms: [[1]], model: {} }, "Random takes the state of another Random");
  refused({ version: 1, randoms: [], model: { kind: "ReLU", name: "" } }, "it describes a ReLU, not a Module");
  refused([], "its architecture takes an object and got Array");
  refused(network(5), "a layer takes an object");
  refused(network({ kind: 5 }), "no kind or no name");
  let deep: unknown = { kind: "ReLU", name: "r" };
  for (let i = 0; i < 200; i++) deep = { kind: "Module", name: "m", layers: [deep] };
  refused(network(deep), "too many layers");
  assertThrows(
    () => decodeModel(bytes(network({ kind: "constructor", name: "" })), {}, "a"),
    RangeError,
    "constructor",
  );
  const text = file({ __metadata__: { "gradually.architecture": "{" } }, 0);
  assertThrows(() => decodeModel(text, {}, "a"), SyntaxError, "its architecture is not JSON");
  const other = decodeSafetensors(encodeModel(new Module([new Tanh()])));
  assertEquals(other.tensors.size, 0);
});

testWith({ read: true, write: true }, "a checkpoint of today has weights only, and still loads", async () => {
  await withTempDir(async (folder) => {
    const make = (seed: number) => new Module([new FC({ inFeatures: 2, outFeatures: 2, random: new Random(seed) })]);
    const [model, other] = [make(1), make(2)];
    await Deno.writeFile(`${folder}/old`, saveCheckpoint(model));
    await assertRejects(() => loadModel(`${folder}/old`), SyntaxError, "use loadWeights(model, path)");
    await loadWeights(other, `${folder}/old`);
    assertEquals(values(other), values(model));
    await loadWeights(other, new URL(`file://${folder}/old`));
    await assertRejects(() => saveModel(5 as unknown as Module, "x"), TypeError, "saveModel takes a Module");
  });
});

testWith({ read: true, write: true }, "a file is replaced as a whole, or not at all", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/model`, model = new Module([new FC({ inFeatures: 2, outFeatures: 2 })]);
    await saveModel(model, path);
    const before = await Deno.readFile(path);
    const fails = () => writeFile(path, new Uint8Array(9), () => Promise.reject(new Error("full")));
    await assertRejects(fails, Error, "full");
    assertEquals(await Deno.readFile(path), before);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["model"]);
    await assertRejects(() => saveModel(model, `${folder}/none/model`), Deno.errors.NotFound);
    await Promise.all(Array.from({ length: 20 }, () => saveModel(model, path)));
    assertEquals(await Deno.readFile(path), before);
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  });
});

testWith({ read: true, write: true }, "weights of PyTorch: what does not fit is refused by name", async () => {
  await withTempDir(async (folder) => {
    const model = new Module([
      new FC({ inFeatures: 1, outFeatures: 1, bias: false, name: "fc" }),
      new BatchNorm({ features: 1, name: "bn" }),
    ]);
    const before = values(model);
    const norm = Object.fromEntries(["weight", "bias", "running_mean", "running_var"].map((role, i) => [
      `bn.${role}`,
      { ...entry, data_offsets: [4 + 4 * i, 8 + 4 * i] },
    ]));
    const weight = { ...entry, shape: [1, 1] };
    const count = { dtype: "I64", shape: [], data_offsets: [20, 28] };
    const state = { "fc.weight": weight, ...norm };
    const load = async (header: unknown, numbers: number) => {
      await Deno.writeFile(`${folder}/state`, file(header, numbers));
      await loadWeights(model, `${folder}/state`, { from: "pytorch" });
    };
    const refused = async (header: unknown, message: string, numbers = 5) => {
      await assertRejects(() => load(header, numbers), RangeError, message);
      assertEquals(values(model), before);
    };
    await refused(
      { ...state, "fc.scale": { ...entry, data_offsets: [20, 24] } },
      "has fc.scale and the network does",
      6,
    );
    await refused({ ...state, "fc.num_batches_tracked": count }, "fc.num_batches_tracked", 7);
    await refused({ ...state, "bn.num_batches_tracked": { ...count, shape: [1] } }, "bn.num_batches_tracked", 7);
    await refused({ ...state, "fc.weight": entry }, "fc.weight takes a matrix [out, in] and got [1]");
    await refused(
      { ...state, "0.weight": { ...weight, data_offsets: [20, 24] } },
      "fc.weight twice, once as 0.weight",
      6,
    );
    const wrong = { from: "tensorflow" as "pytorch" };
    await assertRejects(() => loadWeights(model, `${folder}/state`, wrong), RangeError, 'got "tensorflow"');
    await load({ ...state, "bn.num_batches_tracked": count }, 7);
    assertEquals(model.parameters()[0].value.toArray(), [[0]]);
    await saveWeights(model, `${folder}/numbered`, { for: "pytorch", numbered: true });
    const { tensors } = decodeSafetensors(await Deno.readFile(`${folder}/numbered`));
    assert(tensors.has("1.num_batches_tracked") && tensors.has("0.weight"));
  });
});
