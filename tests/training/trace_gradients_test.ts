// A trace shows the gradients of its own batch, whatever was left in the network before.
import { assertEquals } from "@std/assert";
import { FC, Module, Random, Tanh, Tensor, trace } from "../../mod.ts";

const random = new Random(1);
const x = Tensor.randn([4, 3], { random });
const labels = [0, 1, 1, 0];

Deno.test("the gradients in a trace hold nothing of an earlier backward", () => {
  const model = new Module([
    new FC({ inFeatures: 3, outFeatures: 5, random }),
    new Tanh(),
    new FC({ inFeatures: 5, outFeatures: 2, random }),
  ]);
  const look = () =>
    trace(model, x, { labels }).steps.map(({ parameters }) =>
      parameters.map(({ name, grad, range }) => ({ name, grad: grad.toArray(), range }))
    );
  const fresh = look();
  model.backward(model.forward(x));
  assertEquals(look(), fresh);
});
