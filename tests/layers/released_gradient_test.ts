// A module gives the memory of its own tensors back, and never that of a gradient which the caller passed in.
import { assertEquals } from "@std/assert";
import { CrossEntropyLoss, FC, Module, Random, Tanh, Tensor } from "../../mod.ts";

const random = new Random(1);
const dense = (inFeatures: number, outFeatures: number) => new FC({ inFeatures, outFeatures, random });
const networks = {
  "one layer": () => new Module([dense(3, 2)]),
  "several layers": () => new Module([dense(3, 4), new Tanh(), dense(4, 2)]),
  "modules inside of a module": () => new Module([new Module([dense(3, 4), new Tanh()]), new Module([dense(4, 2)])]),
};

for (const [name, make] of Object.entries(networks)) {
  for (const way of ["backward", "backwardParameters"] as const) {
    Deno.test(`the gradient that the caller passed to ${way} is theirs to read and to use again: ${name}`, () => {
      const model = make();
      const x = Tensor.randn([5, 3], { random });
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
}
