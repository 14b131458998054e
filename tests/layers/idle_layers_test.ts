// What training does not compute: gradients that no parameter needs.
import { assertEquals } from "@std/assert";
import { FC, Flatten, Layer, Module, Random, ReLU, Tensor } from "../../mod.ts";

const random = new Random(1);
const x = Tensor.randn([3, 1, 2, 2], { random }), gradOut = Tensor.randn([3, 5], { random });

function network(): Module {
  return new Module([new Flatten(), new ReLU(), new FC({ inFeatures: 4, outFeatures: 5, random: new Random(2) })]);
}

/** Calls `run` and returns the names of the classes whose `backward` was called. */
function backwardCalls(run: () => void): string[] {
  const called: string[] = [];
  const originals = [Flatten, ReLU, FC].map(({ name, prototype }) => {
    const { backward } = prototype;
    prototype.backward = function (this: Layer, grad: Tensor) {
      called.push(name);
      return (backward as (this: Layer, grad: Tensor) => Tensor).call(this, grad);
    };
    return () => prototype.backward = backward;
  });
  try {
    run();
  } finally {
    for (const restore of originals) restore();
  }
  return called;
}

Deno.test("backwardParameters leaves out the layers before the first parameter, and the parameters get the same gradients", () => {
  const [whole, spared] = [network(), network()];
  whole.forward(x);
  spared.forward(x);
  assertEquals(backwardCalls(() => whole.backward(gradOut)), ["FC", "ReLU", "Flatten"]);
  assertEquals(backwardCalls(() => spared.backwardParameters(gradOut)), []);
  assertEquals(
    spared.parameters().map(({ grad }) => grad.toArray()),
    whole.parameters().map(({ grad }) => grad.toArray()),
  );
});

Deno.test("backwardParameters does not leave out a layer that somebody else wrote", () => {
  let called = 0;
  class Own extends Layer {
    forward(x: Tensor): Tensor {
      return x;
    }
    backward(gradOut: Tensor): Tensor {
      called++;
      return gradOut;
    }
  }
  const model = new Module([new Flatten(), new Own(), new FC({ inFeatures: 4, outFeatures: 5 })]);
  model.forward(x);
  model.backwardParameters(gradOut);
  assertEquals(called, 1);
});
