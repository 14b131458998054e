// One call of a kernel, and its expected results.
import type { Kernel } from "../../../lib/kernel/kernel.ts";
import type { FloatArray } from "../../../lib/kernel/storage.ts";
import type { Expected } from "../comparison.ts";

/** The arrays of a call. */
export type Arrays = (FloatArray | Int32Array)[];

/** One call. */
export interface Case {
  /** The arguments that are arrays. */
  readonly arrays: readonly (Float32Array | Int32Array)[];
  /** The indices of those that are written, in the order of `expect().outputs`. */
  readonly outputs: readonly number[];
  /** Makes the call, with arrays like these. */
  // deno-lint-ignore no-explicit-any
  run(kernel: Kernel, arrays: any[]): number | void;
  /** What the reference computes in double precision. */
  expect(): { outputs: Expected[]; returned?: Expected };
  /** For the message of a failing test. */
  readonly [key: string]: unknown;
}
