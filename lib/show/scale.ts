/** Axes: where a number stands between two ends, and which round numbers stand beside it. */

/** A round number on an axis. */
interface Tick {
  readonly value: number;
  readonly label: string;
}

/** One axis. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Where a value stands: 0 at `from`, 1 at `to`. */
  at(value: number): number;
  readonly ticks: readonly Tick[];
}

/** How an axis is laid. */
interface ScaleOptions {
  /** About how many ticks; there may be a few more or fewer. */
  count: number;
  /** Steps of equal ratio instead of equal difference. */
  log?: boolean;
  /** Whether the ends are moved out to the next ticks. */
  nice?: boolean;
}

/** Numbers beyond this count as infinite: the width of an axis that holds them, and its steps, could not be computed. */
export const LARGEST = 1e307;

/** An axis that holds these two values. */
export function scale(from: number, to: number, { count, log = false, nice = false }: ScaleOptions): Scale {
  return log ? logScale(from, to, count, nice) : linearScale(from, to, count, nice);
}

function linearScale(from: number, to: number, count: number, nice: boolean): Scale {
  // The ends of the number range have no room for a step: neither sums beyond it nor steps below it.
  [from, to] = [Math.max(from, -LARGEST), Math.min(to, LARGEST)];
  // Widen an axis without length, relative to its value: float steps around 1e9 are larger than 1.
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
  [low, high] = [Math.max(low, -307), Math.min(high, 308)]; // below lie numbers with fewer and fewer digits
  if (!(high > low)) high = low + 1;
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, count)));
  const ticks: Tick[] = [];
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power += every) {
    const value = 10 ** power;
    ticks.push({ value, label: Math.abs(power) <= 3 ? String(Number(value.toPrecision(3))) : `1e${power}` });
  }
  return { from: 10 ** low, to: 10 ** high, ticks, at: (value) => (Math.log10(value) - low) / (high - low) };
}
