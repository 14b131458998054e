// A module: layers that run in order, found in a list or in fields, named, switched between training and evaluation.
import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  fit,
  Flatten,
  Layer,
  MaxPool2D,
  Module,
  Parameter,
  Random,
  ReLU,
  SGD,
  Tanh,
  Tensor,
} from "../../mod.ts";

const dtype = "float64";
const random = new Random(1);
const dense = (inFeatures: number, outFeatures: number, name?: string) =>
  new FC({ inFeatures, outFeatures, dtype, random, name });

Deno.test("a module runs its layers in order, and backward in reverse order", () => {
  const [first, second] = [dense(3, 4), dense(4, 2)];
  const tanh = new Tanh();
  const model = new Module([first, tanh, second]);
  const x = Tensor.randn([5, 3], { random, dtype });
  const y = model.forward(x).toArray();
  const gradOut = Tensor.randn([5, 2], { random, dtype });
  const gradX = model.backward(gradOut).toArray();
  const grads = model.parameters().map(({ grad }) => grad.toArray());
  model.zeroGrad();
  assertEquals(second.forward(tanh.forward(first.forward(x))).toArray(), y);
  assertEquals(first.backward(tanh.backward(second.backward(gradOut))).toArray(), gradX);
  assertEquals(model.parameters().map(({ grad }) => grad.toArray()), grads);
});

Deno.test("layers in a list are named by class and number, parameters after their layer", () => {
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3 }),
    new BatchNorm({ features: 2 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 2, outChannels: 2, kernelSize: 3, bias: false }),
    new ReLU(),
    new Flatten(),
    new FC({ inFeatures: 8, outFeatures: 3 }),
    new FC({ inFeatures: 3, outFeatures: 2, name: "head" }),
  ]);
  assertEquals(
    model.layers.map(({ name }) => name),
    ["conv1", "batchNorm1", "relu1", "maxPool1", "conv2", "relu2", "flatten1", "fc1", "head"],
  );
  assertEquals(model.parameters().map(({ name }) => name), [
    "conv1.weight",
    "conv1.bias",
    "batchNorm1.gamma",
    "batchNorm1.beta",
    "conv2.weight",
    "fc1.weight",
    "fc1.bias",
    "head.weight",
    "head.bias",
  ]);
});

Deno.test("no two layers get the same name, whatever names are given", () => {
  const names = new Module([dense(1, 1), dense(1, 1, "fc1"), dense(1, 1, "fc3"), dense(1, 1)]).layers.map((l) =>
    l.name
  );
  assertEquals(new Set(names).size, 4, String(names));
  assertEquals(names.slice(1, 3), ["fc1", "fc3"]);
});

Deno.test("modules inside modules: parameters are named by the path to them", () => {
  const block = () => new Module([dense(2, 2), new Tanh()]);
  const model = new Module([block(), new Module([block()], { name: "outer" }), dense(2, 1)]);
  assertEquals(model.parameters().map(({ name }) => name), [
    "module1.fc1.weight",
    "module1.fc1.bias",
    "outer.module1.fc1.weight",
    "outer.module1.fc1.bias",
    "fc1.weight",
    "fc1.bias",
  ]);
});

class Network extends Module {
  hidden: FC = dense(3, 4);
  readonly width: number = 4;
  tanh: Tanh = new Tanh();
  drop: Dropout = new Dropout({ rate: 0.5, random: new Random(3) });
  out: FC = dense(4, 2);
}

Deno.test("layers in fields of a subclass run in the order of their definition, with the names of the fields", () => {
  const model = new Network();
  assertEquals(model.layers, [model.hidden, model.tanh, model.drop, model.out]);
  assertEquals(model.layers.map(({ name }) => name), ["hidden", "tanh", "drop", "out"]);
  assertEquals(model.parameters().map(({ name }) => name), ["hidden.weight", "hidden.bias", "out.weight", "out.bias"]);
  assertEquals(model.forward(Tensor.zeros([2, 3], { dtype })).shape, [2, 2]);
});

Deno.test("a replaced field is found, and named", () => {
  const model = new Network();
  assertEquals(model.layers.length, 4);
  model.out = dense(4, 7);
  assertStrictEquals(model.layers[3], model.out);
  assertEquals(model.out.name, "out");
  assertEquals(model.parameters()[2].name, "out.weight");
  assertEquals(model.forward(Tensor.zeros([2, 3], { dtype })).shape, [2, 7]);
});

Deno.test("assigning layers replaces them; the list that was assigned stays the caller's", () => {
  const model = new Module([dense(3, 2)]);
  const list: Layer[] = [dense(3, 4), dense(4, 5)];
  model.layers = list;
  list.pop();
  assertEquals(model.layers.map(({ name }) => name), ["fc1", "fc2"]);
  assertEquals(model.forward(Tensor.zeros([2, 3], { dtype })).shape, [2, 5]);
});

Deno.test("train and eval reach every layer, at any depth, also inside a layer that is not a module", () => {
  class Wrapped extends Layer {
    inner: Dropout = new Dropout({ rate: 0.5, random: new Random(1) });
    forward(x: Tensor): Tensor {
      return this.inner.forward(x);
    }
    backward(gradOut: Tensor): Tensor {
      return this.inner.backward(gradOut);
    }
  }
  const [wrapped, norm] = [new Wrapped(), new BatchNorm({ features: 2, dtype })];
  const model = new Module([new Module([norm]), wrapped]);
  const flags = () => [model, model.layers[0], norm, wrapped, wrapped.inner].map(({ training }) => training);
  assertEquals(flags(), [true, true, true, true, true]);
  model.eval();
  assertEquals(flags(), [false, false, false, false, false]);
  model.train();
  assertEquals(flags(), [true, true, true, true, true]);
});

Deno.test("a module takes each layer once: a layer remembers one forward", () => {
  const relu = new ReLU();
  const wrong = () => new Module([dense(2, 2), relu, dense(2, 2), relu]);
  const { message } = assertThrows(
    wrong,
    RangeError,
    "the same ReLU as number 2 of the list and as number 4 of the list",
  );
  assert(message.includes("make a new ReLU for each place"));
  const model = new Module([relu]);
  assertThrows(() => model.layers = [relu, relu], RangeError, "each layer once");
  assertEquals(model.layers, [relu]);
  class Twice extends Module {
    first: ReLU = relu;
    second: ReLU = relu;
  }
  assertThrows(() => new Twice().layers, RangeError, "as first and as second");
});

Deno.test("a module refuses anything but layers, and no layers at all", () => {
  assertThrows(
    () => new Module([dense(1, 1), 5 as unknown as Layer]),
    TypeError,
    "got the number 5 as number 2 of the list",
  );
  assertThrows(() => new Module(dense(1, 1) as unknown as Layer[]), TypeError, "in a list and got FC");
  class Hidden extends Module {
    #fc = dense(1, 1);
    get fc(): FC {
      return this.#fc;
    }
  }
  const x = Tensor.zeros([1, 1], { dtype });
  assertThrows(
    () => new Hidden().forward(x),
    RangeError,
    "Hidden takes at least one layer and got none: pass a list of layers, or make them public",
  );
  assertThrows(() => new Module().backward(x), RangeError, "takes at least one layer and got none");
});

/** x + tanh(x W): a module whose layers do not simply run one after the other. */
class Residual extends Module {
  fc: FC = new FC({ inFeatures: 2, outFeatures: 2, dtype, init: "he", random: new Random(7) });
  tanh: Tanh = new Tanh();
  backwards = 0;
  override forward(x: Tensor): Tensor {
    return this.tanh.forward(this.fc.forward(x)).plus(x);
  }
  override backward(gradOut: Tensor): Tensor {
    this.backwards++;
    return this.fc.backward(this.tanh.backward(gradOut)).plus(gradOut);
  }
}

Deno.test("fit uses the backward that a subclass overrides, in the module itself and in its first layer", async () => {
  const images = Tensor.randn([8, 2], { random: new Random(1), dtype });
  const labels = [0, 1, 0, 1, 1, 1, 0, 0];
  const own = new Residual();
  const inside = new Module([new Residual()]);
  for (const [model, residual] of [[own, own], [inside, inside.layers[0] as Residual]] as const) {
    for await (const _ of fit(model, { images, labels }, { optimizer: new SGD(model.parameters()), batchSize: 4 }));
    assertEquals(residual.backwards, 2);
  }
});

Deno.test("fit uses the backward of a subclass of a layer, and one set on an instance", async () => {
  let calls = 0;
  class Counting extends FC {
    override backward(gradOut: Tensor): Tensor {
      calls++;
      return super.backward(gradOut);
    }
  }
  const over = dense(2, 2);
  const backward = over.backward.bind(over);
  over.backward = (gradOut) => {
    calls++;
    return backward(gradOut);
  };
  for (const first of [new Counting({ inFeatures: 2, outFeatures: 2, dtype }), over]) {
    const model = new Module([first]);
    const data = { images: Tensor.zeros([4, 2], { dtype }), labels: [0, 1, 0, 1] };
    calls = 0;
    for await (const _ of fit(model, data, { optimizer: new SGD(model.parameters()), batchSize: 2 }));
    assertEquals(calls, 2);
  }
});

Deno.test("an error names the layer, both shapes and what to do", () => {
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 5, padding: 2 }),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: [4, 3], stride: 2 }),
    new Flatten(),
    new FC({ inFeatures: 588, outFeatures: 10 }),
  ]);
  const { message } = assertThrows(() => model.forward(Tensor.zeros([64, 1, 28, 28])), RangeError);
  assertEquals(
    message,
    "fc1 takes [N, 588] and got [64, 432]: the layers before it give 432 features per sample; set inFeatures to 432, " +
      "or look at the layers before it (12 × 6 × 6 = 432)",
  );
});

Deno.test("after an input that a layer in the middle refused, the network works as if nothing had happened", () => {
  const model = new Module([new Flatten(), dense(4, 3), new Tanh()]);
  const x = Tensor.randn([2, 2, 2], { random, dtype });
  const before = model.forward(x).toArray();
  assertThrows(() => model.forward(Tensor.zeros([2, 5], { dtype })), RangeError, "fc1 takes [N, 4] and got [2, 5]");
  assertEquals(model.forward(x).toArray(), before);
  assertEquals(model.backward(Tensor.ones([2, 3], { dtype })).shape, [2, 2, 2]);
});

Deno.test("parameters keep their tensors: assigning copies the numbers in", () => {
  const parameter = new Parameter("w", [2], "float32");
  const [value, grad] = [parameter.value, parameter.grad];
  const mine = Tensor.from([1, 2]);
  parameter.value = mine;
  parameter.grad = Tensor.from(new Float64Array([3, 4]));
  mine.data.fill(9);
  assertStrictEquals(parameter.value, value);
  assertStrictEquals(parameter.grad, grad);
  assertNotStrictEquals(parameter.value, mine);
  assertEquals([value.toArray(), grad.toArray()], [[1, 2], [3, 4]]);
  assertThrows(() => parameter.value = Tensor.zeros([3]), RangeError, "w.value takes [2] and got [3]");
  assertThrows(
    () => parameter.grad = [1, 2] as unknown as Tensor,
    TypeError,
    "w.grad takes a tensor [2] and got Array",
  );
  assertEquals(value.toArray(), [1, 2]);
  parameter.zeroGrad();
  assertEquals(grad.toArray(), [0, 0]);
});
