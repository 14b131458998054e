import { assertEquals, assertThrows } from "@std/assert";
import { storageOf } from "../../lib/tensor/tensor.ts";
import {
  BatchNorm,
  checkpointMetadata,
  FC,
  loadCheckpoint,
  Module,
  Random,
  saveCheckpoint,
  Tensor,
  trace,
} from "../../mod.ts";

function network(seed: number, features = 4): Module {
  const random = new Random(seed);
  return new Module([
    new FC({ inFeatures: 3, outFeatures: features, random }),
    new BatchNorm({ features }),
    new FC({ inFeatures: features, outFeatures: 2, random }),
  ]);
}

Deno.test("a checkpoint restores weights and running statistics, bit for bit", () => {
  const [trained, other] = [network(1), network(2)];
  const x = Tensor.randn([5, 3], { random: new Random(3) });
  trained.forward(x); // moves the running statistics
  loadCheckpoint(other, saveCheckpoint(trained));
  trained.eval();
  other.eval();
  assertEquals(other.forward(x).toArray(), trained.forward(x).toArray());
});

Deno.test("a checkpoint follows the safetensors format", () => {
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

Deno.test("a checkpoint that is truncated, of another network or no checkpoint at all changes nothing", () => {
  const [model, bytes] = [network(1), saveCheckpoint(network(2))];
  const before = saveCheckpoint(model);
  assertThrows(
    () => loadCheckpoint(model, bytes.subarray(0, 5)),
    SyntaxError,
    "not a safetensors file: it has 5 bytes",
  );
  assertThrows(() => loadCheckpoint(model, bytes.subarray(0, bytes.length - 1)), SyntaxError, "truncated");
  assertThrows(() => loadCheckpoint(model, new Uint8Array(100)), SyntaxError, "does not begin with {");
  assertThrows(() => loadCheckpoint(model, saveCheckpoint(network(1, 5))), RangeError, "build the same network");
  const wider = new Module([...network(1).layers, new FC({ inFeatures: 2, outFeatures: 2, name: "extra" })]);
  assertThrows(() => loadCheckpoint(model, saveCheckpoint(wider)), RangeError, "extra.weight");
  assertEquals(saveCheckpoint(model), before);
});

/** A file with this header and these numbers. */
function file(header: unknown, numbers: readonly number[] = [7]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + 4 * numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(new Uint8Array(Float32Array.from(numbers).buffer), 8 + json.length);
  return bytes;
}

Deno.test("a header that makes no sense is refused, whatever it is, and changes nothing", () => {
  const layer = new FC({ inFeatures: 1, outFeatures: 1, bias: false, name: "fc" });
  const entry = { dtype: "F32", shape: [1, 1], data_offsets: [0, 4] };
  loadCheckpoint(layer, file({ "fc.weight": entry }));
  assertEquals(layer.weight.value.toArray(), [[7]]);
  const refused = (header: unknown, message: string) => {
    assertThrows(() => loadCheckpoint(layer, file(header, [3])), SyntaxError, message);
    assertEquals(layer.weight.value.toArray(), [[7]]);
  };
  for (const header of [null, 5, "text", [], [entry]]) {
    refused(header, "The checkpoint is not a safetensors file: its header does not begin with {");
    assertThrows(() => checkpointMetadata(file(header)), SyntaxError, "its header does not begin with {");
  }
  for (
    const broken of [
      null,
      5,
      {},
      { ...entry, dtype: undefined },
      { ...entry, shape: undefined },
      { ...entry, shape: "1, 1" },
      { ...entry, shape: [1, null] },
      { ...entry, data_offsets: undefined },
      { ...entry, data_offsets: [0] },
      { ...entry, data_offsets: [0, "4"] },
      { ...entry, data_offsets: [-4, 0] },
      { ...entry, data_offsets: [0.5, 4.5] },
    ]
  ) {
    refused({ "fc.weight": broken }, "in its header fc.weight is not { dtype, shape, data_offsets }");
  }
  refused(
    { "fc.weight": { ...entry, data_offsets: [4, 0] } },
    "fc.weight, F32 [1, 1], takes 4 bytes and got those from 4 to 0",
  );
  refused(
    { "fc.weight": { ...entry, data_offsets: [0, 8] } },
    "fc.weight, F32 [1, 1], takes 4 bytes and got those from 0 to 8",
  );
  refused({ "fc.weight": { ...entry, data_offsets: [6, 10] } }, "truncated: its numbers should end at byte 10 of 4");
});

Deno.test("anything but bytes is refused, with what to pass", () => {
  for (
    const [bytes, found] of [["text", `the text "text"`], [undefined, "undefined"], [
      saveCheckpoint(network(1)).buffer,
      "ArrayBuffer",
    ]]
  ) {
    const message = `its bytes as a Uint8Array and got ${found}: pass what saveCheckpoint`;
    assertThrows(() => loadCheckpoint(network(1), bytes as unknown as Uint8Array), TypeError, message);
  }
});

Deno.test("saving, loading and tracing claim no tensor of the network, so its memory can be used again", () => {
  const model = network(1);
  const tensors = [
    ...model.parameters().flatMap(({ value, grad }) => [value, grad]),
    ...model.buffers().map(({ value }) => value),
  ];
  const claimed: number[] = [];
  for (const [i, tensor] of tensors.entries()) {
    const storage = storageOf(tensor);
    storage.claim = () => {
      claimed.push(i);
      return storage.array;
    };
  }
  loadCheckpoint(model, saveCheckpoint(network(2)));
  assertEquals(saveCheckpoint(model), saveCheckpoint(network(2)));
  trace(model, Tensor.randn([5, 3], { random: new Random(3) }), { labels: [0, 1, 0, 1, 0] });
  assertEquals(claimed, []);
});
