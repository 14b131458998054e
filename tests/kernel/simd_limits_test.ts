// The limits of the machine: more chunks than a ticket can number, as many threads as there may be, and a trouble told once.
import { assertEquals, assertThrows } from "@std/assert";
import { useKernel } from "../../mod.ts";
import { referenceKernel } from "../../lib/kernel/reference.ts";
import { simdKernel } from "./kernels.ts";

Deno.test("a job of more chunks than a ticket can number is computed whole", () => {
  const kernel = simdKernel({ threads: 2, timeoutMs: 1000, start: () => ({ terminate() {} }) });
  const shape = { batch: 2, channels: 70_000, plane: 1 }; // a chunk for each channel
  const x = Float32Array.from({ length: 140_000 }, (_, i) => i % 1000);
  const statistics = (by: typeof kernel | typeof referenceKernel) => {
    const [mean, variance] = [new Float32Array(70_000), new Float32Array(70_000)];
    by.channelStatistics(shape, x, mean, variance);
    return { mean, variance };
  };
  assertEquals(statistics(kernel), statistics(referenceKernel));
});

Deno.test("a kernel takes 1 to 64 threads", () => {
  try {
    for (const threads of [1, 64]) useKernel({ kernel: "reference", threads });
    for (const threads of [0, 65, 1.5]) {
      assertThrows(
        () => useKernel({ kernel: "reference", threads }),
        RangeError,
        `1 to 64 threads, as a number, and got ${threads}`,
      );
    }
  } finally {
    useKernel();
  }
});

Deno.test("of several threads that fail the first is told of, and the others not", () => {
  const failures: ((error: Error) => void)[] = [];
  const reasons: string[] = [];
  const kernel = simdKernel({
    threads: 3,
    start: (_data, failed) => {
      failures.push(failed);
      return { terminate() {} };
    },
    onProblem: (reason: string) => reasons.push(reason),
  });
  const x = new Float32Array(2 ** 20).fill(3), out = new Float32Array(x.length);
  kernel.reluForward(x, out);
  assertEquals(failures.length, 2);
  for (const [i, failed] of failures.entries()) failed(new Error(`no ${i + 1}`));
  assertEquals([reasons, kernel.threads], [["a thread failed: no 1"], 1]);
  kernel.reluForward(x, out);
  assertEquals(out, x);
});
