// A gradient check leaves no trace, refuses what it cannot judge, and its report says which element and the likely
// cause.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import {
  BatchNorm,
  Conv2D,
  CrossEntropyLoss,
  Dropout,
  FC,
  Flatten,
  gradCheck,
  gradCheckLoss,
  Layer,
  Module,
  MSELoss,
  Random,
  ReLU,
  Tensor,
} from "../../mod.ts";

const dtype = "float64";

/** A layer with a batch norm inside that is not a module. */
class Wrapped extends Layer {
  readonly inner: BatchNorm = new BatchNorm({ features: 3, dtype });
  forward(x: Tensor): Tensor {
    return this.inner.forward(x);
  }
  backward(gradOut: Tensor): Tensor {
    return this.inner.backward(gradOut);
  }
  override parameters() {
    return this.inner.parameters();
  }
}

function network(random: Random): { model: Module; dropout: Dropout; wrapped: Wrapped } {
  const dropout = new Dropout({ rate: 0.5, random: random.fork() });
  const wrapped = new Wrapped();
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 2, dtype, random }),
    new BatchNorm({ features: 2, dtype }),
    new ReLU(),
    new Flatten(),
    new Module([new FC({ inFeatures: 18, outFeatures: 3, dtype, random }), wrapped, dropout]),
  ]);
  return { model, dropout, wrapped };
}

/** Everything in a network that a check might leave changed. */
function state(model: Module, wrapped: Wrapped): unknown {
  return {
    parameters: model.parameters().map(({ name, value, grad }) => [name, value.toArray(), grad.toArray()]),
    buffers: [...model.buffers(), ...wrapped.inner.buffers()].map(({ value }) => value.toArray()),
    training: model.layers.map(({ training }) => training),
  };
}

Deno.test("gradCheck restores values, gradients and running statistics, bit for bit", () => {
  const random = new Random(1);
  const { model, wrapped } = network(random);
  const x = Tensor.zeros([2, 1, 4, 4], { dtype }); // kinks everywhere, so that nearby points are checked as well
  for (const { grad } of model.parameters()) grad.data.fill(7);
  const [before, image] = [state(model, wrapped), x.toArray()];
  assert(gradCheck(model, x).passed);
  assertEquals(state(model, wrapped), before);
  assertEquals(x.toArray(), image);
});

Deno.test("gradCheck restores everything if a layer throws in the middle of it", () => {
  const { model, wrapped, dropout } = network(new Random(1));
  const x = Tensor.randn([2, 1, 4, 4], { random: new Random(2), dtype });
  const before = state(model, wrapped);
  for (const failing of [2, 5, 100]) {
    let calls = 0;
    const forward = wrapped.inner.forward.bind(wrapped.inner);
    wrapped.inner.forward = (given) => {
      if (++calls === failing) throw new Error("out of order");
      return forward(given);
    };
    assertThrows(() => gradCheck(model, x), Error, "out of order");
    wrapped.inner.forward = forward;
    assertEquals(state(model, wrapped), before);
    assertEquals(dropout.frozen, false);
  }
});

Deno.test("gradCheck does not change the masks that training draws after it", () => {
  const x = Tensor.randn([2, 1, 4, 4], { random: new Random(2), dtype });
  const [checked, other] = [network(new Random(1)).model, network(new Random(1)).model];
  gradCheck(checked, x);
  assertEquals(checked.forward(x).toArray(), other.forward(x).toArray());
});

Deno.test("gradCheck leaves a dropout that was frozen before as it was", () => {
  const dropout = new Dropout({ rate: 0.5, random: new Random(1) });
  dropout.frozen = true;
  assert(gradCheck(dropout, Tensor.ones([3, 4], { dtype })).passed);
  assertEquals(dropout.frozen, true);
});

Deno.test("gradCheck checks a layer in evaluation mode in that mode", () => {
  const norm = new BatchNorm({ features: 3, dtype });
  norm.training = false;
  const report = gradCheck(norm, Tensor.randn([1, 3], { random: new Random(1), dtype })); // one number per channel
  assert(report.passed, String(report));
  assertEquals(norm.training, false);
});

Deno.test("gradCheck refuses float32, naming what is float32 and what to do", () => {
  const x = Tensor.zeros([1, 2], { dtype });
  const layer = new FC({ inFeatures: 2, outFeatures: 1, dtype, name: "hidden" });
  const told = 'build layers and tensors with dtype "float64"';
  const single = new FC({ inFeatures: 2, outFeatures: 1, name: "hidden" });
  assertStringIncludes(
    assertThrows(() => gradCheck(layer, Tensor.zeros([1, 2])), TypeError).message,
    `gradCheck takes x in float64 and got float32: ${told}`,
  );
  assertStringIncludes(
    assertThrows(() => gradCheck(single, x), TypeError).message,
    `gradCheck takes hidden.weight in float64 and got float32: ${told}`,
  );
  assertThrows(
    () => gradCheckLoss(new CrossEntropyLoss(), Tensor.zeros([1, 2]), [0]),
    TypeError,
    "takes prediction in float64 and got float32",
  );
  assertThrows(() => gradCheck(layer, [1, 2] as unknown as Tensor), TypeError, "x as a tensor and got Array");
});

Deno.test("gradCheck refuses a gradient of another shape or dtype than its tensor", () => {
  const relu = new ReLU();
  const x = Tensor.ones([2, 3], { dtype });
  const refused = (gradient: unknown, type: typeof RangeError | typeof TypeError, message: string) => {
    relu.backward = () => gradient as Tensor;
    assertThrows(() => gradCheck(relu, x), type, message);
  };
  for (const shape of [[2], [3, 2], [6], [1, 2, 3]]) {
    refused(
      Tensor.ones(shape, { dtype }),
      RangeError,
      `takes the gradient of x as [2, 3] and got [${shape.join(", ")}] from ReLU.backward: a gradient has the shape of`,
    );
  }
  refused(
    Tensor.ones([2, 3]),
    TypeError,
    "takes the gradient of x as float64 and got float32 from ReLU.backward: a gradient has the dtype",
  );
  refused(undefined, TypeError, "takes the gradient of x as a tensor and got undefined from ReLU.backward");
  const loss = new CrossEntropyLoss();
  loss.backward = () => Tensor.ones([3, 2], { dtype });
  assertThrows(
    () => gradCheckLoss(loss, x, [0, 1]),
    RangeError,
    "the gradient of prediction as [2, 3] and got [3, 2] from CrossEntropyLoss.backward",
  );
});

Deno.test("gradCheck finds a flatten that sends the gradient back flat", () => {
  class Flat extends Layer {
    forward(x: Tensor): Tensor {
      return x.reshape([x.shape[0], -1]);
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut;
    }
  }
  const x = Tensor.randn([2, 1, 2, 2], { random: new Random(1), dtype });
  assertThrows(
    () => gradCheck(new Flat(), x),
    RangeError,
    "the gradient of x as [2, 1, 2, 2] and got [2, 4] from Flat.backward",
  );
});

/** A fully connected layer that replaces gradients instead of adding to them. */
class Replacing extends FC {
  override backward(gradOut: Tensor): Tensor {
    this.weight.zeroGrad();
    if (this.bias && this.replacesBias) this.bias.zeroGrad();
    return super.backward(gradOut);
  }
  replacesBias = true;
}

Deno.test("gradCheck finds a backward that replaces the gradients of the parameters, and names them", () => {
  const layer = new Replacing({ inFeatures: 3, outFeatures: 2, dtype, random: new Random(1) });
  const x = Tensor.randn([4, 3], { random: new Random(2), dtype });
  const report = gradCheck(layer, x);
  assertEquals([report.passed, report.failures, report.overwritten], [false, [], ["fc.weight", "fc.bias"]]);
  const lines = String(report).split("\n");
  assertEquals(lines[0], "Replacing: all 20 gradients agree, if backward runs once");
  assertEquals(
    lines.at(-1),
    "  a second backward does not double the gradients of fc.weight, fc.bias: backward must add to grad",
  );
  layer.replacesBias = false;
  assertEquals(gradCheck(layer, x).overwritten, ["fc.weight"]);
});

Deno.test("gradCheck refuses a step or a tolerance that is not above 0", () => {
  const x = Tensor.ones([2], { dtype });
  for (const option of ["epsilon", "tolerance"]) {
    for (const value of [0, -1e-5, NaN, Infinity]) {
      const message = `gradCheck takes ${option} as a number above 0 and got ${value}`;
      assertThrows(() => gradCheck(new ReLU(), x, { [option]: value }), RangeError, message);
      assertThrows(() => gradCheckLoss(new MSELoss(), x, x, { [option]: value }), RangeError, message);
    }
  }
});

/** A layer y = 3x that says it is `claimed`. */
class Triple extends Layer {
  constructor(readonly claimed: (gradOut: Tensor) => Tensor) {
    super();
  }
  forward(x: Tensor): Tensor {
    return x.times(3);
  }
  backward(gradOut: Tensor): Tensor {
    return this.claimed(gradOut);
  }
}

for (
  const [cause, claimed] of [
    ["6 times", (g: Tensor) => g.times(18)],
    ["right except for its sign", (g: Tensor) => g.times(-3)],
    ["is 0 where it should not be", (g: Tensor) => g.times(0)],
    ["not finite", (g: Tensor) => g.times(NaN)],
  ] as const
) {
  Deno.test(`the report names the likely cause: ${cause}`, () => {
    const report = gradCheck(new Triple(claimed), Tensor.randn([2, 3], { random: new Random(1), dtype }));
    assertEquals([report.passed, report.failures.length, report.checked], [false, 6, 6]);
    const { worst } = report;
    const lines = String(report).split("\n");
    assertEquals(lines[0], "Triple: 6 of 6 gradients are wrong");
    assertStringIncludes(lines[1], `worst: x[${worst!.place.join(", ")}]  backward says `);
    assertStringIncludes(lines[1], `, measured ${worst!.numeric.toPrecision(8)}`);
    assertMatch(lines[2], /^ {9}relative error \S+ \(up to 1e-7 passes\)$/);
    assertStringIncludes(lines[3], cause);
  });
}

Deno.test("the report calls others right only if there are others", () => {
  class HalfOfIt extends FC {
    override backward(gradOut: Tensor): Tensor {
      return super.backward(gradOut).map((v, i) => i === 0 ? 3 * v : i === 1 ? -v : v);
    }
  }
  class Squares extends Layer {
    #x?: Tensor;
    forward(x: Tensor): Tensor {
      this.#x = x;
      return x.times(x);
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut.times(this.saved(this.#x)).map((v, i) => i === 0 ? v : 2 * v);
    }
  }
  const x = Tensor.randn([2, 3], { random: new Random(1), dtype });
  const fc = new HalfOfIt({ inFeatures: 3, outFeatures: 2, dtype, random: new Random(2) });
  assertStringIncludes(String(gradCheck(fc, x)), "only the gradient of x is wrong; the others are right");
  const alone = String(gradCheck(new Squares(), x));
  assertMatch(alone, /^Squares: 1 of 6 gradients are wrong/);
  assert(!alone.includes("others"), alone);
});

Deno.test("the report says what an error is relative to, if that is not the size of the slopes", () => {
  class Tiny extends Layer {
    forward(x: Tensor): Tensor {
      return x.map((value) => 1 + 1e-6 * value);
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut.map((g) => 1e-6 * g);
    }
  }
  const report = gradCheck(new Tiny(), Tensor.randn([5], { random: new Random(1), dtype }));
  const { analytic, numeric, error } = report.worst!;
  const [, said, to] = /error (\S+) relative to (\S+), as rounding/.exec(String(report)) ?? [];
  assertEquals([report.passed, said], [true, error.toExponential(1)]);
  assertAlmostEquals(Math.abs(analytic - numeric) / Number(to), error, 0.5 * error);
});

Deno.test("gradCheck refuses a step that is lost beside a large number, and leaves no trace", () => {
  const layer = new FC({ inFeatures: 1, outFeatures: 1, dtype });
  layer.weight.value = Tensor.from([[2 ** 50]]);
  const message = "got 0.00001: 1125899906842624 + 0.00001 is 1125899906842624 in float64, so take a larger epsilon";
  assertThrows(() => gradCheck(layer, Tensor.ones([1, 1], { dtype })), RangeError, message);
  assertEquals(layer.weight.value.toArray(), [[2 ** 50]]);
});

Deno.test("the report says first that forward returns NaN or ∞", () => {
  class Log extends Layer {
    #x?: Tensor;
    forward(x: Tensor): Tensor {
      this.#x = x;
      return x.map(Math.log);
    }
    backward(gradOut: Tensor): Tensor {
      const x = this.saved(this.#x);
      return gradOut.map((g, i) => g / x.data[i]);
    }
  }
  for (const numbers of [[-1, -2], [0, 1]]) {
    const report = gradCheck(new Log(), Tensor.from(new Float64Array(numbers)));
    assertEquals(report.passed, false);
    assertStringIncludes(String(report).split("\n")[3], "forward returns NaN or ∞ here");
  }
});

Deno.test("a report of nothing has not passed", () => {
  const report = gradCheck(new ReLU(), Tensor.zeros([0, 3], { dtype }));
  assertEquals([report.passed, report.checked, String(report)], [false, 0, "ReLU: no element to check"]);
});

Deno.test("a layer that writes into what it was given is found, even if its numbers are right", () => {
  class InPlace extends ReLU {
    override backward(gradOut: Tensor): Tensor {
      gradOut.data.set(super.backward(gradOut).data);
      return gradOut;
    }
  }
  class Shortcut extends Layer {
    readonly relu: ReLU = new InPlace();
    forward(x: Tensor): Tensor {
      return this.relu.forward(x).plus(x);
    }
    backward(gradOut: Tensor): Tensor {
      return this.relu.backward(gradOut).plus(gradOut);
    }
  }
  class Overwrites extends ReLU {
    override forward(x: Tensor): Tensor {
      x.data[0] = 1; // a second time, this changes nothing
      return super.forward(x);
    }
  }
  class Shifts extends ReLU {
    #x?: Tensor;
    override forward(x: Tensor): Tensor {
      this.#x = x;
      return super.forward(x);
    }
    override backward(gradOut: Tensor): Tensor {
      this.#x!.data[0] += 1e-9;
      return super.backward(gradOut);
    }
  }
  const x = Tensor.randn([4, 5], { random: new Random(1), dtype });
  const kept = x.clone();

  const inPlace = gradCheck(new InPlace(), x);
  assertEquals([inPlace.passed, inPlace.failures, inPlace.changed], [false, [], ["gradOut"]]);
  assertStringIncludes(String(inPlace), "writes into gradOut, which it was given: make a new tensor");

  const shortcut = gradCheck(new Shortcut(), x);
  assertEquals(shortcut.failures.length, x.data.filter((v) => v < 0).length);
  assertEquals(shortcut.changed, ["gradOut"]);

  for (const layer of [new Overwrites(), new Shifts()]) {
    const report = gradCheck(layer, x);
    assertEquals([report.passed, report.changed], [false, ["x"]]);
  }
  assertEquals(x.data, kept.data);
  assertEquals(gradCheck(new ReLU(), x).changed, []);
});
