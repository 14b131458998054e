/** Draws the progress of training: the log so far, a bar, and at the end the curve of the loss. */
import type { EpochEvent, StepEvent } from "../training/events.ts";
import { bold, css, dim, ink, SERIES } from "./color.ts";
import { curve } from "./curve.ts";
import { formatDuration, formatNumber, formatPercent } from "./format.ts";
import { Picture } from "./picture.ts";
import type { Screen } from "./screen.ts";
import type { Points } from "./series.ts";
import { SVG_WIDTH, svgDocument, svgText } from "./svg.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { truncate } from "./text.ts";

/** What {@linkcode progressPicture} draws. */
export interface Progress {
  /** The latest step. */
  readonly step?: StepEvent;
  /** The epochs that are done. */
  readonly epochs: readonly EpochEvent[];
  /** The log lines of the current epoch, oldest first. */
  readonly log: readonly string[];
  /** The loss of each step. */
  readonly losses: readonly number[];
  /** How it ended, once it has. */
  readonly end?: "done" | "stopped" | "failed";
  /** The last lines: why training stopped, how long it took. */
  readonly notes: readonly string[];
  readonly title?: string;
  /** Whether the curve of the loss is drawn. */
  readonly curve: boolean;
}

/** The picture of training at this moment. */
export function progressPicture(progress: Progress): Picture {
  return new Picture({
    text: (screen) => progressText(progress, screen),
    svg: () => progressSvg(progress),
  });
}

/** The log line of a step: epoch, iteration, loss, accuracy, number of correct images. */
export function stepLine(
  { epoch, epochs, iteration, iterations, loss, accuracy, correct, batchSize }: StepEvent,
): string {
  return `epoch ${fill(epoch, epochs)}/${epochs}  iteration ${fill(iteration, iterations)}/${iterations}  ` +
    `loss ${fixed(loss)}  accuracy ${formatPercent(accuracy, 1).padStart(7)}  correct ${
      fill(correct, batchSize)
    }/${batchSize}`;
}

/** The log line of an epoch: loss, accuracy, and the result of the test. */
export function epochLine({ epoch, epochs, loss, accuracy, test, seconds }: EpochEvent): string {
  const tested = test ? `  test ${formatPercent(test.accuracy)} (${whole(test.correct)} of ${whole(test.total)})` : "";
  return `epoch ${fill(epoch, epochs)}/${epochs}  loss ${fixed(loss)}  train ${formatPercent(accuracy)}${tested}  ` +
    formatDuration(seconds);
}

/** The last line: how many images in how much time. */
export function totalLine({ imagesSeen }: StepEvent, seconds: number): string {
  return `${whole(imagesSeen)} images in ${formatDuration(seconds)}, ${formatSpeed(imagesSeen / seconds)}`;
}

function progressText(progress: Progress, screen: Screen): string[] {
  const { step, epochs, log, end, notes, title } = progress;
  const lines: string[] = [];
  if (title) lines.push(bold(screen, title));
  lines.push(...lastOf(epochs).map((epoch) => typeof epoch === "string" ? epoch : epochText(epoch, screen)));
  if (!end) lines.push(...log.map((line) => dim(screen, truncate(line, screen.columns))));
  if (step && end !== "done") lines.push(barLine(step, screen));
  lines.push(...notes);
  if (end && progress.curve && progress.losses.length > 1) lines.push("", lossCurve(progress).text(screen));
  return lines.flatMap((line) => line.split("\n")).map((line) =>
    visibleWidth(line) > screen.columns ? truncate(line, screen.columns) : line
  );
}

// A hundred epochs would push the bar off the screen.
function lastOf(epochs: readonly EpochEvent[], max = 8): (EpochEvent | string)[] {
  return epochs.length <= max ? [...epochs] : [`… ${epochs.length - max + 1} earlier epochs`, ...epochs.slice(1 - max)];
}

function epochText(epoch: EpochEvent, screen: Screen): string {
  const line = epochLine(epoch);
  if (!epoch.test) return line;
  const share = `test ${formatPercent(epoch.test.accuracy)}`;
  return line.replace(share, bold(screen, share));
}

/** One line: how much is done, how fast, how long it will take. */
export function barLine(step: StepEvent, screen: Screen): string {
  const share = imagesShare(step);
  const known = facts(step);
  const epochOf = `epoch ${step.epoch}/${step.epochs} `;
  let text = known.join("  ");
  while (known.length > 1 && epochOf.length + 8 + text.length > screen.columns) {
    known.pop();
    text = known.join("  ");
  }
  const width = Math.min(30, screen.columns - epochOf.length - visibleWidth(text) - 1);
  return width < 4 ? truncate(epochOf + text, screen.columns) : epochOf + bar(share, width, screen) + " " + text;
}

function imagesShare({ imagesSeen, imagesTotal }: StepEvent): number {
  return imagesTotal > 0 ? Math.max(0, Math.min(1, imagesSeen / imagesTotal)) : 0;
}

function facts(step: StepEvent): string[] {
  return [
    `${String(Math.floor(100 * imagesShare(step))).padStart(3)} %`,
    formatSpeed(step.imagesPerSecond),
    `${formatDuration(step.secondsLeft)} left`,
    `loss ${fixed(step.runningLoss)}`,
    formatPercent(step.runningAccuracy, 1),
  ];
}

// With eighths of a character the bar moves with every batch.
function bar(share: number, width: number, screen: Screen): string {
  const eighths = Math.floor(share * width * 8);
  const full = Math.floor(eighths / 8);
  const part = full < width ? ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] : "";
  const rest = width - full - part.length;
  return ink(screen, SERIES[0], "█".repeat(full) + part) + dim(screen, "░".repeat(rest));
}

// The same in SVG: epochs, bar, facts, curve, from top to bottom.
function progressSvg(progress: Progress): string {
  const { step, epochs, end, notes, title } = progress;
  const parts: string[] = [];
  let y = 12;
  const line = (text: string, strong = false) => parts.push(svgText(16, y += 18, text, strong ? { weight: 600 } : {}));
  if (title) line(title, true);
  for (const epoch of lastOf(epochs)) line(typeof epoch === "string" ? epoch : epochLine(epoch));
  if (step && end !== "done") {
    const share = imagesShare(step);
    const width = SVG_WIDTH - 32;
    parts.push(`<rect class="gr-box" x="16" y="${y += 10}" width="${width}" height="10" rx="5"/>`);
    const fill = css(SERIES[0]);
    parts.push(`<rect x="16" y="${y}" width="${(share * width).toFixed(1)}" height="10" rx="5" fill="${fill}"/>`);
    y += 10;
    line([`epoch ${step.epoch}/${step.epochs}`, ...facts(step)].join("   "));
    line(stepLine(step));
  }
  for (const note of notes) line(note);
  if (progress.curve && progress.losses.length > 1) {
    const inner = lossCurve(progress).svg()!;
    const height = Number(/ height="(\d+)"/.exec(inner)![1]);
    parts.push(inner.replace("<svg ", `<svg y="${y += 8}" `));
    y += height;
  }
  return svgDocument(SVG_WIDTH, y + 12, title ?? "training", parts.join(""));
}

function lossCurve({ losses, epochs }: Progress): Picture {
  const x = Float64Array.from(losses, (_, i) => i + 1);
  // The moving mean is drawn over the losses of the steps, which jump from batch to batch.
  const window = Math.max(1, Math.round(losses.length / 40));
  const series: Record<string, Points> = window < 3
    ? { loss: { x, y: losses } }
    : { "each step": { x, y: losses }, [`mean of ${window}`]: { x, y: movingMean(losses, window) } };
  const test = epochs.findLast((epoch) => epoch.test)?.test;
  const caption = test ? `Loss (final test: ${formatPercent(test.accuracy)})` : "Loss";
  return curve(series, {
    title: caption,
    xLabel: "step",
    yLabel: "loss",
    rows: 10,
  });
}

function movingMean(values: readonly number[], window: number): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value, i) => {
    sum += value - (i >= window ? values[i - window] : 0);
    return sum / Math.min(window, i + 1);
  });
}

function formatSpeed(imagesPerSecond: number): string {
  return `${whole(imagesPerSecond)} images/s`;
}

function whole(n: number): string {
  return Math.round(n).toLocaleString("en-US");
}

function fixed(loss: number): string {
  return Number.isFinite(loss) ? loss.toFixed(4) : formatNumber(loss);
}

function fill(value: number, largest: number): string {
  return String(value).padStart(String(largest).length);
}
