/** Axes: the position of a number between two ends, and the round numbers for the ticks. */

/** A round number on an axis. */
interface Tick {
  readonly value: number;
  readonly label: string;
}

/** One axis. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** The position of a value: 0 at `from`, 1 at `to`. */
  at(value: number): number;
  readonly ticks: readonly Tick[];
}

/** How to lay out an axis. */
interface ScaleOptions {
  /** About how many ticks; there may be a few more or fewer. */
  count: number;
  /** Whether the axis is logarithmic. */
  log?: boolean;
  /** Whether to move the ends out to the next ticks. */
  nice?: boolean;
}

/** Larger numbers count as infinite: an axis for them could not be computed without overflow. */
export const LARGEST = 1e307;

/** An axis that holds these two values. */
export function scale(from: number, to: number, { count, log = false, nice = false }: ScaleOptions): Scale {
  return log ? logScale(from, to, count, nice) : linearScale(from, to, count, nice);
}

function linearScale(from: number, to: number, count: number, nice: boolean): Scale {
  // At the ends of the number range there is no room for a step.
  [from, to] = [Math.max(from, -LARGEST), Math.min(to, LARGEST)];
  // Widen an empty axis relative to its value: around 1e17, adding 1 changes nothing.
  if (!(to - from > 1e-300)) {
    [from, to] = [from - Math.max(0.5, Math.abs(from) * 0.01), to + Math.max(0.5, Math.abs(to) * 0.01)];
  }
  const step = roundStep((to - from) / Math.max(1, count));
  if (nice) [from, to] = [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
  const ticks: Tick[] = [];
  const first = Math.ceil(from / step - 1e-9);
  for (let i = first; i * step <= to + step * 1e-9 && ticks.length < 100; i++) {
    ticks.push({ value: i * step, label: label(i * step, step) });
  }
  return { from, to, ticks, at: (value) => (value - from) / (to - from) };
}

// 1, 2 or 5 times a power of ten, whichever is nearest in ratio.
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const rest = rough / power;
  return power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.sqrt(2) ? 2 : 1);
}

function label(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step);
  if (size >= 1e6 || size < 1e-4) {
    return value === 0 ? "0" : value.toExponential(1).replace(".0e", "e").replace("e+", "e");
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = (Math.abs(value) < step * 1e-6 ? 0 : value).toFixed(decimals);
  return decimals === 0 && size >= 10000 ? Number(text).toLocaleString("en-US") : text;
}

function logScale(from: number, to: number, count: number, nice: boolean): Scale {
  let [low, high] = [Math.log10(from), Math.log10(to)];
  if (nice || high - low < 0.3) [low, high] = [Math.floor(low + 1e-9), Math.ceil(high - 1e-9)];
  [low, high] = [Math.max(low, -307), Math.min(high, 308)]; // smaller numbers have fewer and fewer digits
  if (!(high > low)) high = low + 1;
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, count)));
  const ticks: Tick[] = [];
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power += every) {
    const value = 10 ** power;
    ticks.push({ value, label: Math.abs(power) <= 3 ? String(Number(value.toPrecision(3))) : `1e${power}` });
  }
  return { from: 10 ** low, to: 10 ** high, ticks, at: (value) => (Math.log10(value) - low) / (high - low) };
}
