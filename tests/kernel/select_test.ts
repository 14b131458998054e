// Choosing a kernel again and again, while tensors of the previous one are in use.
import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { FC, Random, Tensor, useKernel } from "../../mod.ts";
import { kernelFor } from "../../lib/kernel/select.ts";
import type { SimdKernel } from "../../lib/kernel/simd.ts";

function chosen(threads: number): SimdKernel {
  assertEquals(
    useKernel({ threads }),
    `float32 by the simd kernel, ${threads} ${threads === 1 ? "thread" : "threads"}`,
  );
  return kernelFor("float32") as SimdKernel;
}

Deno.test("choosing the same again keeps the kernel, even when another computed in between", () => {
  const kernel = chosen(2);
  assertStrictEquals(chosen(2), kernel);
  useKernel({ kernel: "reference" });
  assertStrictEquals(chosen(2), kernel);
  assertEquals(kernel.threads, 2);
});

Deno.test("choosing another number of threads ends those of the previous kernel", () => {
  const two = chosen(2), three = chosen(3);
  assertNotStrictEquals(two, three);
  assertEquals([two.threads, three.threads], [1, 3]);
  assertNotStrictEquals(chosen(2), two);
  assertEquals(three.threads, 1);
});

Deno.test("a kernel that lost its threads is not chosen again", () => {
  const kernel = chosen(2);
  kernel.machine.close();
  assertNotStrictEquals(chosen(2), kernel);
});

Deno.test("tensors, weights and what a layer remembers stay usable with the next kernel", () => {
  chosen(2);
  const random = new Random(1), fc = new FC({ inFeatures: 40, outFeatures: 30, random });
  const x = Tensor.randn([50, 40], { random }), gradOut = Tensor.randn([50, 30], { random });
  const y = fc.forward(x), wanted = fc.backward(gradOut), grad = fc.weight.grad.toArray();
  for (const threads of [1, 3, 2]) {
    fc.zeroGrad();
    assertEquals(fc.forward(x).toArray(), y.toArray());
    chosen(threads); // between forward and backward
    assertEquals(fc.backward(gradOut).toArray(), wanted.toArray());
    assertEquals(fc.weight.grad.toArray(), grad);
  }
  useKernel({ kernel: "reference" });
  const reference = fc.forward(x).data;
  assert(y.data.every((value, i) => Math.abs(value - reference[i]) < 1e-5));
  useKernel();
});
