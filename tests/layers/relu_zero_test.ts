// Zero has a sign: what ReLU makes of -0 is 0, so that nothing prints or divides as if it were negative.
import { assert } from "@std/assert";
import { ReLU, Tensor } from "../../mod.ts";

for (const dtype of ["float32", "float64"] as const) {
  Deno.test(`ReLU gives 0 and not -0, for -0 and for what is below, ${dtype}`, () => {
    const { data } = new ReLU().forward(Tensor.from([[-0, 0, -1, -Infinity, -0]], undefined, { dtype }));
    assert(data.every((value) => Object.is(value, 0)), String(data.map((value) => 1 / value)));
  });
}
