/** How an answer differs from the solution: in type, in shape, in numbers, and by which pattern. */
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A part of an answer that consists of numbers: all of it, or a field or an entry. */
export interface NumberPart {
  readonly shape: Shape;
  readonly numbers: ArrayLike<number>;
}

/** A part that is anything else: text, a boolean, nothing. */
interface OtherPart {
  readonly value: unknown;
}

/** The parts of an answer by their path: "" for the whole, `.dx`, `[0]`. */
type Parts = Map<string, NumberPart | OtherPart>;

/** Splits an answer into its parts. */
export function partsOf(value: unknown, path = "", parts: Parts = new Map()): Parts {
  if (value instanceof Tensor) parts.set(path, { shape: value.shape, numbers: value.data });
  else if (typeof value === "number") parts.set(path, { shape: [], numbers: [value] });
  else if (isNumbers(value)) parts.set(path, { shape: [value.length], numbers: value });
  else if (Array.isArray(value)) value.forEach((entry, i) => partsOf(entry, `${path}[${i}]`, parts));
  else if (isRecord(value)) {
    for (const [name, entry] of Object.entries(value)) partsOf(entry, `${path}.${name}`, parts);
  } else parts.set(path, { value });
  return parts;
}

/** Whether a part consists of numbers. */
export function isNumberPart(part: NumberPart | OtherPart | undefined): part is NumberPart {
  return part !== undefined && "numbers" in part;
}

/** Whether a value is a list of any kind. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** Whether a value is a list of numbers. */
export function isNumbers(value: unknown): value is ArrayLike<number> {
  return isList(value) && (!Array.isArray(value) || value.every((entry) => typeof entry === "number"));
}

/** Whether a value is a plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value has fields: a plain object, or an object of any class that is neither a list nor a tensor. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Tensor);
}

/** An answer without its extra fields, and with each `transpose(…)` carried out. */
export function normalizeAnswer(got: unknown, expected: unknown): unknown {
  if (isRecord(got) && got.transposed instanceof Tensor) return got.transposed.transpose();
  if (Array.isArray(got) && Array.isArray(expected)) return got.map((entry, i) => normalizeAnswer(entry, expected[i]));
  if (!isObject(got) || !isRecord(expected)) return got;
  const names = Object.keys(expected).filter((name) => name in got);
  return names.length
    ? Object.fromEntries(names.map((name) => [name, normalizeAnswer(got[name], expected[name])]))
    : got;
}

/** Whether two answers are the same, up to rounding. */
export function sameAnswer(a: unknown, b: unknown, tolerance: number): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  return left.size === right.size && [...right].every(([path, part]) => samePart(left.get(path), part, tolerance));
}

/** Whether two parts are the same, up to rounding; two missing parts are the same. */
export function samePart(
  a: NumberPart | OtherPart | undefined,
  b: NumberPart | OtherPart | undefined,
  tolerance: number,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (isNumberPart(a) && isNumberPart(b)) {
    return sameShape(a.shape, b.shape) && worstElement(a.numbers, b.numbers, tolerance) === undefined;
  }
  return !isNumberPart(a) && !isNumberPart(b) && Object.is(a.value, b.value);
}

/** Where the numbers of a part are wrong; everywhere, if it does not have the right shape. */
export function tellingIndices(
  part: NumberPart,
  right: NumberPart | OtherPart | undefined,
  tolerance: number,
): number[] {
  const all = Array.from(part.numbers, (_, i) => i);
  if (!isNumberPart(right) || !sameShape(part.shape, right.shape)) return all;
  const limit = tolerance * Math.max(1e-12, largest(right.numbers));
  return all.filter((i) =>
    !Object.is(part.numbers[i], right.numbers[i]) && !(Math.abs(part.numbers[i] - right.numbers[i]) <= limit)
  );
}

/** The index of the element with the largest error, if any error exceeds the tolerance. */
export function worstElement(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): number | undefined {
  const scale = Math.max(1e-12, largest(expected));
  let [worst, worstError] = [undefined as number | undefined, tolerance * scale];
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(got[i], expected[i])) continue;
    const error = Math.abs(got[i] - expected[i]);
    if (error <= worstError) continue;
    worst = i;
    if (Number.isNaN(error)) break;
    worstError = error;
  }
  return worst;
}

function largest(numbers: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < numbers.length; i++) if (Number.isFinite(numbers[i])) size = Math.max(size, Math.abs(numbers[i]));
  return size;
}

/** `got / expected`, if that is the same number everywhere. */
export function constantRatio(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): number | undefined {
  let [dot, square] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    dot += got[i] * expected[i];
    square += expected[i] * expected[i];
  }
  const ratio = dot / square;
  if (!Number.isFinite(ratio) || ratio === 0) return undefined;
  const scaled = Float64Array.from(expected, (value) => value * ratio);
  return worstElement(got, scaled, tolerance) === undefined ? ratio : undefined;
}

/** `got - expected`, if that is the same number everywhere, and there is more than one element. */
export function constantShift(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): number | undefined {
  if (expected.length < 2) return undefined;
  const shift = got[0] - expected[0];
  const shifted = Float64Array.from(expected, (value) => value + shift);
  return worstElement(got, shifted, tolerance) === undefined ? shift : undefined;
}

/** Whether `got` is the transpose of the matrix `expected`. */
export function isTransposed(got: NumberPart, expected: NumberPart, tolerance: number): boolean {
  if (expected.shape.length !== 2) return false;
  const [rows, columns] = expected.shape;
  if (!sameShape(got.shape, [columns, rows])) return false;
  const transposed = Float64Array.from(
    { length: rows * columns },
    (_, i) => got.numbers[(i % columns) * rows + Math.floor(i / columns)],
  );
  return worstElement(transposed, expected.numbers, tolerance) === undefined;
}

/** An answer in a few words: `a tensor [3, 4]`, `a list of 3 lists`, `nothing`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof Tensor) return `a tensor ${formatShape(value.shape)}`;
  if (typeof value === "number") return `the number ${Number(value.toPrecision(6))}`;
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (isList(value)) {
    const lists = value.length > 0 && Array.from(value).every(isList);
    return `a list of ${value.length}${lists ? ` list${value.length === 1 ? "" : "s"}` : ""}`;
  }
  if (typeof value === "function") return "a function";
  return isObject(value) ? `an object with ${Object.keys(value).join(", ") || "no fields"}` : String(value);
}
