// How a loop that stops by itself is told from a runaway one: by when it asked, and how long its batches take.
import { assertEquals } from "@std/assert";
import { InterruptControl, SAME_REQUEST } from "../../../lib/cells/engine/interrupt.ts";

/** A control, and a cell that asks whether to stop at these times, in milliseconds. */
function asked(...times: number[]): InterruptControl {
  const control = new InterruptControl();
  for (const time of times) ask(control, time);
  return control;
}

function ask(control: InterruptControl, time: number): void {
  Atomics.add(new Int32Array(control.buffer), 1, 1);
  control.observe(time);
}

Deno.test("a cell that never asked will not stop by itself", () => {
  assertEquals(asked().isPolled(0), false);
});

Deno.test("a cell that asked in the last two seconds will stop by itself", () => {
  const control = asked(100);
  assertEquals([2100, 2101].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("a cell whose batches take longer than that has three times its longest batch", () => {
  const control = asked(0, 3000, 3100);
  control.observe(5000); // nothing was asked since
  assertEquals([12_100, 12_101].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("the time before a cell asks first is no batch: it may have been anything", () => {
  const control = asked(60_000);
  assertEquals([62_000, 62_001].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("what the cell before asked is forgotten", () => {
  const control = asked(0, 5000);
  control.request();
  control.reset();
  assertEquals([control.requested, control.count, control.isPolled(5000)], [false, 0, false]);
  ask(control, 6000);
  assertEquals([8000, 8001].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("a second request is one that comes a while after the first: a terminal passes Ctrl-C on twice", () => {
  let clock = 1000;
  const { now } = performance;
  performance.now = () => clock;
  try {
    const control = new InterruptControl();
    clock += 10_000;
    assertEquals([control.requested, control.repeated], [false, false]);
    control.request();
    assertEquals([control.requested, control.repeated], [true, false]);
    clock += SAME_REQUEST;
    assertEquals(control.repeated, false);
    clock += 1;
    assertEquals(control.repeated, true);
  } finally {
    performance.now = now;
  }
});
