// The tool that tries mutations: what it changes, and what it makes of a run of the tests.
import { assertEquals } from "@std/assert";
import { mutate, verdictOf } from "./mutation.ts";

Deno.test("a mutation changes one place, and is stale where that place is gone or not the only one", () => {
  assertEquals(mutate("if (a < b) return;", ["a < b", "a <= b"]), { text: "if (a <= b) return;" });
  assertEquals(mutate("f(); g();", ["f(); ", ""]), { text: "g();" });
  assertEquals(mutate("if (a < b) return;", ["a > b", "a <= b"]), "stale");
  assertEquals(mutate("aXa", ["a", "b"]), "stale");
  assertEquals(mutate("aaa", ["aa", "b"]), "stale");
});

Deno.test("a mutation is killed by a test that fails, and by nothing else", () => {
  assertEquals(verdictOf(0, "running 2 tests\n\nok | 2 passed | 0 failed (5ms)\n"), "survived");
  assertEquals(verdictOf(1, "\x1b[31mFAILED\x1b[0m | 3 passed (2 steps) | 1 failed | 4 ignored (1s)\n"), "killed");
  assertEquals(verdictOf(1, "error: The module's source code could not be parsed"), "broken");
  assertEquals(verdictOf(1, "./a_test.ts (uncaught error)\n\nFAILED | 0 passed | 1 failed (1ms)\n"), "broken");
  assertEquals(verdictOf(0, "ok | 0 passed | 0 failed | 3 ignored (1ms)\n"), "broken");
});
