// backward after another forward: what it needs is released or of another batch, and the error tells so.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Conv2D, evaluate, FC, fit, Flatten, Module, Random, ReLU, SGD, Softmax, Tensor } from "../../mod.ts";

const random = new Random(1);
const data = { images: Tensor.randn([4, 1, 3, 3], { random }), labels: [0, 1, 1, 0] };
const convolution = () =>
  new Module([
    new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 2, random }),
    new ReLU(),
    new Flatten(),
    new FC({ inFeatures: 8, outFeatures: 2, random }),
  ]);
const probabilities = () =>
  new Module([new Flatten(), new FC({ inFeatures: 9, outFeatures: 2, random }), new Softmax()]);

for (
  const [build, layer] of [[convolution, "conv1"], [probabilities, "softmax1"]] as const
) {
  Deno.test(`backward after evaluate or fit says to call forward again: ${layer}`, async () => {
    const model = build(), gradOut = Tensor.ones([4, 2]);
    const runs = [
      () => void evaluate(model, data),
      async () => {
        for await (const _ of fit(model, data, { optimizer: new SGD(model.parameters()), batchSize: 4 }));
      },
    ];
    for (const run of runs) {
      model.forward(data.images);
      await run();
      const { message } = assertThrows(() => model.backward(gradOut), Error);
      assertEquals(
        message,
        `${layer}.backward takes what forward computed, and its memory was released: call forward again, ` +
          "as evaluate or fit ran since",
      );
      model.forward(data.images);
      assertEquals(model.backward(gradOut).shape, [4, 1, 3, 3]);
    }
  });
}

Deno.test("a gradient of another batch: it belongs to the latest forward", () => {
  const model = convolution();
  model.forward(data.images.slice(0, 3));
  evaluate(model, data);
  const { message } = assertThrows(() => model.backward(Tensor.ones([3, 2])), RangeError);
  assert(
    message.startsWith(
      "fc1.backward takes the gradient of its output, [4, 2], and got [3, 2]: it belongs to the latest",
    ),
    message,
  );
});
