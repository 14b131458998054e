/** Story: what has happened in a training, and the events that tell it. */
import type { Evaluation } from "./evaluate.ts";
import type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "./events.ts";
import type { PastStep, Resumed } from "./training_state.ts";

/** How large a training is. */
interface Extent {
  /** How many samples an epoch has. */
  readonly size: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** The mean loss over this many steps tells whether a training diverges. */
const WINDOW = 50;
/** That mean, divided by 1 plus the first loss, from which on it does: spikes at its start are far below. */
const DIVERGED = 1000;

/** Counts steps and epochs, and makes their events. */
export class Story {
  readonly #extent: Extent;
  readonly #iterations: number;
  readonly #recent: number[] = [];
  readonly steps: PastStep[] = [];
  readonly epochs: EpochEvent[] = [];
  /** Whether the steps are kept; a checkpoint needs them. */
  keepsSteps = false;
  /** How many batches of this epoch are done. */
  iteration = 0;
  /** How many steps were taken. */
  stepsDone = 0;
  #firstLoss: number | undefined;
  #started = performance.now();
  #epochStart = performance.now();
  #testing = 0; // the time spent on tests, in milliseconds
  #seen = 0;
  #sums = { loss: 0, correct: 0, total: 0 }; // of this epoch

  constructor(extent: Extent) {
    this.#extent = extent;
    this.#iterations = Math.ceil(extent.size / extent.batchSize);
  }

  /** How many epochs are over. */
  get epochsDone(): number {
    return this.epochs.length;
  }

  /** The epoch and iteration of the step that is being taken, counted from 1. */
  next(): { epoch: number; iteration: number } {
    return { epoch: this.epochsDone + 1, iteration: this.iteration + 1 };
  }

  /**
   * A step was taken.
   * @throws {RangeError} If training diverges.
   */
  step({ loss, correct, learningRate }: Omit<PastStep, "seconds">): StepEvent {
    const seconds = (performance.now() - this.#started - this.#testing) / 1000;
    this.#expectSense(loss, learningRate);
    return this.#tell({ loss, correct, learningRate, seconds });
  }

  #tell(past: PastStep): StepEvent {
    const { size, epochs, batchSize: most } = this.#extent;
    const { loss, correct, learningRate, seconds } = past;
    const batchSize = Math.min(most, size - this.iteration * most);
    this.stepsDone++;
    this.iteration++;
    this.#firstLoss ??= loss;
    if (this.keepsSteps) this.steps.push(past);
    this.#seen += batchSize;
    this.#sums.loss += loss * batchSize;
    this.#sums.correct += correct;
    this.#sums.total += batchSize;
    const imagesPerSecond = this.#seen / seconds;
    return {
      type: "step",
      epoch: this.epochsDone + 1,
      epochs,
      iteration: this.iteration,
      iterations: this.#iterations,
      loss,
      correct,
      batchSize,
      accuracy: correct / batchSize,
      runningLoss: this.#sums.loss / this.#sums.total,
      runningAccuracy: this.#sums.correct / this.#sums.total,
      imagesSeen: this.#seen,
      imagesTotal: size * epochs,
      imagesPerSecond,
      secondsLeft: (size * epochs - this.#seen) / imagesPerSecond,
      learningRate,
    };
  }

  /** An epoch is over; `test` measures the network. */
  epoch(test?: () => Evaluation): EpochEvent {
    const { loss, correct, total } = this.#sums;
    const seconds = (performance.now() - this.#epochStart) / 1000;
    const { epochs } = this.#extent;
    const event: EpochEvent = {
      type: "epoch",
      epoch: this.epochsDone + 1,
      epochs,
      loss: loss / total,
      accuracy: correct / total,
      correct,
      total,
      seconds,
      imagesPerSecond: total / seconds,
    };
    if (test) {
      const start = performance.now();
      const found = test();
      event.test = { loss: found.loss, accuracy: found.accuracy, correct: found.correct, total: found.total };
      this.#testing += performance.now() - start;
    }
    this.#endEpoch(event);
    return event;
  }

  #endEpoch(event: EpochEvent): void {
    this.epochs.push(event);
    this.iteration = 0;
    this.#sums = { loss: 0, correct: 0, total: 0 };
    this.#epochStart = performance.now();
  }

  /** Training was stopped. */
  stop(): StopEvent {
    const between = this.iteration === 0 && this.epochsDone > 0;
    return {
      type: "stop",
      epoch: between ? this.epochsDone : this.epochsDone + 1,
      iteration: between ? this.#iterations : this.iteration,
      reason: "interrupted",
    };
  }

  /** The events of an earlier run, one after the other. Before the last one the sources are as they were after it. */
  *retold({ position, rewind }: Resumed): Generator<TrainingEvent> {
    const { steps, epochs } = position;
    const last = epochs.length > 0 && steps.length === epochs.length * this.#iterations ? epochs.at(-1) : steps.at(-1);
    for (const past of steps) {
      const event = this.#tell(past);
      const over = event.iteration === this.#iterations ? epochs[this.epochsDone] : undefined;
      this.#started = performance.now() - past.seconds * 1000;
      if (last === past) rewind();
      yield event;
      if (!over) continue;
      this.#endEpoch({ ...over, epochs: this.#extent.epochs });
      if (last === over) rewind();
      yield this.epochs.at(-1)!;
    }
    this.#epochStart = performance.now() - this.#sinceEpoch(steps);
  }

  /** How long the epoch that was cut off had taken, in milliseconds. */
  #sinceEpoch(steps: readonly PastStep[]): number {
    const before = steps.length - this.iteration;
    return steps.length === before ? 0 : 1000 * (steps.at(-1)!.seconds - (steps[before - 1]?.seconds ?? 0));
  }

  #expectSense(loss: number, learningRate: number): void {
    this.#recent.push(loss);
    if (this.#recent.length > WINDOW) this.#recent.shift();
    if (this.#recent.length < WINDOW) return;
    const mean = this.#recent.reduce((sum, each) => sum + each, 0) / WINDOW;
    const first = this.#firstLoss!;
    if (!(first >= 0 && mean > DIVERGED * (1 + first))) return;
    const { epoch, iteration } = this.next();
    throw new RangeError(
      `The loss grew from ${brief(first)} to ${
        brief(mean)
      }, the mean of the last ${WINDOW} steps, in epoch ${epoch}, ` +
        `iteration ${iteration}: the learning rate (${
          brief(learningRate)
        }) is probably too large, so try a tenth of it`,
    );
  }
}

function brief(value: number): number {
  return Number(value.toPrecision(3));
}
