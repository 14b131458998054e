/** keepNumbers and reviveNumbers: what JSON lacks: NaN, infinity and −0, of which a loss may be any, and tensors. */
import type { DType } from "../kernel/storage.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A tensor in a text. */
type KeptTensor = { data: number[]; shape: number[]; dtype: DType };

/** The replacer of JSON.stringify. */
export function keepNumbers(_key: string, value: unknown): unknown {
  if (value instanceof Tensor) {
    const { data, shape, dtype } = value;
    return { "$tensor": { data: Array.from(data), shape, dtype } };
  }
  if (Object.is(value, -0)) return { "$number": "-0" };
  return typeof value === "number" && !Number.isFinite(value) ? { "$number": String(value) } : value;
}

/** The reviver of JSON.parse. */
export function reviveNumbers(_key: string, value: unknown): unknown {
  const { $number, $tensor } = (value ?? {}) as { $number?: unknown; $tensor?: KeptTensor };
  if (typeof $number === "string") return Number($number);
  if ($tensor === undefined) return value;
  return Tensor.from($tensor.data, $tensor.shape, { dtype: $tensor.dtype });
}
