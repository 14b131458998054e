import { assertEquals } from "@std/assert";
import {
  BatchNorm,
  Conv2D,
  CrossEntropyLoss,
  Dropout,
  FC,
  Flatten,
  MaxPool2D,
  Module,
  Random,
  Tensor,
  trace,
} from "../../mod.ts";

function network(): Module {
  const random = new Random(1);
  return new Module([
    new Module([
      new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, random }),
      new BatchNorm({ features: 2 }),
      new MaxPool2D({ kernelSize: 2 }),
    ], { name: "features" }),
    new Flatten(),
    new FC({ inFeatures: 8, outFeatures: 3, random }),
  ]);
}
const x = Tensor.randn([4, 1, 6, 6], { random: new Random(2) });
const labels = [0, 1, 2, 0];

Deno.test("trace sees what a forward and a backward pass compute, layer by layer", () => {
  const { steps, loss, gradX } = trace(network(), x, { labels });
  const model = network();
  const criterion = new CrossEntropyLoss();
  const logits = model.forward(x);
  assertEquals(loss, criterion.forward(logits, labels));
  assertEquals(gradX.toArray(), model.backward(criterion.backward()).toArray());
  assertEquals(steps.map((step) => step.name), [
    "features.conv1",
    "features.batchNorm1",
    "features.maxPool1",
    "flatten1",
    "fc1",
  ]);
  assertEquals(steps.at(-1)!.output.toArray(), logits.toArray());
  assertEquals(steps[0].parameters[0].grad.toArray(), model.parameters()[0].grad.toArray());
  assertEquals(steps[0].gradOut.shape, steps[0].output.shape);
});

Deno.test("trace changes nothing: gradients and running statistics are as they were", () => {
  const model = network();
  model.backward(model.forward(x));
  const state = (): unknown =>
    [...model.parameters().map((p) => p.grad), ...model.buffers().map((b) => b.value)].map((t) => t.toArray());
  const before = state();
  trace(model, x, { labels });
  assertEquals(state(), before);
});

Deno.test("trace counts NaN separately, and treats a module that overrides forward as one layer", () => {
  class Twice extends Module {
    override forward(x: Tensor): Tensor {
      return super.forward(x).times(2);
    }
    override backward(gradOut: Tensor): Tensor {
      return super.backward(gradOut.times(2));
    }
  }
  const model = new Module([new Twice([new Dropout({ rate: 0, random: new Random(1) })])]);
  const { steps } = trace(model, Tensor.from([[1, NaN, 3]]));
  assertEquals(steps.map((step) => step.name), ["twice1"]);
  assertEquals(steps[0].outputRange, { min: 2, mean: 4, max: 6, nans: 1 });
  assertEquals(steps[0].gradOut.toArray(), [[1, 1, 1]]);
});

Deno.test("trace does not change the masks that training draws after it", () => {
  const make = () => new Module([new Dropout({ rate: 0.5, random: new Random(1) })]);
  const [traced, other] = [make(), make()];
  const x = Tensor.ones([4, 5]);
  trace(traced, x);
  assertEquals(traced.forward(x).toArray(), other.forward(x).toArray());
});
