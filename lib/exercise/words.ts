/** The words for parts of an answer, for numbers and for sizes. */
import { formatShape } from "../tensor/shape.ts";
import { describeValue, isNumberPart, isNumbers, isRecord, type NumberPart, partsOf } from "./compare.ts";

/** What to call an answer without fields. */
export const wholeName = "Your answer";

/** The names of the inputs in the solution: `["x", "gradOut"]`; none if they are not simple names. */
export function namesOf(solution: unknown): string[] {
  const list = /^[^(]*\(([\w\s,]*)\)/.exec(String(solution))?.[1] ?? "";
  return list.split(",").map((name) => name.trim()).filter(Boolean);
}

/** What to call a part: `Your dx`, `Your answer at [0]`. */
export function nameOf(path: string): string {
  const [, field, place] = /^\.?([^[]*)(.*)$/.exec(path)!;
  return `${field ? `Your ${field}` : wholeName}${place && ` at ${place.replaceAll("][", ", ")}`}`;
}

export function describePart(part: ReturnType<ReturnType<typeof partsOf>["get"]>): string {
  return isNumberPart(part) ? describeShape(part) : describeValue(part?.value);
}

export function describeShape({ shape }: NumberPart): string {
  return shape.length === 0 ? "one number" : `of shape ${formatShape(shape)}`;
}

/** The sizes of the inputs, in words: `x [5, 7], w [3, 2], stride 3 and padding 2`. */
export function sizesIn(inputs: readonly unknown[], names: readonly string[]): string {
  const known = names.flatMap((name, i) => {
    const input = inputs[i];
    if (typeof input === "number") return [`${name} ${formatNumber(input)}`];
    const part = partsOf(input).get("");
    if (isNumberPart(part)) {
      return [
        `${name} ${
          isNumbers(input) && part.numbers.length < 5
            ? `[${Array.from(part.numbers, formatNumber).join(", ")}]`
            : formatShape(part.shape)
        }`,
      ];
    }
    if (!isRecord(input)) return [];
    return Object.entries(input).flatMap(([field, value]) => typeof value === "number" ? [`${field} ${value}`] : []);
  });
  const last = known.pop();
  return last === undefined ? "" : known.length ? `${known.join(", ")} and ${last}` : last;
}

/** A number with as many digits as somebody reads. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}
