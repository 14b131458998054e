import { assertEquals } from "@std/assert";
import { FrameGate } from "../../../../lib/fronts/web/draw/frame_gate.ts";

function makeGate() {
  let served = 0, waiting: (() => void) | undefined;
  const gate = new FrameGate(() => served++, {
    next: (then) => (waiting = then, 1),
    cancel: () => waiting = undefined,
  });
  const frame = () => {
    const then = waiting;
    waiting = undefined;
    then?.();
  };
  return { gate, frame, served: () => served, waits: () => waiting !== undefined };
}

Deno.test("the first request is served at once, all further ones once with the next picture", () => {
  const { gate, frame, served, waits } = makeGate();
  gate.ask();
  assertEquals(served(), 1);
  for (let i = 0; i < 5; i++) gate.ask();
  assertEquals(served(), 1);
  frame();
  assertEquals(served(), 2);
  frame();
  assertEquals([served(), waits()], [2, false]);
  gate.ask();
  assertEquals(served(), 3);
});

Deno.test("a closed gate serves nothing that was asked before", () => {
  const { gate, frame, served } = makeGate();
  gate.ask();
  gate.ask();
  gate.close();
  frame();
  assertEquals(served(), 1);
});
