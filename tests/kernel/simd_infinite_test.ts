// A weight that is not finite: the reference leaves the padding out, where a multiplication by zero would give NaN.
import { assertEquals } from "@std/assert";
import { referenceKernel } from "../../lib/kernel/reference.ts";
import { simdKernel } from "./kernels.ts";

Deno.test("an infinite weight does not meet the padding, wherever in the weights it is", () => {
  const kernel = simdKernel({ threads: 1 });
  const shape = {
    batch: 1,
    inChannels: 1,
    outChannels: 1,
    height: 4,
    width: 4,
    kernelHeight: 3,
    kernelWidth: 3,
    strideHeight: 1,
    strideWidth: 1,
    paddingHeight: 1,
    paddingWidth: 1,
    outHeight: 4,
    outWidth: 4,
  };
  const x = new Float32Array(16).fill(1);
  for (let i = 0; i < 9; i++) {
    const weight = new Float32Array(9);
    weight[i] = Infinity;
    const [wanted, found] = [new Float32Array(16), new Float32Array(16)];
    referenceKernel.convForward(shape, x, weight, undefined, wanted);
    kernel.convForward(shape, x, weight, undefined, found);
    assertEquals(found, wanted, `weight ${i}`);
  }
  kernel.machine.close();
});
