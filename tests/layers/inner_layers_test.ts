// Layers inside layers: all of them are trained, kept and named, and none is in two places.
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  Adam,
  BatchNorm,
  evaluate,
  FC,
  fit,
  Layer,
  loadCheckpoint,
  Module,
  Parameter,
  Random,
  ReLU,
  saveCheckpoint,
  Tensor,
} from "../../mod.ts";
import { summary } from "../../lib/show/mod.ts";

const dense = (inFeatures = 2, outFeatures = inFeatures) =>
  new FC({ inFeatures, outFeatures, random: new Random(inFeatures) });
const names = (layer: Layer) => layer.parameters().map(({ name }) => name);

/** tanh(x A) s, with layers and a parameter of its own. */
class Block extends Layer {
  inner: Layer = dense();
  others: Layer[] = [new BatchNorm({ features: 2 }), new ReLU()];
  scale: Parameter = new Parameter("scale", [1], "float32");
  forward(x: Tensor): Tensor {
    return this.others[1].forward(this.others[0].forward(this.inner.forward(x)));
  }
  backward(gradOut: Tensor): Tensor {
    return this.inner.backward(this.others[0].backward(this.others[1].backward(gradOut)));
  }
}

const blockNames = (path: string) =>
  ["scale", "inner.weight", "inner.bias", "others1.gamma", "others1.beta"].map((name) => `${path}.${name}`);

Deno.test("the layers in the fields and lists of your own layer are found, and named by the path to them", () => {
  const model = new Module([new Block(), new Module([new Block()]), dense()]);
  assertEquals(names(model), [
    ...blockNames("block1"),
    ...blockNames("module1.block1"),
    "fc1.weight",
    "fc1.bias",
  ]);
  assertEquals(model.buffers().map(({ name }) => name), [
    "block1.others1.runningMean",
    "block1.others1.runningVar",
    "module1.block1.others1.runningMean",
    "module1.block1.others1.runningVar",
  ]);
  model.forward(Tensor.ones([2, 2])); // the inner module checks its layers again: the names stay
  assertEquals(names(model).slice(5, 10), blockNames("module1.block1"));
});

Deno.test("the layers inside your own layer are trained, counted, and kept in a checkpoint", async () => {
  const model = new Module([new Block(), dense()]);
  const [{ value }] = (model.layers[0] as Block).inner.parameters();
  const before = value.toArray();
  const data = { images: Tensor.randn([8, 2], { random: new Random(1) }), labels: [0, 1, 0, 1, 1, 1, 0, 0] };
  for await (const _ of fit(model, data, { optimizer: new Adam(model.parameters()), batchSize: 4 }));
  assert(JSON.stringify(value.toArray()) !== JSON.stringify(before), "the weights did not move");
  assertMatch(summary(model, [4, 2]).text(), /block1 .* 11\b[^]*total .* 17\b/);
  const other = new Module([new Block(), dense()]);
  loadCheckpoint(other, saveCheckpoint(model));
  assertEquals(evaluate(other, data), evaluate(model, data));
});

Deno.test("lists of layers in fields of a module run in the order of their definition, including nested lists", () => {
  class Deep extends Module {
    first: FC = dense(2, 3);
    blocks: Layer[][] = [[dense(3, 4), new ReLU()], [dense(4, 5)]];
    skips: (Layer | null)[] = [null, dense(5, 6)];
    sizes: number[] = [1, 2, 3];
    none: Layer[] = [];
    last: FC = dense(6, 1);
  }
  const model = new Deep();
  assertEquals(model.layers.map(({ name }) => name), ["first", "blocks11", "blocks12", "blocks21", "skips2", "last"]);
  assertEquals(model.forward(Tensor.ones([4, 2])).shape, [4, 1]);
  assertEquals(new Set(names(model)).size, 10);
});

Deno.test("a subclass of a layer with weights may add more", () => {
  class Adapted extends FC {
    low: FC = dense();
  }
  const model = new Module([new Adapted({ inFeatures: 2, outFeatures: 2, name: "adapted" })]);
  assertEquals(names(model), ["adapted.weight", "adapted.bias", "adapted.low.weight", "adapted.low.bias"]);
});

Deno.test("a module with a list has the layers of its fields as well; a field may be a second name", () => {
  class Both extends Module {
    side: FC = dense();
    head: Layer;
    constructor() {
      const [body, head] = [new Module([dense(), new BatchNorm({ features: 2 })]), dense()];
      super([body, head]);
      this.head = head;
      this.body = body.layers[0];
      this.norm = body.layers[1];
    }
    body: Layer;
    norm: Layer;
  }
  const model = new Both();
  assertEquals(names(model), [
    ...["module1.fc1.weight", "module1.fc1.bias", "module1.batchNorm1.gamma", "module1.batchNorm1.beta"],
    ...["head.weight", "head.bias", "side.weight", "side.bias"],
  ]);
  assertEquals(model.buffers().length, 2);
});

Deno.test("a layer is in one place only, at any depth", () => {
  const fc = dense();
  class Fields extends Module {
    a: Module = new Module([fc]);
    b: Module = new Module([fc]);
  }
  class Holder extends Layer {
    constructor(readonly held: Layer) {
      super();
    }
    forward(x: Tensor): Tensor {
      return this.held.forward(x);
    }
    backward(gradOut: Tensor): Tensor {
      return this.held.backward(gradOut);
    }
  }
  const cases: [() => unknown, string][] = [
    [() => new Module([new Module([fc]), fc]), "number 1 of number 1 of the list and as number 2 of the list"],
    [() => new Module([fc, new Module([fc])]), "number 1 of the list and as number 1 of number 2 of the list"],
    [() => new Fields().forward(Tensor.ones([1, 2])), "number 1 of a and as number 1 of b"],
    [
      () => new Module([new Holder(fc), new Holder(fc)]),
      "held of number 1 of the list and as held of number 2 of the list",
    ],
  ];
  for (const [wrong, text] of cases) {
    const { message } = assertThrows(wrong, RangeError);
    assert(
      message.startsWith(`Module takes each layer once and got the same FC as ${text}: a layer remembers one`),
      message,
    );
    assert(message.includes("make a new FC for each place"), message);
  }
});

Deno.test("a layer that contains itself is refused, and nothing is changed", () => {
  const inner = new Module([dense()]), model = new Module([inner, dense()]), before = model.layers.slice();
  const start = "Module takes layers that do not contain themselves and got ";
  assertThrows(
    () => model.layers = [model],
    RangeError,
    `${start}number 1 of the list, which is the Module around it`,
  );
  assertThrows(() => inner.layers = [dense(), model], RangeError, `${start}number 1 of number 2 of the list, which is`);
  assertEquals(model.layers, before);
  class Child extends ReLU {
    parent?: Module;
  }
  const child = new Child(), parent = new Module([child]);
  child.parent = parent;
  assertThrows(() => parent.eval(), RangeError, `${start}parent of number 1 of the list, which is`);
});
