// remember: trains, keeps, and comes back to the bit.
import { assert, assertEquals } from "@std/assert";
import { CHECKPOINTS, type Checkpoints, FC, fit, Random, remember, SGD, Tensor } from "../../mod.ts";
import { network, points } from "./small_network.ts";

const scope = globalThis as unknown as Record<symbol, Checkpoints | undefined>;

/** Runs with a place for checkpoints that gives back what `from` holds. */
async function within(
  from: Map<string, Uint8Array> | undefined,
  run: () => Promise<void>,
): Promise<Map<string, Uint8Array>> {
  const kept = new Map<string, Uint8Array>();
  scope[CHECKPOINTS] = { load: (name) => from?.get(name), save: (name, bytes) => void kept.set(name, bytes) };
  try {
    await run();
  } finally {
    delete scope[CHECKPOINTS];
  }
  return kept;
}

interface Trained {
  model: FC;
  random: Random;
  result: { losses: number[] };
  trainings: number;
}

async function train(outFeatures = 2): Promise<Trained> {
  const random = new Random(3);
  const model = new FC({ inFeatures: 2, outFeatures, random });
  let trainings = 0;
  const result = await remember("fc", model, () => {
    trainings++;
    model.parameters()[0].value.data[0] = random.normal();
    return { losses: [NaN, Infinity, 0.1] };
  }, { random });
  return { model, random, result, trainings };
}

Deno.test("what was trained comes back: weights, result, and the random source", async () => {
  let first: Trained | undefined;
  const kept = await within(undefined, async () => void (first = await train()));
  let second: Trained | undefined;
  await within(kept, async () => void (second = await train()));
  assertEquals([first!.trainings, second!.trainings], [1, 0]);
  assertEquals(second!.model.parameters()[0].value.toArray(), first!.model.parameters()[0].value.toArray());
  assertEquals(second!.result, { losses: [NaN, Infinity, 0.1] });
  assertEquals([second!.random.normal(), second!.random.uniform()], [first!.random.normal(), first!.random.uniform()]);
});

Deno.test("for a checkpoint of another network, or a damaged one, training runs again", async () => {
  const kept = await within(undefined, async () => void await train());
  await within(kept, async () => assertEquals((await train(5)).trainings, 1));
  kept.set("fc", kept.get("fc")!.slice(0, 40));
  await within(kept, async () => assertEquals((await train()).trainings, 1));
});

Deno.test("results from other data are not used", async () => {
  const learn = (data?: string) => remember("count", () => data ?? "none", { data });
  const kept = await within(undefined, async () => void await learn("synthetic"));
  await within(kept, async () => {
    assertEquals(await learn("mnist"), "mnist");
    assertEquals(await learn(), "none");
    assertEquals(await remember("count", () => "again", { data: "synthetic" }), "synthetic");
  });
});

Deno.test("without a place to keep results it simply works, even without a network", async () => {
  assertEquals((await train()).trainings, 1);
  assertEquals(await remember("sweep", () => [1, 2]), [1, 2]);
  const random = new Random(1);
  const sweep = (times: number) => remember("sweep", () => [random.uniform(), times], { random });
  let first: number[] = [];
  const kept = await within(undefined, async () => void (first = await sweep(1)));
  const next = random.uniform();
  await within(kept, async () => assertEquals(await sweep(2), first));
  assertEquals(random.uniform(), next);
  const nothing = await within(undefined, async () => void await remember("nothing", () => {}));
  await within(nothing, async () => assertEquals(await remember("nothing", () => {}), undefined));
});

Deno.test("a damaged checkpoint changes nothing before the work is done again", async () => {
  const kept = await within(undefined, async () => void await train());
  const fresh = await train();
  const bytes = kept.get("fc")!;
  const text = new TextDecoder("latin1").decode(bytes);
  const damages = [['"result":"{', '"result":"['], ['}","state"', ' ","state"'], ['"state":"[', '"state":"{'], [
    '"F32"',
    '"F16"',
  ]];
  for (const [found, instead] of damages) {
    const at = text.indexOf(found);
    assert(at > 0, found);
    const damaged = bytes.slice();
    damaged.set(new TextEncoder().encode(instead), at);
    await within(new Map([["fc", damaged]]), async () => {
      const { model, random, result, trainings } = await train();
      assertEquals(trainings, 1, found);
      assertEquals([model.parameters()[0].value.toArray(), result], [
        fresh.model.parameters()[0].value.toArray(),
        fresh.result,
      ]);
      assertEquals(random.state, fresh.random.state);
    });
  }
});

Deno.test("a training that was cut off goes on, and is forgotten once it is over", async () => {
  const unfinished = new Map<string, Uint8Array>();
  const finished: string[] = [];
  const place: Checkpoints = {
    load: () => undefined,
    save: (name) => void finished.push(name),
    loadUnfinished: (name) => unfinished.get(name),
    saveUnfinished: (name, bytes) => void unfinished.set(name, bytes),
  };
  const learn = async (cutAt = Infinity, data = "mnist", everySeconds = 0) => {
    const model = network(), random = new Random(2), losses: number[] = [];
    const options = { optimizer: new SGD(model.parameters()), batchSize: 5, random };
    await remember("net", model, async ({ checkpoint, resume }) => {
      const keeping = checkpoint ? { checkpoint: { ...checkpoint, everySeconds } } : {};
      for await (const event of fit(model, points(30), { ...options, resume, ...keeping })) {
        if (event.type !== "step") continue;
        losses.push(event.loss);
        if (losses.length === cutAt) throw new Error("a power cut");
      }
    }, { data });
    return { losses, weights: model.parameters().map(({ value }) => value.toArray()) };
  };
  const whole = await learn();
  scope[CHECKPOINTS] = place;
  try {
    for (const at of [2, 4]) await learn(at).catch(() => {});
    assertEquals(unfinished.size, 1);
    assert([...unfinished.values()][0].length > 0);
    assertEquals(await learn(), whole);
    assertEquals([finished, [...unfinished.values()]], [["net"], [new Uint8Array()]]);
    assertEquals(await learn(Infinity, "mnist", 1000), whole); // begins again
    await learn(3).catch(() => {});
    assertEquals((await learn(Infinity, "synthetic")).losses, whole.losses); // other data: from the start
    assertEquals(unfinished.size, 2);
  } finally {
    delete scope[CHECKPOINTS];
  }
});

Deno.test("what evaluate found comes back with its tensor", async () => {
  const work = () => ({ total: 3, confusion: Tensor.from([[1, NaN], [0.1, -0]], undefined, { dtype: "float64" }) });
  const kept = await within(undefined, async () => void await remember("tested", work));
  await within(kept, async () => {
    const { total, confusion } = await remember("tested", (): ReturnType<typeof work> => {
      throw new Error("done again");
    });
    assertEquals([total, confusion.dtype, confusion.shape], [3, "float64", [2, 2]]);
    assertEquals([...confusion.data], [1, NaN, 0.1, -0]);
  });
});
