/** The curves of a line chart, read from any form: numbers, tensors, functions, points. */
import { brief } from "./expect_tensor.ts";
import { isNumbers, isTensorLike, type TensorLike } from "./tensor_like.ts";

/** The points of one curve, and whether a line connects them. */
export interface Points {
  /** The x of each value; 0, 1, 2, … by default. */
  x?: ArrayLike<number> | TensorLike;
  /** The values, or a function of x, which is drawn over the whole width. */
  y: ArrayLike<number> | TensorLike | ((x: number) => number);
  /** Whether to draw single points instead of a line. */
  points?: boolean;
}

/** What {@linkcode curve} draws as one curve. */
export type CurveData = ArrayLike<number> | TensorLike | ((x: number) => number) | Points;

/** One curve, ready to be drawn. A NaN in y breaks the line. */
export interface Series {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly points: boolean;
}

const SAMPLES = 241;

/** Reads one curve, or several by name. Functions are drawn over `xRange`, or over the x of the other curves. */
export function seriesOf(
  data: CurveData | Readonly<Record<string, CurveData>>,
  xRange?: readonly [number, number],
): Series[] {
  const named = isCurveData(data) ? [["", data] as const] : Object.entries(data ?? {});
  if (named.length === 0) {
    throw new TypeError("curve takes numbers, { x, y }, a function, or several of these by name, and got none");
  }
  const bad = named.find(([, one]) => !isCurveData(one));
  if (bad) {
    throw new TypeError(
      `curve takes numbers, { x, y } or a function${bad[0] === "" ? "" : ` for "${bad[0]}"`} and got ${brief(bad[1])}`,
    );
  }
  const given = named.filter(([, one]) => functionOf(one) === undefined).map(([name, one]) => pointsOf(name, one));
  const [from, to] = xRange ?? extent(given) ?? [-5, 5];
  return named.map(([name, one]) => {
    const f = functionOf(one);
    if (!f) return given.find((series) => series.name === name)!;
    const x = Float64Array.from({ length: SAMPLES }, (_, i) => from + (to - from) * i / (SAMPLES - 1));
    return { name, x, y: x.map((at) => Number(f(at))), points: false };
  });
}

function isCurveData(value: unknown): value is CurveData {
  if (typeof value === "function" || isTensorLike(value) || isNumbers(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  const { x, y } = value as Partial<Points>;
  const numbers = (v: unknown) => isNumbers(v) || isTensorLike(v);
  // { x, y } of two lists is one curve; { x: {…}, y: {…} } would be two curves of these names.
  return (numbers(y) || typeof y === "function") && (x === undefined || numbers(x)) &&
    Object.keys(value).every((key) => key === "x" || key === "y" || key === "points");
}

function functionOf(data: CurveData): ((x: number) => number) | undefined {
  if (typeof data === "function") return data;
  const y = (data as Points).y;
  return typeof y === "function" ? y : undefined;
}

function pointsOf(name: string, data: CurveData): Series {
  const { x, y, points = false } = isNumbers(data) || isTensorLike(data) ? { y: data } as Points : data as Points;
  const values = numbersOf(y as ArrayLike<number> | TensorLike);
  const places = x === undefined ? values.map((_, i) => i) : numbersOf(x);
  if (places.length !== values.length) {
    const which = name === "" ? "" : ` for "${name}"`;
    throw new RangeError(`curve takes one x for each y and got ${places.length} x and ${values.length} y${which}`);
  }
  return { name, x: places, y: values, points };
}

function numbersOf(list: ArrayLike<number> | TensorLike): Float64Array {
  return Float64Array.from(isTensorLike(list) ? list.data : list);
}

/** The smallest and the largest x of all curves. */
export function extent(series: readonly Series[]): [number, number] | undefined {
  let from = Infinity, to = -Infinity;
  for (const { x } of series) {
    for (const at of x) {
      if (!Number.isFinite(at)) continue;
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  return from <= to ? [from, to] : undefined;
}
