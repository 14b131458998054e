// The log lines that `watch` shows while training runs: which steps have one, and how many stand there.
import { assertEquals } from "@std/assert";
import { watch, type WatchOptions } from "../../lib/show/mod.ts";
import type { EpochEvent, StepEvent, TrainingEvent } from "../../lib/training/events.ts";
import { hooked } from "./pictures.ts";

const common = { epochs: 2, loss: 1, correct: 1, accuracy: 1, imagesPerSecond: 1 } as const;

function* steps(epoch: number, iterations: number, epochs = 2): Generator<StepEvent> {
  const rest = { batchSize: 1, runningLoss: 1, runningAccuracy: 1, secondsLeft: 1, learningRate: 1 };
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const images = { imagesSeen: iteration, imagesTotal: iterations * epochs };
    yield { type: "step", ...common, ...rest, ...images, epoch, epochs, iteration, iterations };
  }
}

const epoch = (epoch: number): EpochEvent => ({ type: "epoch", ...common, epoch, total: 1, seconds: 1 });

/** The iterations in the log of each picture, when every event is slow enough to get its picture. */
async function logs(events: Iterable<TrainingEvent>, options: WatchOptions = {}): Promise<string[]> {
  let clock = 0;
  const { now } = performance;
  performance.now = () => clock;
  try {
    const shown = await hooked(() =>
      watch(
        (function* () {
          for (const event of events) {
            clock += 60_000;
            yield event;
          }
        })(),
        { curve: false, ...options },
      )
    );
    return shown.map(({ bundle }) =>
      [...bundle["text/plain"].matchAll(/iteration +(\d+)\/\d+/g)].map(([, iteration]) => iteration).join(" ")
    );
  } finally {
    performance.now = now;
  }
}

/** The log when the last step of one epoch is drawn. */
async function lastLog(iterations: number, epochs: number, options?: WatchOptions): Promise<string> {
  return (await logs(steps(1, iterations, epochs), options))[iterations - 1];
}

Deno.test("the log begins with the first step, then has each tenth of an epoch, and keeps the last ten", async () => {
  const pictures = await logs(steps(1, 20));
  assertEquals(pictures.slice(0, 5), ["1", "1 2", "1 2", "1 2 4", "1 2 4"]);
  assertEquals(pictures[18], "1 2 4 6 8 10 12 14 16 18");
  assertEquals(pictures[19], "2 4 6 8 10 12 14 16 18 20");
});

Deno.test("an epoch that does not divide by ten has fewer lines, not more; a short one has a line for each step", async () => {
  assertEquals(await lastLog(25, 2), "1 3 6 9 12 15 18 21 24");
  assertEquals(await lastLog(4, 2), "1 2 3 4");
});

Deno.test("many epochs have fewer lines each: about 60 in all, one at the end of each at least", async () => {
  assertEquals(await lastLog(20, 20), "1 7 14"); // three
  assertEquals(await lastLog(20, 30), "10 20"); // two, none of them for the first step
  assertEquals(await lastLog(20, 500), "20");
});

Deno.test("as many lines as asked for, or none", async () => {
  assertEquals(await lastLog(20, 2, { linesPerEpoch: 4 }), "1 5 10 15 20");
  assertEquals(await lastLog(20, 2, { linesPerEpoch: 0 }), "");
});

Deno.test("the log is that of the running epoch: it is empty when an epoch ends, and begins anew with the next", async () => {
  const pictures = await logs([...steps(1, 4), epoch(1), ...steps(2, 4), epoch(2)]);
  assertEquals(pictures.slice(3, 7), ["1 2 3 4", "", "1", "1 2"]);
  const withoutEpochs = await logs([...steps(1, 4), ...steps(2, 4)]); // your own loop need not tell of epochs
  assertEquals(withoutEpochs.slice(3, 6), ["1 2 3 4", "1", "1 2"]);
});
