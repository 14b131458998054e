/**
 * expectTensor: refuses a value that is not a tensor. Cells run without a type check, so a learner may pass anything.
 */
import { isNumbers, isTensorLike, sizeOf, type TensorLike } from "./tensor_like.ts";

const MAX_LENGTH = 60; // characters of a value in an error

/**
 * Checks that a value is a tensor.
 *
 * @param who The function that was called.
 * @param what Which of its tensors this is, if it takes several.
 * @throws {TypeError} If it is not; the message tells how to make a tensor of it, if that is known.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => expectTensor([[1, 2]], "heatmap"), TypeError, "heatmap takes a tensor and got [ [ 1, 2 ] ]");
 * ```
 */
export function expectTensor(value: unknown, who: string, what = ""): asserts value is TensorLike {
  if (isTensorLike(value)) return;
  const { shape, data } = (value ?? {}) as Partial<TensorLike>;
  if (isNumbers(shape) && isNumbers(data)) {
    const size = sizeOf(Array.from(shape));
    throw new TypeError(
      `${who} takes ${size} numbers for the shape [${Array.from(shape).join(", ")}] and got ${data.length}`,
    );
  }
  throw new TypeError(`${who} takes a tensor${what && ` ${what}`} and got ${brief(value)}${adviceOn(value)}`);
}

function adviceOn(value: unknown): string {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return ": Tensor.from makes one of numbers or rows of numbers";
  }
  const { value: own, weight } = (value ?? {}) as { value?: unknown; weight?: { value?: unknown } };
  if (isTensorLike(own)) return ': its "value" is one';
  return isTensorLike(weight?.value) ? ': its "weight.value" is one' : "";
}

/** A value on one line of an error: an instance by its class, anything else shortened. */
export function brief(value: unknown): string {
  const made = (value as object | null | undefined)?.constructor?.name;
  if (typeof value === "object" && made && made !== "Object" && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
    return made;
  }
  const text = Deno.inspect(value, {
    colors: false,
    depth: 1,
    compact: true,
    breakLength: Infinity,
    iterableLimit: 6,
    strAbbreviateSize: MAX_LENGTH,
  });
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
