// Sets and maps whose keys are objects: each entry has one partner, and no entry is one for two.
import { assertEquals, assertNotEquals } from "@std/assert";

Deno.test("sets of objects are equal where each object has a partner of its own", () => {
  assertEquals(new Set<unknown>([{ a: 1 }, { b: 2 }]), new Set<unknown>([{ b: 2 }, { a: 1 }]));
  assertNotEquals(new Set<unknown>([{ a: 1 }, { a: 1 }]), new Set<unknown>([{ a: 1 }, { b: 2 }]));
  assertNotEquals(new Set([{ a: 1 }]), new Set([{ a: 1 }, { a: 1 }]));
});

Deno.test("maps with objects as keys are equal where keys and values belong together", () => {
  assertEquals(new Map([[{ k: 1 }, "x"], [{ k: 2 }, "y"]]), new Map([[{ k: 2 }, "y"], [{ k: 1 }, "x"]]));
  assertNotEquals(new Map([[{ k: 1 }, "x"], [{ k: 2 }, "y"]]), new Map([[{ k: 1 }, "y"], [{ k: 2 }, "x"]]));
});
