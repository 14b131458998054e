// evaluate: the same result for every batch size, in evaluation mode, and nothing left changed.
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  BatchNorm,
  CrossEntropyLoss,
  Dropout,
  evaluate,
  FC,
  Layer,
  Module,
  MSELoss,
  Random,
  ReLU,
  Tensor,
} from "../../mod.ts";

const random = new Random(1);

function classifier(): Module {
  const source = new Random(2);
  return new Module([
    new FC({ inFeatures: 4, outFeatures: 8, random: source }),
    new BatchNorm({ features: 8 }),
    new ReLU(),
    new Dropout({ rate: 0.5, random: source }),
    new FC({ inFeatures: 8, outFeatures: 3, random: source }),
  ]);
}

const images = Tensor.randn([53, 4], { random });
const labels = Uint8Array.from({ length: 53 }, () => random.integer(3));
const data = { images, labels };

Deno.test("the result does not depend on the size of the batches", () => {
  const model = classifier();
  model.forward(images); // so that batch norm has something to remember
  const whole = evaluate(model, data, { batchSize: 53 });
  for (const reduction of ["mean", "sum"] as const) {
    for (const batchSize of [1, 2, 7, 52, 53, 1000]) {
      const found = evaluate(model, data, { batchSize, loss: new CrossEntropyLoss({ reduction }) });
      assertEquals([found.correct, found.total, found.accuracy], [whole.correct, 53, whole.correct / 53]);
      assertEquals(found.confusion.toArray(), whole.confusion.toArray());
      assertAlmostEquals(found.loss, whole.loss, 1e-6); // the order of the sums differs, in float32
    }
  }
});

Deno.test("the confusion matrix has labels in rows and predictions in columns, and adds up", () => {
  const { confusion, correct, total } = evaluate(classifier(), data);
  assertEquals(confusion.shape, [3, 3]);
  assertEquals(confusion.sum(), total);
  assertEquals([0, 1, 2].reduce((sum, i) => sum + confusion.at(i, i), 0), correct);
  for (const truth of [0, 1, 2]) {
    const row = confusion.slice(truth).sum();
    assertEquals(row, labels.filter((label) => label === truth).length);
  }
});

Deno.test("every layer is in the mode it was in, even if one of them throws", () => {
  const model = classifier();
  const norm = model.layers[1] as BatchNorm;
  norm.training = false; // one layer is frozen on purpose
  const modes = () => [model, ...model.layers].map(({ training }) => training);
  const before = modes();
  const statistics = norm.runningMean.toArray();
  evaluate(model, data);
  assertEquals(modes(), before);
  assertThrows(() => evaluate(model, { images: Tensor.zeros([2, 5]), labels: [0, 0] }), RangeError, "fc1 takes [N, 4]");
  assertThrows(() => evaluate(model, { images: Tensor.zeros([2, 4]), labels: [0, 9] }), RangeError, "Label 1 is 9");
  assertEquals(modes(), before);
  model.eval();
  evaluate(model, data);
  assertEquals(modes(), [false, false, false, false, false, false]);
  assertEquals(norm.runningMean.toArray(), statistics);
});

Deno.test("gradients stay as they are", () => {
  const model = classifier();
  for (const { grad } of model.parameters()) grad.data.fill(3);
  evaluate(model, data);
  for (const { grad } of model.parameters()) assertEquals(new Set(grad.data), new Set([3]));
});

Deno.test("float64 networks are evaluated on float64 tensors", () => {
  const model = new Module([new FC({ inFeatures: 2, outFeatures: 2, dtype: "float64", init: "zeros" })]);
  const { loss } = evaluate(model, { images: Tensor.zeros([3, 2], { dtype: "float64" }), labels: [0, 1, 1] });
  assertAlmostEquals(loss, Math.LN2, 1e-15);
});

Deno.test("what a loss with its own forward keeps stays readable", () => {
  const loss = new CrossEntropyLoss();
  const kept: Tensor[] = [];
  const forward = loss.forward.bind(loss);
  loss.forward = (logits, labels) => {
    kept.push(logits);
    return forward(logits, labels);
  };
  const model = classifier();
  evaluate(model, data, { loss, batchSize: 20 });
  model.eval();
  assertEquals(kept.flatMap((logits) => logits.toArray()), model.forward(images).toArray());
});

Deno.test("a network that is not a classifier is refused, with what to do", () => {
  class Keep extends Layer {
    forward(x: Tensor): Tensor {
      return x.clone();
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut;
    }
  }
  const given = { images: Tensor.zeros([2, 1, 2, 2]), labels: [0, 0] };
  assertThrows(
    () => evaluate(new Module([new Keep()]), given),
    RangeError,
    "[2, 1, 2, 2] for 2 samples: end it with a Flatten",
  );
  const layer = new FC({ inFeatures: 4, outFeatures: 3 });
  assertThrows(() => evaluate(layer as unknown as Module, data), TypeError, "new Module([layer])");
  assertThrows(() => evaluate(classifier(), data, { batchSize: 0 }), RangeError, "batchSize");
  const squares = new MSELoss() as unknown as CrossEntropyLoss;
  assertThrows(
    () => evaluate(classifier(), data, { loss: squares }),
    TypeError,
    "and got MSELoss, which takes a tensor",
  );
});

Deno.test("a sample with NaN among its logits is never right, whatever its label", () => {
  const model = new Module([new FC({ inFeatures: 1, outFeatures: 2, init: "zeros" })]);
  model.parameters()[0].value = Tensor.from([[0, 1]]);
  const images = Tensor.from([[NaN], [NaN], [1], [-1]]);
  const found = evaluate(model, { images, labels: [0, 1, 1, 0] });
  assertEquals([found.correct, found.total, found.accuracy], [2, 4, 0.5]);
  assertEquals(found.confusion.toArray(), [[1, 0], [0, 1]]);
});
