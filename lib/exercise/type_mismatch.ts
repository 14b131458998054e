/**
 * typeMismatch: the first place in an answer that holds another type of value than the solution: a list for a number,
 * say.
 */
import { Tensor } from "../tensor/tensor.ts";
import { describeValue, isList, isNumbers, isObject, isRecord } from "./compare.ts";

/** The value there. */
export interface TypeMismatch {
  /** Its path: "" for the whole answer, `.dx`, `[0]`. */
  readonly path: string;
  readonly got: unknown;
  /** What is wrong with it, to follow its name in a sentence. */
  readonly text: string;
}

/** The first type mismatch; shapes are not compared. */
export function typeMismatch(got: unknown, expected: unknown, path = ""): TypeMismatch | undefined {
  const instead = (advice = ""): TypeMismatch => {
    const right = typeof expected === "number" ? "one number" : describeValue(expected);
    return { path, got, text: `is ${describeValue(got)} and should be ${right}${advice}` };
  };
  if (expected instanceof Tensor) {
    const fits = expected.shape.length === 0 ? isNumber(got) : got instanceof Tensor || isNumbers(got);
    if (fits) return undefined;
    const name = /^\.(\w+)$/.exec(path)?.[1] ?? "…";
    return instead(isList(got) && Array.from(got).every(isList) ? `: Tensor.from(${name})` : "");
  }
  if (isList(expected)) {
    if (isNumbers(expected) && (isNumbers(got) || (got instanceof Tensor && got.shape.length === 1))) return undefined;
    if (!isList(got)) return instead();
    return firstOf(Math.min(got.length, expected.length), (i) => typeMismatch(got[i], expected[i], `${path}[${i}]`)) ??
      (got.length === expected.length
        ? undefined
        : { path, got, text: `has length ${got.length} and should have length ${expected.length}` });
  }
  if (isRecord(expected)) {
    if (!isObject(got)) return instead();
    const names = Object.keys(expected), missing = names.filter((name) => !(name in got));
    if (missing.length > 0) {
      const others = missing.length === names.length ? Object.keys(got).join(", ") : "";
      return { path, got, text: `lacks ${missing.join(", ")}${others && ` and has ${others}`}` };
    }
    return firstOf(names.length, (i) => typeMismatch(got[names[i]], expected[names[i]], `${path}.${names[i]}`));
  }
  const fits = typeof expected === "number" ? isNumber(got) : typeof got === typeof expected;
  return fits ? undefined : instead();
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || (value instanceof Tensor && value.shape.length === 0);
}

function firstOf<T>(count: number, find: (i: number) => T | undefined): T | undefined {
  for (let i = 0; i < count; i++) {
    const found = find(i);
    if (found !== undefined) return found;
  }
  return undefined;
}
