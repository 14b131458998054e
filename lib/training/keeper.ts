/** Keeper: saves a training while it runs, and finds it again. */
import type { Loss } from "../losses/mod.ts";
import { describe } from "../tensor/describe.ts";
import { within } from "../tensor/expect_number.ts";
import type { Random } from "../tensor/random.ts";
import { type Dataset, orderOf } from "./batches.ts";
import { type CheckpointPlace, placeAt } from "./checkpoint_place.ts";
import type { Story } from "./story.ts";
import { decodeState, encodeState, type Marks, marksOf, type Parts, type Resumed } from "./training_state.ts";

/** How `fit` keeps checkpoints. */
export interface FitCheckpoint {
  /** The file; permission to write its folder is needed. The one before it has `.previous` behind its name. */
  path?: string | URL;
  /** Where to keep them instead of in files. */
  place?: CheckpointPlace;
  /** How many seconds pass between two checkpoints; 30 by default, and 0 for one after each step. */
  everySeconds?: number;
}

/** Those of `fit` that matter here. */
interface Options {
  readonly checkpoint?: FitCheckpoint;
  readonly resume?: boolean;
  readonly batchSize?: number;
  readonly loss?: Loss<ArrayLike<number>>;
}

/** Keeps one training. */
export class Keeper {
  readonly #place: CheckpointPlace;
  readonly #every: number;
  readonly #resume: boolean;
  readonly #parts: Parts;
  readonly #story: Story;
  #resumed: Resumed | undefined;
  #order: Random["state"] | undefined;
  #marks: Marks | undefined;
  #lastSave = performance.now();
  #saved = 0; // how many steps the newest checkpoint has

  /** A keeper, if checkpoints are wanted. */
  static of(options: Options, parts: Omit<Parts, "settings">, story: Story): Keeper | undefined {
    return options.checkpoint ? new Keeper(options, options.checkpoint, parts, story) : undefined;
  }

  private constructor(
    { resume = false, batchSize = 64, loss }: Options,
    { path, place, everySeconds = 30 }: FitCheckpoint,
    parts: Omit<Parts, "settings">,
    story: Story,
  ) {
    if ((path === undefined) === (place === undefined)) {
      throw new TypeError('fit takes checkpoint with a path, as in { path: "training.safetensors", everySeconds: 30 }');
    }
    if (path !== undefined && typeof path !== "string" && !(path instanceof URL)) {
      throw new TypeError(`fit takes checkpoint with a path as text and got ${describe(path)}`);
    }
    if (!within(everySeconds, 0, Infinity)) {
      throw new RangeError(`fit takes everySeconds as a number of at least 0 and got ${describe(everySeconds)}`);
    }
    this.#place = place ?? placeAt(path!);
    this.#every = everySeconds * 1000;
    this.#resume = resume;
    this.#story = story;
    this.#parts = { ...parts, settings: settingsOf(parts.dataset, batchSize, loss) };
    story.keepsSteps = true;
  }

  /** Puts everything back to the newest checkpoint that is whole; undefined if there is none, or none is wanted. */
  async resume(): Promise<Resumed | undefined> {
    if (!this.#resume) return undefined;
    let damage: unknown;
    const { name } = this.#place;
    for (const bytes of await this.#place.load()) {
      try {
        this.#resumed = await decodeState(bytes, this.#parts, name);
        this.#saved = this.#resumed.position.steps.length;
        return this.#resumed;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        damage ??= error; // the one before it may be whole
      }
    }
    if (damage !== undefined) throw damage;
    return undefined;
  }

  /** Draws the order of an epoch; of the one that was cut off, the same as then, and nothing else is drawn. */
  drawOrder(random: Random | undefined): Uint32Array {
    const { dataset } = this.#parts;
    const before = this.#story.iteration > 0 ? this.#resumed?.position.order : undefined;
    if (!random || !before) {
      this.#order = random?.state;
      return orderOf(dataset, random);
    }
    const now = random.state;
    this.#order = random.state = before;
    const order = orderOf(dataset, random);
    random.state = now;
    return order;
  }

  /** Notes what whoever reads the next event may change. */
  mark(): void {
    this.#marks = marksOf(this.#parts);
  }

  /** Saves if it is time. */
  async saveIfDue(): Promise<void> {
    if (performance.now() - this.#lastSave >= this.#every) await this.save();
  }

  /** Saves if there was a step since the last time. */
  async saveIfNew(): Promise<void> {
    if (this.#story.stepsDone > this.#saved) await this.save();
  }

  /** Saves. */
  async save(): Promise<void> {
    const { steps, epochs, stepsDone } = this.#story;
    await this.#place.save(
      await encodeState(this.#parts, { steps, epochs, order: this.#order }, this.#marks ?? marksOf(this.#parts)),
    );
    this.#lastSave = performance.now();
    this.#saved = stepsDone;
  }
}

/** What has to be the same when a training goes on. */
function settingsOf(dataset: Dataset, batchSize: number, loss: Options["loss"]): Parts["settings"] {
  const { size, sampleShape, labels } = dataset;
  let hash = 0;
  for (let i = 0; i < labels.length; i++) hash = (Math.imul(hash, 31) + labels[i]) | 0;
  const { reduction = "mean" } = (loss ?? {}) as { reduction?: string };
  return {
    batchSize,
    samples: size,
    "a sample of": sampleShape.join(" × "),
    "labels with the checksum": hash,
    "a loss of class": `${loss?.constructor.name ?? "CrossEntropyLoss"}, ${reduction}`,
  };
}
