import { assertEquals, assertThrows } from "@std/assert";
import { BatchNorm, FC, loadCheckpoint, Module, Random, saveCheckpoint, Tensor } from "../../mod.ts";

function network(seed: number, features = 4): Module {
  const random = new Random(seed);
  return new Module([
    new FC({ inFeatures: 3, outFeatures: features, random }),
    new BatchNorm({ features }),
    new FC({ inFeatures: features, outFeatures: 2, random }),
  ]);
}

Deno.test("a checkpoint brings back weights and running statistics, to the bit", () => {
  const [trained, other] = [network(1), network(2)];
  const x = Tensor.randn([5, 3], { random: new Random(3) });
  trained.forward(x); // moves the running statistics
  loadCheckpoint(other, saveCheckpoint(trained));
  trained.eval();
  other.eval();
  assertEquals(other.forward(x).toArray(), trained.forward(x).toArray());
});

Deno.test("a checkpoint is read by the rules of safetensors", () => {
  const bytes = saveCheckpoint(network(1));
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assertEquals(length % 8, 0);
  assertEquals(header["fc1.weight"], { dtype: "F32", shape: [3, 4], data_offsets: [0, 48] });
  const ends = Object.values(header as Record<string, { data_offsets: number[] }>).map((entry) =>
    entry.data_offsets[1]
  );
  assertEquals(Math.max(...ends), bytes.length - 8 - length);
});

Deno.test("a checkpoint that is cut short, of another network or no checkpoint at all changes nothing", () => {
  const [model, bytes] = [network(1), saveCheckpoint(network(2))];
  const before = saveCheckpoint(model);
  assertThrows(() => loadCheckpoint(model, bytes.subarray(0, 5)), SyntaxError, "no whole checkpoint");
  assertThrows(() => loadCheckpoint(model, bytes.subarray(0, bytes.length - 1)), SyntaxError, "cut short");
  assertThrows(() => loadCheckpoint(model, new Uint8Array(100)), SyntaxError, "not JSON");
  assertThrows(() => loadCheckpoint(model, saveCheckpoint(network(1, 5))), RangeError, "build the same network");
  const wider = new Module([...network(1).layers, new FC({ inFeatures: 2, outFeatures: 2, name: "extra" })]);
  assertThrows(() => loadCheckpoint(model, saveCheckpoint(wider)), RangeError, "extra.weight");
  assertEquals(saveCheckpoint(model), before);
});
