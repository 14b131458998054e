import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { collectShown } from "../../lib/contract/already_shown.ts";
import { plainScreen, watch } from "../../lib/show/mod.ts";
import { barLine, epochLine, stepLine } from "../../lib/show/progress.ts";
import type { EpochEvent, StepEvent, TrainingEvent } from "../../lib/training/events.ts";
import { visibleWidth } from "../../lib/text/visible_width.ts";
import { testWith } from "../support.ts";
import { hooked, parseSvg } from "./pictures.ts";

function step(epoch: number, iteration: number, more: Partial<StepEvent> = {}): StepEvent {
  const seen = ((epoch - 1) * 20 + iteration) * 64;
  return {
    type: "step",
    epoch,
    epochs: 2,
    iteration,
    iterations: 20,
    loss: 2 / iteration,
    correct: 48,
    batchSize: 64,
    accuracy: 0.75,
    runningLoss: 1,
    runningAccuracy: 0.7,
    imagesSeen: seen,
    imagesTotal: 2560,
    imagesPerSecond: 4900,
    secondsLeft: 12,
    learningRate: 0.1,
    ...more,
  };
}

function epoch(n: number): EpochEvent {
  return {
    type: "epoch",
    epoch: n,
    epochs: 2,
    loss: 0.5,
    accuracy: 0.9,
    correct: 1152,
    total: 1280,
    seconds: 3,
    imagesPerSecond: 427,
    test: { loss: 0.4, accuracy: 0.9765, correct: 9765, total: 10000 },
  };
}

function* training(): Generator<TrainingEvent> {
  for (const n of [1, 2]) {
    for (let i = 1; i <= 20; i++) yield step(n, i);
    yield epoch(n);
  }
}

Deno.test("a front end that collects what a cell has shown learns of the history, unless no curve was drawn", async () => {
  const shownByCell = collectShown();
  const watched = async (options?: { curve: boolean }) => {
    let history: unknown;
    await hooked(async () => history = await watch(training(), options));
    return history;
  };
  const history = await watched();
  assertEquals([shownByCell(history), shownByCell(history)], [true, false]);
  assertEquals(shownByCell(await watched({ curve: false })), false);
});

Deno.test("watch returns each step and epoch", async () => {
  let history: Awaited<ReturnType<typeof watch>> | undefined;
  await hooked(async () => history = await watch(training()));
  assertEquals(history!.steps.length, 40);
  assertEquals(history!.steps[1], { loss: 1, accuracy: 0.75 });
  assertEquals(history!.epochs.map((one) => one.test!.correct), [9765, 9765]);
  assertEquals(history!.stopped, false);
  assert(history!.seconds >= 0);
  assertEquals(Object.keys(history!), ["steps", "epochs", "stopped", "seconds"]);
});

Deno.test("watch uses one display, whose last state has the epochs, the time and the curve", async () => {
  const shown = await hooked(() => watch(training(), { title: "A network" }));
  assertEquals(new Set(shown.map(({ options }) => options.displayId)).size, 1);
  assertEquals(shown.map(({ options }) => options.update), shown.map((_, i) => i > 0));
  const text = shown.at(-1)!.bundle["text/plain"];
  for (const part of ["A network", "epoch 1/2", "test 97.65 % (9,765 of 10,000)", "2,560 images in", "images/s", "┤"]) {
    assertStringIncludes(text, part);
  }
  assertStringIncludes(parseSvg(shown.at(-1)!.bundle["image/svg+xml"]).text, "test 97.65 %");
});

interface Cost {
  /** How long each step of the training takes, in milliseconds. */
  step: number;
  /** How long it takes to hand a picture over. */
  drawing: number;
  /** How long the event loop is busy with something else after each picture. */
  turn: number;
}

/** How many pictures per second `watch` draws, by a fake clock that only these costs advance. */
async function picturesPerSecond(cost: Cost): Promise<number> {
  let clock = 0;
  const { now } = performance;
  performance.now = () => clock;
  try {
    const shown = await hooked(() =>
      watch(
        (function* () {
          for (let i = 1; clock < 20_000; i++, clock += cost.step) yield step(1, i, { iterations: 1e9 });
        })(),
        { curve: false },
      ), () => {
      clock += cost.drawing;
      setImmediate(() => clock += cost.turn); // comes before the turn of watch, which is requested later
    });
    return (shown.length - 1) / (clock / 1000); // the last picture is drawn when training is over
  } finally {
    performance.now = now;
  }
}

Deno.test("watch draws ten times a second, however many steps there are", async () => {
  const rate = await picturesPerSecond({ step: 1, drawing: 0, turn: 0 });
  assert(rate > 9.5 && rate <= 10.1, `${rate} pictures per second`);
});

Deno.test("watch draws as often where the event loop is slow: only the drawing makes it wait longer", async () => {
  const [quick, slow] = [
    await picturesPerSecond({ step: 1, drawing: 0.5, turn: 0 }),
    await picturesPerSecond({ step: 1, drawing: 0.5, turn: 5 }),
  ];
  assert(quick > 9.5, `${quick} pictures per second`);
  assert(slow > 9, `${slow} pictures per second with a turn of 5 ms after each`);
});

Deno.test("a picture that takes long to draw is drawn more rarely, and at least once a second", async () => {
  const [long, longer] = [
    await picturesPerSecond({ step: 1, drawing: 4, turn: 0 }),
    await picturesPerSecond({ step: 1, drawing: 100, turn: 0 }),
  ];
  assert(long > 2.3 && long < 2.6, `${long} pictures per second of 4 ms each`);
  assert(longer > 0.85 && longer < 1, `${longer} pictures per second of 100 ms each`);
});

Deno.test("each update of watch makes only the forms that the front end draws", async () => {
  const shown = await hooked(() => watch(training()), () => {}, ["text/x-ansi"]);
  assert(shown.length > 1);
  for (const { bundle } of shown) assertEquals(Object.keys(bundle), ["text/plain", "text/x-ansi"]);
});

Deno.test("watch notes where training was stopped, and keeps the curve", async () => {
  let stopped = false;
  const shown = await hooked(async () => {
    const events: TrainingEvent[] = [step(1, 1), step(1, 2), {
      type: "stop",
      epoch: 1,
      iteration: 2,
      reason: "interrupted",
    }];
    stopped = (await watch(events)).stopped;
  });
  assert(stopped);
  assertStringIncludes(shown.at(-1)!.bundle["text/plain"], "Stopped in epoch 1 after iteration 2");
});

Deno.test("an error during training is rethrown, below the last state", async () => {
  const shown = await hooked(() =>
    assertRejects(
      () =>
        watch((function* (): Generator<TrainingEvent> {
          yield step(1, 1);
          yield step(1, 2, { loss: NaN });
          throw new RangeError("the loss is NaN in iteration 2");
        })()),
      RangeError,
      "iteration 2",
    )
  );
  assertStringIncludes(shown.at(-1)!.bundle["text/plain"], "1 value is NaN");
});

Deno.test("the history can be shown: the curve of its loss", async () => {
  const shown = await hooked(async () => {
    const { show } = await import("../../lib/show/mod.ts");
    await show(await watch(training()));
  });
  assertStringIncludes(shown.at(-1)!.bundle["image/svg+xml"], "Loss");
});

Deno.test("an epoch line fits into 80 columns, a step line too, and the bar into any", () => {
  const widest = {
    epoch: 20,
    epochs: 20,
    iteration: 938,
    iterations: 938,
    correct: 64,
    batchSize: 64,
    loss: 12.3456,
    accuracy: 1,
  };
  assert(visibleWidth(epochLine({ ...epoch(100), epochs: 100, seconds: 754 })) <= 80);
  assert(visibleWidth(stepLine(step(1, 1, widest))) <= 80, stepLine(step(1, 1, widest)));
  for (const columns of [10, 24, 40, 80, 120]) {
    assert(visibleWidth(barLine(step(2, 20, widest), plainScreen(columns))) <= columns);
  }
});

Deno.test("the bar is as long as the work that is done", () => {
  const filled = (seen: number) => barLine(step(1, 1, { imagesSeen: seen }), plainScreen(80)).match(/█/g)?.length ?? 0;
  assertEquals(filled(0), 0);
  assertEquals(filled(2560) - 2 * filled(1280), filled(2560) % 2);
  assert(!barLine(step(2, 20, { imagesSeen: 2560 }), plainScreen(80)).includes("░"));
});

const source = (body: string) => {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  return `data:application/typescript,${
    encodeURIComponent(`import { watch } from ${url("../../lib/show/mod.ts")};
const step = ${step.toString()};
const epoch = ${epoch.toString()};
${training.toString()}
${body}`)
  }`;
};

testWith({ run: true }, "on a pipe watch prints about ten lines per epoch, and the curve", async () => {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", source("await watch(training());")],
    stdin: "null",
    stderr: "inherit",
  }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  assertEquals(code, 0);
  assertEquals(lines.filter((line) => line.includes("iteration")).length, 22);
  assertEquals(lines.filter((line) => line.includes("test 97.65 %")).length >= 2, true);
  assert(!lines.join("").includes("\x1b"));
});

testWith({ run: true }, "Ctrl-C in a plain script stops training after the batch, and the script goes on", async () => {
  const body = `
    const flag = Symbol.for("gradually.interrupt");
    async function* endless() {
      for (let i = 1;; i++) {
        const until = performance.now() + 2;
        while (performance.now() < until);
        yield step(1, i, { iterations: 1e9 });
        if (i === 50) console.error("ready");
        if (globalThis[flag]?.[0]) return yield { type: "stop", epoch: 1, iteration: i, reason: "interrupted" };
      }
    }
    const history = await watch(endless(), { curve: false });
    console.log("kept", history.stopped, history.steps.length > 40, globalThis[flag][0]);
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", "--no-check", source(body)],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = new Response(child.stdout).text();
  const errors = child.stderr.getReader();
  const { value } = await errors.read();
  assertStringIncludes(new TextDecoder().decode(value), "ready");
  const sent = performance.now();
  child.kill("SIGINT");
  const { code } = await child.status;
  await errors.cancel();
  assert(performance.now() - sent < 2000);
  assertEquals(code, 0);
  assertStringIncludes(await output, "kept true true 0");
});
