// How the engine distinguishes a loop that stops by itself from a runaway one: by when it polled, and how long its batches take.
import { assertEquals } from "@std/assert";
import { InterruptControl, SAME_REQUEST } from "../../../lib/cells/engine/interrupt.ts";

/** A control, after a cell has polled it at these times, in milliseconds. */
function polled(...times: number[]): InterruptControl {
  const control = new InterruptControl();
  for (const time of times) poll(control, time);
  return control;
}

function poll(control: InterruptControl, time: number): void {
  Atomics.add(new Int32Array(control.buffer), 1, 1);
  control.observe(time);
}

Deno.test("a cell that has never polled will not stop by itself", () => {
  assertEquals(polled().isPolled(0), false);
});

Deno.test("a cell that has polled in the last two seconds will stop by itself", () => {
  const control = polled(100);
  assertEquals([2100, 2101].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("a cell with longer batches has three times as long as its longest batch", () => {
  const control = polled(0, 3000, 3100);
  control.observe(5000); // the cell has not polled since
  assertEquals([12_100, 12_101].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("the time before the first poll does not count as a batch: it may have been anything", () => {
  const control = polled(60_000);
  assertEquals([62_000, 62_001].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("the polls of the previous cell are forgotten", () => {
  const control = polled(0, 5000);
  control.request();
  control.reset();
  assertEquals([control.requested, control.count, control.isPolled(5000)], [false, 0, false]);
  poll(control, 6000);
  assertEquals([8000, 8001].map((now) => control.isPolled(now)), [true, false]);
});

Deno.test("a request counts as the second only a while after the first: a terminal may forward Ctrl-C twice", () => {
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
