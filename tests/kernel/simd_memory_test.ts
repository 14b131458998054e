// Memory: a tensor that is kept never loses its numbers, and a loop that keeps none uses no more memory.
import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Arena } from "../../lib/kernel/simd/arena.ts";
import { createSimdKernel } from "../../lib/kernel/simd.ts";
import { simdKernel } from "./kernels.ts";

Deno.test("an arena never allocates a byte twice", () => {
  const steps = fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 5000 }), back: fc.nat() }), { maxLength: 200 });
  fc.assert(fc.property(steps, (steps) => {
    const arena = new Arena(64, 200_000);
    const held: { address: number; bytes: number }[] = [];
    for (const { bytes, back } of steps) {
      if (back % 3 === 0 && held.length > 0) {
        const [{ address, bytes }] = held.splice(back % held.length, 1);
        arena.free(address, bytes);
        continue;
      }
      const address = arena.allocate(bytes);
      if (address === 0) continue;
      assertEquals(address % 64, 0);
      assert(address >= 64 && address + bytes <= 200_000);
      for (const other of held) assert(address + bytes <= other.address || other.address + other.bytes <= address);
      held.push({ address, bytes });
    }
    for (const { address, bytes } of held) arena.free(address, bytes);
    assertEquals(arena.used, 0);
  }));
});

type Step = { action: "allocate" | "claim" | "release" | "write"; size: number; which: number };

const actions: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    action: fc.constantFrom("allocate", "allocate", "claim", "release", "write"),
    size: fc.integer({ min: 1, max: 400 }),
    which: fc.nat(),
  }),
  { maxLength: 150 },
);

Deno.test("no storage ever loses its numbers, whatever is claimed, released, written or moved away", () => {
  fc.assert(
    fc.property(actions, fc.integer({ min: 1000, max: 20_000 }), (steps, temporaryLimit) => {
      const kernel = simdKernel({ threads: 1, temporaryLimit, memoryLimit: 65536 + 40_000 });
      let [count, claimed] = [0, [] as { array: Float32Array; wanted: Float32Array }[]];
      const held: { storage: ReturnType<typeof kernel.allocate>; wanted: Float32Array }[] = [];
      for (const { action, size, which } of steps) {
        const one = held[which % Math.max(held.length, 1)];
        if (action === "allocate" || !one) {
          const storage = which % 2 ? kernel.allocate(size, "float32") : kernel.allocatePersistent(size, "float32");
          storage.array.fill(++count);
          held.push({ storage, wanted: new Float32Array(size).fill(count) });
        } else if (action === "claim") {
          const array = one.storage.claim() as Float32Array;
          assertStrictEquals(one.storage.claim(), array);
          assertStrictEquals(one.storage.array, array);
          claimed.push({ array, wanted: one.wanted });
        } else if (action === "write") {
          one.storage.array.fill(++count);
          one.wanted.fill(count);
        } else {
          held.splice(held.indexOf(one), 1);
          one.storage.release();
          one.storage.release(); // a second time changes nothing
        }
        for (const { storage, wanted } of held) assertEquals(Float32Array.from(storage.array), wanted);
        for (const { array, wanted } of claimed) assertEquals(Float32Array.from(array), wanted);
      }
      claimed = [];
    }),
    { numRuns: 60 },
  );
});

Deno.test("what was released cannot be read", () => {
  const kernel = simdKernel({ threads: 1 });
  for (const storage of [kernel.allocate(4, "float32"), kernel.allocatePersistent(4, "float32")]) {
    storage.release();
    assertThrows(() => storage.array, Error, "released");
  }
});

Deno.test("two results are two arrays", () => {
  const kernel = simdKernel({ threads: 1 });
  const [first, second] = [kernel.allocate(3, "float32"), kernel.allocate(3, "float32")];
  kernel.reluForward(new Float32Array([1, 2, 3]), first.array);
  kernel.reluForward(new Float32Array([4, 5, 6]), second.array);
  assertNotStrictEquals(first.claim(), second.claim());
  assertEquals([...first.array, ...second.array], [1, 2, 3, 4, 5, 6]);
});

Deno.test("a call inside another call, by labels that compute when they are read, leaves its memory alone", () => {
  const kernel = simdKernel({ threads: 1 });
  const probabilities = new Float32Array([0.25, 0.75, 0.5, 0.5]), labels = [1, 0];
  const computing = new Proxy(labels, {
    get(target, key) {
      kernel.reluForward(new Float32Array(16).fill(7), new Float32Array(16));
      return Reflect.get(target, key);
    },
  });
  const [wanted, found] = [new Float32Array(4), new Float32Array(4)];
  kernel.crossEntropyBackward(2, 2, probabilities, labels, 1, wanted);
  kernel.crossEntropyBackward(2, 2, probabilities, computing, 1, found);
  assertEquals(wanted, new Float32Array([0.25, -0.25, -0.5, 0.5]));
  assertEquals(found, wanted);
  assertEquals(kernel.machine.store.arena.used, 0);
});

Deno.test("10,000 steps that release nothing use no more memory, without a turn of the event loop", () => {
  const kernel = simdKernel({ threads: 1, temporaryLimit: 2 ** 20 });
  const step = () => {
    const x = kernel.allocate(5000, "float32"), y = kernel.allocate(5000, "float32");
    x.array.fill(1);
    kernel.tanhForward(x.array, y.array);
    kernel.tanhBackward(y.array, x.array, kernel.allocate(5000, "float32").array);
  };
  for (let i = 0; i < 2000; i++) step();
  const before = kernel.machine.store.arena.used;
  for (let i = 0; i < 10_000; i++) step();
  assert(kernel.machine.store.arena.used <= before + 65536, `${before} → ${kernel.machine.store.arena.used}`);
});

Deno.test("a step that needs more than the limit, and releases it, moves nothing to the heap from the next one on", () => {
  const kernel = simdKernel({ threads: 1, temporaryLimit: 2 ** 20 });
  const moved = () => {
    const all = Array.from({ length: 4 }, () => kernel.allocate(100_000, "float32"));
    const away = all.filter(({ array }) => array.buffer !== kernel.machine.memory.buffer).length;
    for (const storage of all) storage.release();
    return away;
  };
  assertEquals([moved(), moved(), moved()], [2, 0, 0]);
});

Deno.test("numbers that were moved to the heap and asked for there do not raise the limit", () => {
  const kernel = simdKernel({ threads: 1, temporaryLimit: 2 ** 20 });
  const moved = () => {
    const all = Array.from({ length: 4 }, () => kernel.allocate(100_000, "float32"));
    const away = all.filter(({ array }) => array.buffer !== kernel.machine.memory.buffer).length;
    for (const storage of all) storage.claim();
    for (const storage of all) storage.release();
    return away;
  };
  assertEquals([moved(), moved(), moved()], [2, 2, 2]);
});

Deno.test("10,000 steps that release what they used reuse the memory of the first", () => {
  const kernel = simdKernel({ threads: 1 });
  const used: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    const x = kernel.allocate(1000, "float32"), y = kernel.allocate(1000, "float32");
    kernel.reluForward(x.array, y.array);
    used.push(x.array.byteOffset, y.array.byteOffset);
    x.release();
    y.release();
  }
  assertEquals(new Set(used).size, 2);
  assertEquals(kernel.machine.store.arena.used, 0);
});

Deno.test("an engine without SIMD, or without this SIMD, gives a reason instead of a kernel", () => {
  assertEquals(createSimdKernel({ threads: 2, binaries: [] }), "this engine has no WebAssembly SIMD");
  assertEquals(
    createSimdKernel({ threads: 1, binaries: [btoa("\0asm\x01\0\0\0\x7f")] }),
    "this engine has no WebAssembly SIMD",
  );
});

Deno.test("without shared memory one thread computes, and says so", () => {
  const reasons: string[] = [];
  const kernel = simdKernel({ threads: 2, shared: false, onProblem: (reason: string) => reasons.push(reason) });
  assertEquals(kernel.threads, 1);
  assertEquals(reasons, ["there is no shared memory here"]);
});
