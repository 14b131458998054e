/** TrainingState: all that a training needs to go on as if it had never stopped, as bytes. */
import { type Contents, decodeSafetensors, encodeSafetensors, type Stored } from "../files/safetensors.ts";
import { allStored, restore, tensorsOf } from "../files/tensors_of.ts";
import type { Module } from "../layers/mod.ts";
import { withInner } from "../layers/module.ts";
import type { Optimizer } from "../optimizers/mod.ts";
import { Random } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Dataset } from "./batches.ts";
import { isSealed, ROOM, sealed } from "./checksum.ts";
import type { EpochEvent } from "./events.ts";
import { keepNumbers, reviveNumbers } from "./json_numbers.ts";

/** One step that was taken. */
export interface PastStep {
  readonly loss: number;
  readonly correct: number;
  readonly learningRate: number;
  /** The time of training until then, without tests, in seconds. */
  readonly seconds: number;
}

/** Where a training is. */
interface Position {
  /** All steps so far. */
  readonly steps: readonly PastStep[];
  /** All epochs that are over, test included. */
  readonly epochs: readonly EpochEvent[];
  /** The state of the source before it drew the order of this epoch. */
  readonly order: RandomState | undefined;
}

type RandomState = readonly (number | null)[];

/** What takes part in a training. */
export interface Parts {
  readonly model: Module;
  readonly optimizer: Optimizer;
  readonly dataset: Dataset;
  readonly random: Random | undefined;
  /** What has to be the same in both runs, by name. */
  readonly settings: Readonly<Record<string, string | number>>;
}

const STATE = "gradually.training", FIELDS = ["loss", "correct", "learningRate", "seconds"] as const;

interface State {
  version: 1;
  settings: Record<string, string | number>;
  optimizer: { kind: string; steps: number; learningRate: number };
  epochs: EpochEvent[];
  order?: RandomState;
  randoms: RandomState[];
}

/** What whoever reads the events may change: the sources, and the learning rate. */
export interface Marks {
  readonly randoms: readonly RandomState[];
  readonly learningRate: number;
}

/** These, as they are now. */
export function marksOf(parts: Parts): Marks {
  return { randoms: sourcesOf(parts).map(({ state }) => state), learningRate: parts.optimizer.learningRate };
}

/** The training at this position, as bytes; the marks are those of the last event, before anybody read it. */
export async function encodeState(parts: Parts, position: Position, marks: Marks): Promise<Uint8Array<ArrayBuffer>> {
  const { optimizer } = parts;
  const state: State = {
    version: 1,
    settings: { ...parts.settings },
    optimizer: { kind: optimizer.constructor.name, steps: optimizer.steps, learningRate: marks.learningRate },
    epochs: [...position.epochs],
    order: position.order,
    randoms: [...marks.randoms],
  };
  const history = new Map(FIELDS.map((field) => {
    const numbers = Float64Array.from(position.steps, (step) => step[field]);
    const stored: Stored = { dtype: "F64", shape: [numbers.length], bytes: new Uint8Array(numbers.buffer) };
    return [`history.${field}`, stored];
  }));
  return await sealed(encodeSafetensors({
    metadata: new Map([ROOM, [STATE, JSON.stringify(state, keepNumbers)]]),
    tensors: new Map([...history, ...allStored(tensorsIn(parts))]),
  }));
}

/** A training that can go on. */
export interface Resumed {
  readonly position: Position;
  /** Sets the sources and the learning rate to where they were. */
  rewind(): void;
}

/**
 * Puts a training back to where it was. If anything is wrong, nothing is changed.
 *
 * @param called What to call the file in an error.
 * @throws {SyntaxError} If the bytes are damaged, or not those of a training.
 * @throws {RangeError} If they are those of a different training.
 */
export async function decodeState(bytes: Uint8Array, parts: Parts, called: string): Promise<Resumed> {
  const contents = decodeSafetensors(bytes, called);
  const text = contents.metadata.get(STATE);
  if (text === undefined) {
    throw new SyntaxError(`${called} is not a checkpoint of a training: give fit a different path`);
  }
  if (!await isSealed(bytes)) throw new SyntaxError(`${called} is damaged: its checksum is wrong`);
  const state: State = JSON.parse(text, reviveNumbers);
  const { optimizer } = parts, sources = sourcesOf(parts);
  const differs = (what: string, before: unknown, now: unknown) => {
    if (before === now) return;
    throw new RangeError(
      `fit takes resume with a checkpoint of the same training and got ${called}, which has ${what} ${before} and not ` +
        `${now}: delete it, or leave out resume`,
    );
  };
  differs("version", state.version, 1);
  for (const [name, now] of Object.entries(parts.settings)) differs(name, state.settings[name], now);
  differs("an optimizer of class", state.optimizer.kind, optimizer.constructor.name);
  differs("a number of random sources of", state.randoms.length, sources.length);
  const history = historyIn(contents);
  const others = new Map([...contents.tensors].filter(([name]) => !name.startsWith("history.")));
  restore(tensorsIn(parts), others, called);
  optimizer.steps = state.optimizer.steps;
  const rewind = () => {
    for (const [i, source] of sources.entries()) source.state = state.randoms[i];
    optimizer.learningRate = state.optimizer.learningRate;
  };
  rewind();
  return { position: { steps: history, epochs: state.epochs, order: state.order }, rewind };
}

function historyIn({ tensors }: Contents): PastStep[] {
  const [loss, correct, learningRate, seconds] = FIELDS.map((field) =>
    new Float64Array(tensors.get(`history.${field}`)!.bytes.slice().buffer)
  );
  return Array.from(loss, (loss, i) => ({
    loss,
    correct: correct[i],
    learningRate: learningRate[i],
    seconds: seconds[i],
  }));
}

/** The tensors of network and optimizer, by name. */
function tensorsIn({ model, optimizer }: Parts): Map<string, Tensor> {
  const own = Array.from(tensorsOf(model), ([name, tensor]) => [`model.${name}`, tensor] as const);
  return new Map([...own, ...optimizer.memory.map((tensor, i) => [`optimizer.${i}`, tensor] as const)]);
}

/** Everything random that takes part: the source of the order, and those in public fields of layers and of the data. */
function sourcesOf({ model, dataset, random }: Parts): Random[] {
  const owners = [...withInner(model), dataset];
  const found = [random, ...owners.flatMap((owner) => Object.values(owner))];
  return [...new Set(found.filter((each) => each instanceof Random))];
}
