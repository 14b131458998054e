// Losses: stable, a mean that is the sum over N with gradients that agree, and errors that tell what to do.
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CrossEntropyLoss, type Loss, MSELoss, Random, type Reduction, Tensor } from "../../mod.ts";

const types = ["float32", "float64"] as const;

for (const dtype of types) {
  const near = { float32: 1e-6, float64: 1e-14 }[dtype];
  const logits = (rows: number[][]) => Tensor.from(rows, undefined, { dtype });

  Deno.test(`cross entropy is finite and right at ±1000, ${dtype}`, () => {
    const loss = new CrossEntropyLoss({ reduction: "sum" });
    assertEquals(loss.forward(logits([[1000, -1000]]), [0]), 0);
    assertEquals([...loss.backward().data], [0, 0]);
    assertEquals(loss.forward(logits([[1000, -1000]]), [1]), 2000); // not log 0
    assertEquals([...loss.backward().data], [1, -1]);
    assertAlmostEquals(loss.forward(logits([[1000, 1000], [-1000, -1000]]), [0, 1]), 2 * Math.LN2, near);
    assertEquals([...loss.backward().data], [-0.5, 0.5, 0.5, -0.5]);
    for (const shift of [-1000, 0, 1000]) {
      assertAlmostEquals(loss.forward(logits([[1 + shift, 2 + shift, 3 + shift]]), [0]), 2.4076059644443806, near);
    }
  });

  Deno.test(`cross entropy of extremes: no NaN, and infinite only for infinite logits, ${dtype}`, () => {
    const loss = new CrossEntropyLoss();
    const random = new Random(1);
    for (const scale of [1, 100, 1e4, 1e30]) {
      const given = Tensor.randn([20, 10], { random, dtype }).times(scale);
      assert(Number.isFinite(loss.forward(given, Array.from({ length: 20 }, () => random.integer(10)))));
      assert(loss.backward().data.every(Number.isFinite));
    }
    assertEquals(loss.forward(logits([[0, -Infinity]]), [0]), 0);
    assertEquals(loss.forward(logits([[0, -Infinity]]), [1]), Infinity); // the right answer was ruled out
    assertEquals(loss.forward(logits([[NaN, 0]]), [1]), NaN);
  });

  Deno.test(`the mean is the sum over N, and so are the gradients, ${dtype}`, () => {
    const random = new Random(2);
    const prediction = Tensor.randn([6, 4], { random, dtype });
    const target = Tensor.randn([6, 4], { random, dtype });
    const both = (run: (reduction: Reduction) => { value: number; grad: Tensor }) => {
      const [mean, sum] = [run("mean"), run("sum")];
      assertAlmostEquals(mean.value * 6, sum.value, 1e-12);
      for (const [i, value] of mean.grad.data.entries()) assertAlmostEquals(value * 6, sum.grad.data[i], 6 * near);
    };
    both((reduction) => {
      const loss = new CrossEntropyLoss({ reduction });
      return { value: loss.forward(prediction, [0, 1, 2, 3, 0, 1]), grad: loss.backward() };
    });
    both((reduction) => {
      const loss = new MSELoss({ reduction });
      return { value: loss.forward(prediction, target), grad: loss.backward() };
    });
  });

  Deno.test(`a loss does not write to its arguments, and returns a new gradient each time, ${dtype}`, () => {
    const prediction = Tensor.randn([3, 4], { random: new Random(3), dtype });
    const target = Tensor.randn([3, 4], { random: new Random(4), dtype });
    const [before, aim, labels] = [prediction.toArray(), target.toArray(), [0, 1, 2]];
    const check = (forward: () => number, backward: () => Tensor) => {
      const value = forward();
      const [first, second] = [backward(), backward()];
      const kept = first.toArray();
      assertEquals(second.toArray(), kept);
      second.data.fill(7);
      assertEquals(forward(), value);
      backward();
      assertEquals(first.toArray(), kept);
      assertEquals([prediction.toArray(), target.toArray(), labels], [before, aim, [0, 1, 2]]);
      assertEquals([first.shape, first.dtype], [[3, 4], dtype]);
    };
    const [entropy, squares] = [new CrossEntropyLoss(), new MSELoss()];
    check(() => entropy.forward(prediction, labels), () => entropy.backward());
    check(() => squares.forward(prediction, target), () => squares.backward());
  });
}

Deno.test("the gradient belongs to the labels of forward, even if the array changes later", () => {
  const loss = new CrossEntropyLoss();
  const labels = new Uint8Array([1]);
  loss.forward(Tensor.zeros([1, 2]), labels);
  labels[0] = 0;
  assertEquals(loss.backward().toArray(), [[0.5, -0.5]]);
});

Deno.test("the squared error is summed over features and averaged over samples", () => {
  const [prediction, target] = [Tensor.from([[1, 2], [3, 4]]), Tensor.from([[0, 0], [0, 0]])];
  assertEquals(new MSELoss().forward(prediction, target), 15);
  assertEquals(new MSELoss({ reduction: "sum" }).forward(prediction, target), 30);
});

Deno.test("cross entropy refuses bad labels: which one, its value, and the valid range", () => {
  const loss = new CrossEntropyLoss();
  const logits = Tensor.zeros([2, 3]);
  const bads = [[3, "3"], [-1, "-1"], [1.5, "1.5"], [NaN, "NaN"], [undefined, "undefined"], ["1", 'the text "1"']];
  for (const [bad, said] of bads as [number, string][]) {
    const type = typeof bad === "number" ? RangeError : TypeError;
    const { message } = assertThrows(() => loss.forward(logits, [0, bad]), type);
    assertStringIncludes(
      message,
      `Label 1 is ${said} and the logits have 3 classes: labels are whole numbers from 0 to 2`,
    );
  }
  assertThrows(() => loss.forward(logits, [0]), RangeError, "1 labels for 2 samples");
  assertThrows(() => loss.forward(logits, [0, 1, 2]), RangeError, "3 labels for 2 samples");
  const oneHot = Tensor.from([[1, 0, 0], [0, 1, 0]]) as unknown as number[];
  assertThrows(() => loss.forward(logits, oneHot), TypeError, "and got Tensor: use argmax()");
  assertThrows(
    () => loss.forward(logits, null as unknown as number[]),
    TypeError,
    "labels as an array, one class index for each sample, and got null",
  );
  assertThrows(() => loss.forward(logits, 1 as unknown as number[]), TypeError, "and got the number 1");
});

Deno.test("losses refuse predictions of the wrong shape or type, and empty batches", () => {
  const [entropy, squares] = [new CrossEntropyLoss(), new MSELoss()];
  assertThrows(() => entropy.forward(Tensor.zeros([0, 3]), []), RangeError, "N ≥ 1, and got [0, 3]");
  assertThrows(() => entropy.forward(Tensor.zeros([3]), [0, 1, 2]), RangeError, "logits [N, C], N ≥ 1, and got [3]");
  assertThrows(
    () => entropy.forward([[1, 2]] as unknown as Tensor, [0]),
    TypeError,
    "logits as a tensor [N, C] and got Array",
  );
  assertThrows(() => squares.forward(Tensor.zeros([0, 3]), Tensor.zeros([0, 3])), RangeError, "not empty");
  assertThrows(
    () => squares.forward(Tensor.zeros([3, 1]), Tensor.zeros([3])),
    RangeError,
    "[3, 1] and [3]: reshape one",
  );
  assertThrows(
    () => squares.forward(Tensor.zeros([3]), [1, 2, 3] as unknown as Tensor),
    TypeError,
    "got Tensor and Array: use Tensor.from",
  );
  const number = Tensor.from(5).reshape([]);
  assertThrows(() => squares.forward(number, number), RangeError, "one shape [N, …], not empty, and got [] and []");
  const double = Tensor.zeros([3], { dtype: "float64" });
  assertThrows(() => squares.forward(Tensor.zeros([3]), double), TypeError, "got float32 and float64");
  assertThrows(() => new MSELoss({ reduction: "none" as "sum" }), RangeError, '"mean" or "sum" and got "none"');
});

Deno.test("backward without forward tells so, and a refused forward leaves the one before", () => {
  for (const loss of [new CrossEntropyLoss(), new MSELoss()] as Loss<never>[]) {
    assertThrows(() => loss.backward(), Error, "call forward first");
  }
  const loss = new CrossEntropyLoss();
  loss.forward(Tensor.zeros([1, 2]), [0]);
  assertThrows(() => loss.forward(Tensor.zeros([1, 2]), [5]), RangeError);
  assertEquals(loss.backward().toArray(), [[-0.5, 0.5]]);
});
