// How much of the kernel's memory a network in training holds.
import { assert, assertEquals } from "@std/assert";
import { Dropout, FC, Module, Random, ReLU, Tensor } from "../../mod.ts";
import { kernelFor, setFloat32Kernel } from "../../lib/kernel/select.ts";
import { createSimdKernel, type SimdKernel } from "../../lib/kernel/simd.ts";

/** Runs `body` on a SIMD kernel of its own, whose ReLU first reports how many bytes are in use. */
function withKernel(body: (kernel: SimdKernel, seen: number[]) => void): void {
  const before = kernelFor("float32"), kernel = createSimdKernel({ threads: 1 });
  if (typeof kernel === "string") throw new Error(kernel);
  const seen: number[] = [];
  const reluForward: SimdKernel["reluForward"] = (x, out) => {
    seen.push(kernel.machine.store.arena.used);
    kernel.reluForward(x, out);
  };
  try {
    setFloat32Kernel({ ...kernel, threads: 1, reluForward });
    body(kernel, seen);
  } finally {
    setFloat32Kernel(before);
  }
}

Deno.test("dropout gives the memory of its mask back when it draws the next one", () => {
  withKernel(({ machine }) => {
    const random = new Random(1), model = new Module([new Dropout({ rate: 0.5, random }), new ReLU()]);
    const x = Tensor.ones([100, 100]), { arena } = machine.store;
    const outputs = [model.forward(x)]; // kept, so that no garbage collector has a say
    const before = arena.used, size = 40_960; // of 10,000 numbers
    for (let i = 0; i < 5; i++) outputs.push(model.forward(x));
    assertEquals(arena.used - before, 5 * size);
  });
});

Deno.test("the second forward of a network needs hardly more memory than the first", () => {
  withKernel((_, seen) => {
    const random = new Random(1), width = 100;
    const dense = () => new FC({ inFeatures: width, outFeatures: width, random });
    const model = new Module([dense(), new ReLU(), dense(), new ReLU(), dense(), new ReLU(), dense(), new ReLU()]);
    const x = Tensor.ones([100, width]);
    const outputs = [1, 2, 3].map(() => model.forward(x));
    assertEquals([outputs.length, seen.length], [3, 12]);
    const [first, , third] = [seen.slice(0, 4), seen.slice(4, 8), seen.slice(8)].map((used) => Math.max(...used));
    assert(third - first <= 4 * 40_960, `${first} bytes, then ${third}`); // two outputs, and what is on its way
  });
});
