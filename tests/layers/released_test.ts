// A module gives the memory of its own tensors back, and never that of a tensor which somebody else may still read.
import { assertEquals } from "@std/assert";
import { CrossEntropyLoss, FC, type Layer, Module, Random, Tanh, Tensor } from "../../mod.ts";

const random = new Random(1);
const dense = (inFeatures: number, outFeatures: number) => new FC({ inFeatures, outFeatures, random });
const drawn = (...shape: number[]) => Tensor.randn(shape, { random });
const networks = {
  "one layer": () => new Module([dense(3, 2)]),
  "several layers": () => new Module([dense(3, 4), new Tanh(), dense(4, 2)]),
  "modules inside of a module": () => new Module([new Module([dense(3, 4), new Tanh()]), new Module([dense(4, 2)])]),
};

for (const [name, make] of Object.entries(networks)) {
  for (const way of ["backward", "backwardParameters"] as const) {
    Deno.test(`the gradient that the caller passed to ${way} is theirs to read and to use again: ${name}`, () => {
      const model = make();
      const x = drawn(5, 3);
      const loss = new CrossEntropyLoss();
      loss.forward(model.forward(x), [0, 1, 1, 0, 1]);
      const gradOut = loss.backward(); // lies in the memory of the kernel, which would hand it out again
      const before = gradOut.toArray();
      model[way](gradOut);
      const once = model.parameters().map(({ grad }) => grad.toArray());
      assertEquals(gradOut.toArray(), before);
      model.zeroGrad();
      model.forward(x);
      model[way](gradOut);
      assertEquals(model.parameters().map(({ grad }) => grad.toArray()), once);
    });
  }

  Deno.test(`what one forward gave is there after the next: ${name}`, () => {
    const model = make();
    const first = model.forward(drawn(5, 3));
    const before = first.toArray();
    for (let i = 0; i < 3; i++) model.forward(drawn(5, 3));
    assertEquals(first.toArray(), before);
  });
}

/** A layer that keeps each tensor it meets, in a list that others read. */
type Keeping = [layer: Layer, kept: Tensor[]];

function keepingModule(): Keeping {
  const kept: Tensor[] = [];
  class Kept extends Module {
    override forward(x: Tensor): Tensor {
      kept.push(x);
      return super.forward(x);
    }
    override backward(gradOut: Tensor): Tensor {
      kept.push(gradOut);
      return super.backward(gradOut);
    }
  }
  return [new Kept([new Tanh()]), kept];
}

function keepingInstance(): Keeping {
  const [tanh, kept] = [new Tanh(), [] as Tensor[]];
  tanh.forward = (x) => {
    kept.push(x);
    return Tanh.prototype.forward.call(tanh, x);
  };
  return [tanh, kept];
}

function keepingGradient(): Keeping {
  const [tanh, kept] = [new Tanh(), [] as Tensor[]];
  tanh.backward = (gradOut) => {
    kept.push(gradOut);
    return Tanh.prototype.backward.call(tanh, gradOut);
  };
  return [tanh, kept];
}

for (
  const [name, make] of Object.entries({
    "a module with its own forward": keepingModule,
    "a forward over an instance": keepingInstance,
    "a backward over an instance": keepingGradient,
  })
) {
  Deno.test(`a tensor that passed through a network is not given back where a layer may have kept it: ${name}`, () => {
    const [layer, kept] = make();
    const model = new Module([dense(3, 4), layer, dense(4, 2)]);
    model.forward(drawn(5, 3));
    model.backward(drawn(5, 2));
    const before = kept.map((tensor) => tensor.toArray());
    for (let i = 0; i < 3; i++) {
      model.forward(drawn(5, 3));
      model.backward(drawn(5, 2));
    }
    assertEquals(kept.slice(0, before.length).map((tensor) => tensor.toArray()), before);
    assertEquals(before.length > 0, true);
  });
}
