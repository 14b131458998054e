// Threads: results do not depend on their number, and losing one is noticed.
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { SimdKernel } from "../../lib/kernel/simd.ts";
import { TICKETS } from "../../lib/kernel/simd/assembly/layout.ts";
import type { Thread, WorkerData } from "../../lib/kernel/simd/start_thread.ts";
import { cases, type Operation } from "./conformance.ts";
import { simdKernel, threadsUp } from "./kernels.ts";

/** The bits of everything that a case writes on this kernel, and what it returns. All NaNs count as equal: the engine chooses their bits. */
function bits(kernel: SimdKernel, one: ReturnType<typeof fc.sample<unknown>>[number]): unknown[] {
  const { arrays, run } = one as {
    arrays: (Float32Array | Int32Array)[];
    run(kernel: SimdKernel, arrays: (Float32Array | Int32Array)[]): unknown;
  };
  const copies = arrays.map((array) => array.slice());
  const returned = run(kernel, copies);
  return [...copies.map((array) => new Int32Array(withOneNaN(array).buffer)), returned];
}

function withOneNaN(array: Float32Array | Int32Array): Float32Array | Int32Array {
  return array instanceof Float32Array ? array.map((value) => Number.isNaN(value) ? NaN : value) : array;
}

Deno.test("one, two, three and four threads compute the same bits", async () => {
  const kernels = [1, 2, 3, 4].map((threads) => simdKernel({ threads }));
  for (const kernel of kernels) await threadsUp(kernel);
  for (const operation of Object.keys(cases) as Operation[]) {
    for (const one of fc.sample(cases[operation], 20)) {
      const [wanted, ...others] = kernels.map((kernel) => bits(kernel, one));
      for (const other of others) assertEquals(other, wanted, operation);
    }
  }
  for (const kernel of kernels) kernel.machine.close();
});

Deno.test("a large product has the same bits on every number of threads, many times", async () => {
  const [m, n, k] = [301, 203, 700];
  const shape = { m, n, k, transposeA: false, transposeB: true, accumulate: false };
  const random = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i * 12.9898) * 43.5 % 1);
  const [a, b] = [random(m * k), random(n * k)];
  const results = [];
  for (const threads of [1, 2, 4]) {
    const kernel = simdKernel({ threads });
    await threadsUp(kernel);
    for (let i = 0; i < 20; i++) {
      const out = new Float32Array(m * n);
      kernel.matmul(shape, a, b, out);
      results.push(out);
    }
    kernel.machine.close();
  }
  for (const result of results) assertEquals(result, results[0]);
});

/** A stand-in for a worker: it takes one chunk of a job and never finishes it. */
function thief({ memory }: WorkerData): Thread {
  const source = `onmessage = ({ data }) => {
    const ticket = new BigInt64Array(data.buffer, ${TICKETS}, 1);
    while (true) {
      const now = Atomics.load(ticket, 0);
      if ((now & 0xffffn) >= ((now >> 16n) & 0xffffn)) continue;
      if (Atomics.compareExchange(ticket, 0, now, now + 1n) === now) break;
    }
  }`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  worker.postMessage(memory);
  return { terminate: () => worker.terminate() };
}

Deno.test("a worker that dies in the middle of its work is noticed, and one thread goes on", async () => {
  const reasons: string[] = [];
  const kernel = simdKernel({
    threads: 2,
    timeoutMs: 200,
    start: thief,
    onProblem: (reason: string) => reasons.push(reason),
  });
  const x = new Float32Array(2 ** 21).fill(-1);
  const work = async () => {
    for (let i = 0; i < 200; i++) {
      kernel.reluForward(x, new Float32Array(x.length));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  let lost: unknown;
  await work().catch((error) => lost = error);
  assert(lost instanceof Error && lost.message.startsWith("the kernel lost a thread"), String(lost));
  assertEquals(reasons, ["a thread did not answer"]);
  assertEquals(kernel.threads, 1);
  const out = new Float32Array(x.length).fill(7);
  kernel.reluForward(x, out);
  assert(out.every((value) => value === 0));
});

Deno.test("a worker that dies while it has nothing to do costs nothing but speed", async () => {
  const kernel = simdKernel({ threads: 2, start: () => ({ terminate() {} }) }); // it never starts
  const x = new Float32Array(2 ** 20).fill(3), out = new Float32Array(x.length);
  kernel.reluForward(x, out);
  await Promise.resolve();
  assertEquals(out, x);
});

Deno.test("where no worker starts, one thread computes, and says why", () => {
  const reasons: string[] = [];
  const kernel = simdKernel({
    threads: 3,
    start: () => {
      throw new Error("no workers here");
    },
    onProblem: (reason: string) => reasons.push(reason),
  });
  const x = new Float32Array(2 ** 20).fill(3), out = new Float32Array(x.length);
  kernel.reluForward(x, out);
  assertEquals(out, x);
  assertEquals(reasons, ["a thread did not start: no workers here"]);
  assertEquals(kernel.threads, 1);
});

Deno.test("threads start once there is enough to do, and not before", () => {
  let started = 0;
  const kernel = simdKernel({
    threads: 2,
    startAfter: 100,
    start: () => {
      started++;
      return { terminate() {} };
    },
  });
  const x = new Float32Array(2 ** 20).fill(3), out = new Float32Array(x.length); // 64 chunks
  kernel.reluForward(x, out);
  assertEquals(started, 0);
  kernel.reluForward(x, out);
  assertEquals(started, 1);
  assertEquals(out, x);
});

Deno.test("an error in a call leaves the kernel usable", () => {
  const kernel = simdKernel({ threads: 1 });
  // deno-lint-ignore no-explicit-any
  assertThrows(() => kernel.reluForward(undefined as any, new Float32Array(4)));
  const out = new Float32Array(4);
  kernel.reluForward(new Float32Array([1, -1, 2, -2]), out);
  assertEquals(out, new Float32Array([1, 0, 2, 0]));
});
