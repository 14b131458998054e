// Reads a record of tests/fixtures/torch as tensors, and compares a result with it.
import { assert, assertEquals } from "@std/assert";
import { Tensor } from "../../mod.ts";

/** A tensor as the fixtures hold it: flat, row-major. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** How far a result may be from PyTorch's, in float64. */
export const closeEnough = 1e-10;

/** The stored numbers as a float64 tensor. */
export function tensor({ data, shape }: Stored): Tensor {
  return Tensor.from(data, shape, { dtype: "float64" });
}

/** Fails unless shape and every number agree; names the number with the largest error. */
export function assertSame(what: string, found: Tensor, stored: Stored): void {
  assertEquals(found.shape, stored.shape, `the shape of ${what}`);
  let worst = 0;
  for (let i = 1; i < stored.data.length; i++) if (!(off(i) <= off(worst))) worst = i;
  assert(
    off(worst) < closeEnough,
    `${what}[${worst}] is ${found.data[worst]} and PyTorch says ${stored.data[worst]}: ${off(worst)} apart`,
  );

  function off(i: number): number {
    return Math.abs(found.data[i] - stored.data[i]);
  }
}
