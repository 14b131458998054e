/** watch: shows the progress of training and the curve of its loss; Ctrl-C stops training and keeps what it learned. */
import { expectNumbers } from "../tensor/expect_number.ts";
import type { EpochEvent, StepEvent, TrainingEvent } from "../training/events.ts";
import { ALREADY_SHOWN, shared } from "../contract/contract.ts";
import { display, frontEnd, show } from "./display.ts";
import { brief } from "./expect_tensor.ts";
import { interruptible } from "./interrupt.ts";
import type { MimeBundle } from "./picture.ts";
import { DISPLAY } from "./picture.ts";
import { epochLine, type Progress, progressPicture, stepLine, totalLine } from "./progress.ts";
import { turnTaker } from "./turn.ts";

/** The options of {@linkcode watch}. */
export interface WatchOptions {
  /** A line above it. */
  title?: string;
  /** Log lines per epoch; 10 by default, and fewer if there are many epochs. */
  linesPerEpoch?: number;
  /** Whether to draw the curve of the loss; `true` by default. */
  curve?: boolean;
}

/** How training went. `show` draws it as the curve of the loss. */
export interface History {
  /** Loss and accuracy (0…1) of each batch. */
  steps: { loss: number; accuracy: number }[];
  /** Each epoch, with its test, if there was one. */
  epochs: EpochEvent[];
  /** Whether it was stopped before its end. */
  stopped: boolean;
  /** How long it took, in seconds. */
  seconds: number;
}

// Ten pictures per second look live; more would only slow down training.
const REDRAW_MS = 100;
// After a picture that takes long to draw, as a curve in a notebook does, the next one waits a hundred times as long.
const DRAWING_SHARE = 0.01;
const MAX_REDRAW_MS = 1000;

/**
 * Follows the events of training and shows its progress: a bar with images per second and the time left, ten log lines
 * for each epoch, the test after each epoch, and the curve of the loss. On a pipe it prints only the log lines and, at
 * the end, the curve. In a plain script Ctrl-C stops training after the current batch; a second Ctrl-C ends the
 * program.
 *
 * An error during training, such as a loss of NaN, leaves the picture as it is and is rethrown.
 *
 * @throws {TypeError} If it does not get events.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * async function* training() {
 *   yield {
 *     type: "epoch", epoch: 1, epochs: 1, loss: 0.3, accuracy: 0.9, correct: 90, total: 100, seconds: 1,
 *     imagesPerSecond: 100,
 *   } as const;
 * }
 * const history = await watch(training());
 * assertEquals(history.epochs[0].accuracy, 0.9);
 * assertEquals(history.stopped, false);
 * ```
 */
export async function watch(
  events: AsyncIterable<TrainingEvent> | Iterable<TrainingEvent>,
  options: WatchOptions = {},
): Promise<History> {
  if (!isEvents(events)) throw new TypeError(`watch takes the events of fit(…) and got ${brief(events)}`);
  const { title, linesPerEpoch, curve = true } = options;
  expectNumbers("watch", { linesPerEpoch });
  const where = frontEnd();
  const history: History = { steps: [], epochs: [], stopped: false, seconds: 0 };
  const losses: number[] = [];
  const started = performance.now();
  let progress: Progress = { epochs: history.epochs, losses, log: [], notes: [], title, curve };
  const live = display();
  const takeTurn = turnTaker(where);
  const log = async (line: string) => {
    if (where === "pipe") await show(line);
    else progress = { ...progress, log: [...progress.log, line].slice(-10) };
  };
  let next = -Infinity; // the first picture is drawn with the first step
  const draw = async () => {
    if (performance.now() < next) return;
    if (where !== "pipe") await live.update(progressPicture(progress));
    await takeTurn();
    next = performance.now() + Math.min(MAX_REDRAW_MS, Math.max(REDRAW_MS, live.drawingTime / DRAWING_SHARE));
  };
  const finish = async (end: Progress["end"]) => {
    history.seconds = (performance.now() - started) / 1000;
    const sum = progress.step && totalLine(progress.step, history.seconds);
    progress = { ...progress, end, notes: [...progress.notes, ...(sum ? [sum] : [])] };
    if (where === "pipe" && sum) await show(sum);
    if (where !== "pipe") await live.update(progressPicture(progress));
    else if (curve && losses.length > 1) {
      await show(progressPicture({ ...progress, epochs: [], step: undefined, title: undefined, notes: [] }));
    }
    await live.close();
  };
  if (where === "pipe" && title !== undefined) await show(title);
  const release = interruptible(where);
  try {
    for await (const event of events) {
      if (event.type === "step") {
        history.steps.push({ loss: event.loss, accuracy: event.accuracy });
        losses.push(event.loss);
        const first = event.iteration === 1;
        progress = { ...progress, step: event, log: first ? [] : progress.log };
        if (isLogged(event, linesPerEpoch)) await log(stepLine(event));
        await draw();
      } else if (event.type === "epoch") {
        history.epochs.push(event);
        progress = { ...progress, log: [] };
        if (where === "pipe") await show(epochLine(event));
        await draw();
      } else {
        history.stopped = true;
        const note =
          `Stopped in epoch ${event.epoch} after iteration ${event.iteration}; the model keeps what it learned`;
        progress = { ...progress, notes: [note] };
        if (where === "pipe") await show(note);
      }
    }
  } catch (error) {
    await finish("failed");
    throw error;
  } finally {
    release();
  }
  await finish(history.stopped ? "stopped" : "done");
  if (curve) shared[ALREADY_SHOWN]?.add(history);
  // Not enumerable: whoever prints the history wants its numbers.
  return Object.defineProperty(history, DISPLAY, {
    enumerable: false,
    value: (): MimeBundle => progressPicture({ ...progress, curve: true }).bundle(),
  });
}

function isLogged({ epochs, iteration, iterations }: StepEvent, linesPerEpoch?: number): boolean {
  const lines = linesPerEpoch ?? Math.min(10, Math.ceil(60 / epochs));
  if (lines < 1) return false;
  return (iteration === 1 && lines > 2) || iteration % Math.max(1, Math.ceil(iterations / lines)) === 0;
}

function isEvents(value: unknown): boolean {
  const { [Symbol.asyncIterator]: slow, [Symbol.iterator]: fast } = Object(value);
  return typeof slow === "function" || typeof fast === "function";
}
