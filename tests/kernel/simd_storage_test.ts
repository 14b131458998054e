// The memory of weights: a place that somebody may still look at is never handed out again, any other is.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Arena } from "../../lib/kernel/simd/arena.ts";
import { ArenaStore } from "../../lib/kernel/simd/arena_storage.ts";

const SIZE = 100;

function store(limit?: number): ArenaStore {
  return new ArenaStore(new Arena(64, 65536), new ArrayBuffer(65536), limit);
}

Deno.test("a weight that was released and claimed before keeps its place", () => {
  const memory = store();
  const weight = memory.persistent(Float32Array, SIZE);
  const held = weight.claim();
  held.fill(7);
  weight.release();
  memory.persistent(Float32Array, SIZE);
  memory.temporary(Float32Array, SIZE).array.fill(3);
  assert(held.every((value) => value === 7), "somebody else writes where a learner reads");
  assert(weight.array === held && weight.claim() === held);
});

Deno.test("a weight that nobody claimed gives its place back when it is released, and once only", () => {
  const memory = store();
  const weight = memory.persistent(Float32Array, SIZE);
  const { byteOffset } = weight.array;
  weight.array.fill(7);
  weight.release();
  weight.release();
  assertEquals(memory.arena.used, 0);
  assertThrows(() => weight.array, Error, "released");
  assertThrows(() => weight.claim(), Error, "released");
  const [next, other] = [memory.persistent(Float32Array, SIZE), memory.persistent(Float32Array, SIZE)];
  assertEquals(next.array.byteOffset, byteOffset);
  assert(next.array.every((value) => value === 0), "numbers that stay are zero at first");
  assert(other.array.byteOffset !== byteOffset, "two weights in one place");
});

Deno.test("a weight that the garbage collector took gives its place back, unless somebody claimed it", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const memory = store();
  const held = (() => {
    memory.persistent(Float32Array, 5 * SIZE); // seen by nobody
    return memory.persistent(Float32Array, SIZE).claim().fill(7);
  })();
  const before = memory.arena.used;
  for (let i = 0; i < 200 && memory.arena.used === before; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert(memory.arena.used < before, "what nobody sees was not given back");
  assert(memory.arena.used > 0, "the place of an array that is held was given back");
  memory.persistent(Float32Array, SIZE);
  assert(held.every((value) => value === 7), "somebody else writes where a learner reads");
});

Deno.test("a temporary that somebody claimed keeps its numbers when it is released, on the heap", () => {
  const memory = store();
  const temporary = memory.temporary(Float32Array, SIZE);
  temporary.array.fill(7);
  const held = temporary.claim();
  assert(held.buffer !== memory.buffer);
  assertEquals(memory.arena.used, 0);
  temporary.release();
  temporary.release();
  assertEquals(memory.arena.used, 0);
  assert(temporary.array === held && held.every((value) => value === 7));
});

Deno.test("a piece of memory ends where the memory ends", () => {
  const arena = new Arena(64, 64 + 256);
  assertEquals([arena.allocate(128), arena.allocate(256), arena.allocate(64), arena.allocate(64), arena.allocate(64)], [
    64,
    0,
    192,
    256,
    0,
  ]);
  assertEquals(arena.used, 256);
  const small = new ArenaStore(new Arena(64, 128), new ArrayBuffer(128));
  assert(small.persistent(Float32Array, SIZE).array.buffer !== small.buffer, "what does not fit lies on the heap");
});

Deno.test("temporaries that nobody released move to the heap, the oldest first, with their numbers", () => {
  const memory = store(2 * 4 * SIZE);
  const [first, second] = [memory.temporary(Float32Array, SIZE), memory.temporary(Float32Array, SIZE)];
  first.array.fill(1);
  second.array.fill(2);
  assertEquals([first.array.buffer, second.array.buffer].map((buffer) => buffer === memory.buffer), [true, true]);
  const third = memory.temporary(Float32Array, SIZE);
  third.array.fill(3);
  assertEquals([first, second, third].map(({ array }) => array.buffer === memory.buffer), [false, true, true]);
  assertEquals([first, second, third].map(({ array }) => array[SIZE - 1]), [1, 2, 3]);
});
