// A gradient check calls no right layer wrong because of digits that are lost inside the layer, and still finds a wrong
// one there.
import { assert, assertEquals } from "@std/assert";
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  CrossEntropyLoss,
  FC,
  gradCheck,
  gradCheckLoss,
  Layer,
  Module,
  MSELoss,
  Random,
  Softmax,
  Tanh,
  Tensor,
} from "../../mod.ts";

const dtype = "float64";

/** Numbers of this mean and deviation 1. */
function around(mean: number, shape: number[], random: Random): Tensor {
  return Tensor.randn(shape, { random, dtype }).plus(mean);
}

class Off extends BatchNorm {
  override backward(gradOut: Tensor): Tensor {
    return super.backward(gradOut).times(1.0001);
  }
}

/** The sine of what is left without the mean: a layer that the library does not have. */
class Centered extends Layer {
  #centered?: Tensor;
  forward(x: Tensor): Tensor {
    this.#centered = x.minus(x.mean());
    return this.#centered.map(Math.sin);
  }
  backward(gradOut: Tensor): Tensor {
    const slopes = gradOut.times(this.saved(this.#centered).map(Math.cos));
    return slopes.minus(slopes.mean());
  }
}

for (const mean of [1e3, 1e4, 1e5]) {
  Deno.test(`right layers are not called wrong on numbers near ${mean}, and a wrong one is found`, () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = new Random(seed);
      const [rows, images] = [around(mean, [8, 2], random), around(mean, [3, 2, 3, 3], random)];
      const norm = (features: number) => new BatchNorm({ features, dtype });
      const fc = new FC({ inFeatures: 2, outFeatures: 3, dtype, random });
      const conv = new Conv2D({ inChannels: 2, outChannels: 2, kernelSize: 2, dtype, random });
      const checks: [Layer, Tensor][] = [
        [norm(2), rows],
        [norm(2), images],
        [new Module([fc, norm(3), new Tanh()]), rows],
        [new Module([conv, norm(2), new AvgPool2D({ kernelSize: 2 })]), images],
        [new Softmax(), rows],
      ];
      for (const [layer, x] of checks) {
        const report = gradCheck(layer, x, { random });
        assert(report.passed, `seed ${seed}: ${report}`);
      }
      assert(gradCheckLoss(new MSELoss(), rows, around(mean, [8, 2], random)).passed);
      assert(gradCheckLoss(new CrossEntropyLoss(), rows, [0, 1, 0, 1, 0, 1, 1, 0]).passed);
      for (const x of [rows, images]) {
        assert(!gradCheck(new Off({ features: 2, dtype }), x, { random }).passed, `seed ${seed}: not found`);
      }
    }
  });
}

Deno.test("batch norm is called right 100 times of 100 on numbers near 10,000", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed);
    const report = gradCheck(new BatchNorm({ features: 2, dtype }), around(1e4, [8, 2], random), { random });
    assert(report.passed, `seed ${seed}: ${report}`);
  }
});

Deno.test("what is lost inside a layer of your own is measured as well", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = new Random(seed);
    const x = around(1e4, [6], random);
    const report = gradCheck(new Centered(), x, { random });
    assert(report.passed, `seed ${seed}: ${report}`);
  }
});

Deno.test("a step that rounding would swallow is not tried, and no number is left moved", () => {
  const random = new Random(1);
  const x = around(1e10, [8, 2], random), before = x.toArray();
  gradCheck(new BatchNorm({ features: 2, dtype }), x, { random });
  assertEquals(x.toArray(), before);
});
