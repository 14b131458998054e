// Notes and the progress bar reach the front end if there is one.
import { assert, assertEquals, assertLess } from "@std/assert";
import { barOf, note, progressBar } from "../../data/report.ts";

const HOOK = Symbol.for("gradually.display");
const half = { from: "a.example", file: "x", received: 5e6, total: 10e6, seconds: 2, done: false };

/** Runs `fn` with a front end that records what it receives. */
async function withFrontEnd(fn: () => Promise<void>): Promise<[string, boolean | undefined, string | undefined][]> {
  const seen: [string, boolean | undefined, string | undefined][] = [];
  const place = globalThis as { [HOOK]?: unknown };
  place[HOOK] = (bundle: Record<string, string>, options: { update?: boolean; displayId?: string }) => {
    seen.push([bundle["text/plain"], options.update, options.displayId]);
  };
  try {
    await fn();
  } finally {
    delete place[HOOK];
  }
  return seen;
}

Deno.test("the bar shows share, size, speed and time left, in fewer than 80 columns", () => {
  assertEquals(barOf(half), "MNIST [############------------] 5.0 of 10.0 MB, 2.5 MB/s, 2 s left");
  assertEquals(
    barOf({ ...half, received: 10e6, seconds: 4, done: true }),
    "MNIST [########################] 10.0 of 10.0 MB, 2.5 MB/s",
  );
  assertEquals(
    barOf({ ...half, received: 0, total: 0, seconds: 0 }),
    `MNIST [${"-".repeat(24)}] 0.0 of 0.0 MB, 0.0 MB/s`,
  );
  assertLess(barOf({ ...half, received: 12e6, total: 999e6, seconds: 9999 }).length, 80);
});

Deno.test("a note reaches the front end as one display", async () => {
  assertEquals(await withFrontEnd(() => note("no network")), [["no network", false, undefined]]);
});

Deno.test("the bar reaches the front end as one display, not too often, and with its last state", async () => {
  const seen = await withFrontEnd(async () => {
    const report = progressBar();
    for (let i = 1; i <= 1000; i++) await report({ ...half, received: i * 1e4, seconds: i / 1000 });
    await report({ ...half, received: 10e6, done: true });
  });
  assertEquals([seen[0][1], ...new Set(seen.slice(1).map(([, update]) => update))], [false, true]);
  assertEquals(new Set(seen.map(([, , id]) => id)).size, 1);
  assert(seen[0][2]?.startsWith("gradually-mnist-"));
  assertLess(seen.length, 60);
  assertEquals(seen.at(-1)![0].startsWith(`MNIST [${"#".repeat(24)}] 10.0 of 10.0 MB`), true);
});
