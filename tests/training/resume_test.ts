// fit with checkpoints: a training that was cut off goes on, to the bit, as if nothing had happened.
import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  Adam,
  AdamW,
  type CheckpointPlace,
  fit,
  type FitOptions,
  type Module,
  oneCycle,
  type Optimizer,
  Random,
  RMSProp,
  SGD,
  type TrainingEvent,
} from "../../mod.ts";
import { testWith, withTempDir } from "../support.ts";
import { network, points } from "./small_network.ts";

const optimizers: Record<string, (model: Module) => Optimizer> = {
  Adam: (model) => new Adam(model.parameters(), { learningRate: 0.05 }),
  AdamW: (model) => new AdamW(model.parameters()),
  RMSProp: (model) => new RMSProp(model.parameters()),
  SGD: (model) => new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 }),
};

/** A place in memory that keeps the last two. */
function memory(kept: Uint8Array[] = []): CheckpointPlace {
  return {
    name: "memory",
    load: () => Promise.resolve(kept),
    save: (bytes) => {
      kept.unshift(bytes.slice());
      kept.length = Math.min(kept.length, 2);
      return Promise.resolve();
    },
  };
}

interface Result {
  story: unknown[];
  weights: unknown;
  state: unknown;
}

/** Trains; `steps` cuts it off after so many, and whoever listens also draws from the shared source. */
async function train(
  options: Partial<FitOptions>,
  { kind = "Adam", steps = Infinity, scheduled = false, size = 50 } = {},
): Promise<Result> {
  const model = network(), random = new Random(3);
  const optimizer = optimizers[kind](model);
  const story: unknown[] = [];
  const schedule = scheduled ? oneCycle({ maxLearningRate: 0.1, steps: 21 }) : undefined;
  const all = { batchSize: 8, epochs: 3, random, optimizer, schedule, test: points(20), ...options };
  let count = 0;
  for await (const event of fit(model, points(size), all)) {
    random.uniform();
    if (event.type === "epoch" && !schedule) optimizer.learningRate /= 2;
    story.push(withoutTimes(event));
    if (event.type === "step" && ++count === steps) break;
  }
  const weights = [...model.parameters(), ...model.buffers()].map(({ value }) => value.toArray());
  return { story, weights, state: random.state };
}

function withoutTimes(event: TrainingEvent): unknown {
  const { imagesPerSecond: _, secondsLeft: _2, seconds: _3, ...rest } = event as unknown as Record<string, unknown>;
  return rest;
}

Deno.test("cut off anywhere, as often as you like, training ends with the same losses and weights, to the bit", async () => {
  const numRuns = 40;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(optimizers)),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 21 }), { minLength: 1, maxLength: 3 }),
      async (kind, scheduled, cuts) => {
        const expected = await train({}, { kind, scheduled });
        const place = memory();
        // Every step is saved, or only the stop, after whoever read the event has drawn from the source
        const options = { checkpoint: { place, everySeconds: cuts[0] % 2 ? 0 : 1000 }, resume: true };
        for (const steps of cuts) await train(options, { kind, scheduled, steps });
        assertEquals(await train(options, { kind, scheduled }), expected);
      },
    ),
    { numRuns },
  );
});

Deno.test("a checkpoint of before is as good as the newest: what comes between is computed again", async () => {
  const expected = await train({});
  const kept: Uint8Array[] = [], every = { checkpoint: { place: memory(kept), everySeconds: 0 }, resume: true };
  await train(every, { steps: 10 });
  for (const damage of [(b: Uint8Array) => b.subarray(0, -1), (b: Uint8Array) => b.with(b.length - 9, 77)]) {
    const broken = [damage(kept[0]), kept[1]];
    assertEquals(await train({ checkpoint: { place: memory(broken) }, resume: true }), expected);
  }
  const both = { checkpoint: { place: memory(kept.map((bytes) => bytes.subarray(0, -1))) }, resume: true };
  await assertRejects(() => train(both), SyntaxError, "memory is truncated");
});

Deno.test("any bit of a checkpoint that changes is noticed", async () => {
  const kept: Uint8Array[] = [];
  await train({ checkpoint: { place: memory(kept) } }, { steps: 3 });
  const [bytes] = kept, random = new Random(1);
  for (let i = 0; i < 200; i++) {
    const at = i < 60 ? i : random.integer(bytes.length);
    const broken = bytes.with(at, bytes[at] ^ 1 << random.integer(8));
    await assertRejects(() => train({ checkpoint: { place: memory([broken]) }, resume: true }, {}), SyntaxError);
  }
});

Deno.test("a training that ended tells its story again, and trains no further; more epochs go on from there", async () => {
  const place = memory(), options = { checkpoint: { place }, resume: true };
  const first = await train(options);
  assertEquals(await train(options), first);
  const longer = await train({ ...options, epochs: 4 });
  const whole = await train({ epochs: 4 });
  assertEquals(longer.weights, whole.weights);
  assertEquals(longer.story.length, whole.story.length);
});

Deno.test("without resume, training starts again", async () => {
  const place = memory();
  await train({ checkpoint: { place, everySeconds: 0 } }, { steps: 4 });
  const { story } = await train({ checkpoint: { place, everySeconds: 1000 } }, { steps: 2 });
  assertEquals(story, (await train({}, { steps: 2 })).story);
});

Deno.test("the checkpoint of a different training is refused, and changes nothing", async () => {
  const kept: Uint8Array[] = [];
  await train({ checkpoint: { place: memory(kept) } }, { steps: 3 });
  const resume = (options: Partial<FitOptions>, more = {}) =>
    train({ checkpoint: { place: memory(kept) }, resume: true, ...options }, more);
  const refused = (options: Partial<FitOptions>, message: string, more = {}) =>
    assertRejects(() => resume(options, more), RangeError, message);
  await refused({ batchSize: 9 }, "which has batchSize 8 and not 9: delete it, or leave out resume");
  await refused({}, "an optimizer of class Adam and not SGD", { kind: "SGD" });
  await refused({}, "samples 50 and not 60", { size: 60 });
  await refused({ random: undefined }, "a number of random sources of 2 and not 1");
  await assertRejects(() => train({ resume: true }), TypeError, "fit takes resume with a checkpoint");
  await assertRejects(() => train({ checkpoint: {} }), TypeError, "fit takes checkpoint with a path");
  await assertRejects(() => train({ checkpoint: { path: 5 as unknown as string } }), TypeError, "got the number 5");
  const never = { checkpoint: { place: memory(), everySeconds: NaN } };
  await assertRejects(() => train(never), RangeError, "fit takes everySeconds");
});

testWith({ read: true, write: true }, "files: the newest and the one before, each whole", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/a.safetensors`, options = { checkpoint: { path, everySeconds: 0 }, resume: true };
    const expected = await train({});
    await Deno.writeFile(`${path}.01234567.tmp`, new Uint8Array(9));
    await Deno.utime(`${path}.01234567.tmp`, 0, 0);
    await Deno.writeFile(`${path}.12345678.tmp`, new Uint8Array(9));
    await train(options, { steps: 5 });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(names, ["a.safetensors", "a.safetensors.12345678.tmp", "a.safetensors.previous"]);
    await Deno.remove(path); // as if the program had ended between the two renamings
    assertEquals(await train(options), expected);
    await Deno.writeTextFile(path, "no checkpoint");
    assertEquals(await train({ ...options, checkpoint: { path: new URL(`file://${path}`) } }), expected);
    await assertRejects(() => train({ checkpoint: { path: `${folder}/none/a` } }), Deno.errors.NotFound);
  });
});

Deno.test("time that passed before counts: speed and time left go on", async () => {
  const place = memory(), model = network(), optimizer = new Adam(model.parameters());
  const speeds: number[][] = [];
  for (let run = 0; run < 2; run++) {
    const options = { optimizer, batchSize: 8, checkpoint: { place }, resume: run > 0, random: new Random(1) };
    speeds.push([]);
    for await (const event of fit(model, points(50), options)) {
      if (event.type !== "step") continue;
      await new Promise((resolve) => setTimeout(resolve, 5));
      speeds[run].push(event.imagesPerSecond);
      if (run === 0 && event.iteration === 4) break;
    }
  }
  assertEquals(speeds[1].slice(0, 4), speeds[0]);
  assert(speeds[1].every((speed) => speed > 0));
  assertGreater(speeds[0][3] * 3, speeds[1][4]);
});
