// What comes out of a realm is not taken on trust: replies of the wrong form are dropped, and long ones are cut.
import { assert, assertEquals } from "@std/assert";
import { checkedReply } from "../../../lib/cells/engine/check_reply.ts";

const message = (reply: ReturnType<typeof checkedReply>) =>
  reply?.type === "evaluated" ? reply.error?.message : undefined;

Deno.test("a reply without a form, or without a whole number for its question, is none", () => {
  for (const id of ["1", 1.5, NaN, undefined, 2 ** 60, {}]) {
    assertEquals(checkedReply({ type: "checked", id }), undefined);
  }
  for (const reply of [undefined, null, 5, "ready", [], { type: "unknown", id: 1 }, {}]) {
    assertEquals(checkedReply(reply), undefined);
  }
  assertEquals(checkedReply({ type: "checked", id: 1, more: true }), { type: "checked", id: 1, error: undefined });
});

Deno.test("long texts are cut, and say by how much; long lists keep their beginning", () => {
  const evaluated = (text: string) =>
    checkedReply({ type: "evaluated", id: 1, error: { name: "Error", message: text } });
  assertEquals(message(evaluated("x".repeat(2_000_000)))?.length, 2_000_000);
  assert(message(evaluated("x".repeat(2_000_003)))?.endsWith("x… (3 more characters)"));
  const variable = { name: "a", type: "number", preview: "1" };
  const reply = checkedReply({ type: "variables", id: 1, variables: Array(6000).fill(variable) });
  assertEquals(reply?.type === "variables" && [reply.variables.length, reply.variables[0]], [5000, variable]);
  const frame = { file: "x.ts", line: 1, column: 1, name: "f" };
  const failed = checkedReply({ type: "evaluated", id: 1, error: { frames: Array(200).fill(frame) } });
  assertEquals(failed?.type === "evaluated" && failed.error?.frames.length, 100);
});

Deno.test("what a cell puts out has a text form, whatever it says of itself", () => {
  const output = (value: unknown) => checkedReply({ type: "output", id: 1, output: value });
  assertEquals(output({ type: "display", bundle: { "image/png": "AA", "text/html": 5 } }), {
    type: "output",
    id: 1,
    output: {
      type: "display",
      bundle: { "image/png": "AA", "text/plain": "(image/png: it has no text form)" },
    },
  });
  assertEquals(output({ type: "text", stream: "elsewhere", text: 5 }), {
    type: "output",
    id: 1,
    output: { type: "text", stream: "stdout", text: "(not a text: number)" },
  });
  assertEquals([output({ type: "display" }), output({ type: "film" }), output("text")], [
    undefined,
    undefined,
    undefined,
  ]);
});
