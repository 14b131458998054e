// One call of a kernel, and what it must give.
import type { Kernel } from "../../../lib/kernel/kernel.ts";
import type { FloatArray } from "../../../lib/kernel/storage.ts";
import type { Expected } from "../comparison.ts";

/** The arrays of a call. */
export type Arrays = (FloatArray | Int32Array)[];

/** One call. */
export interface Case {
  /** Its arguments that are arrays. */
  readonly arrays: readonly (Float32Array | Int32Array)[];
  /** Which of them are written, in the order of `expect().outputs`. */
  readonly outputs: readonly number[];
  /** Makes the call with arrays like those. */
  // deno-lint-ignore no-explicit-any
  run(kernel: Kernel, arrays: any[]): number | void;
  /** What the reference computes in double precision. */
  expect(): { outputs: Expected[]; returned?: Expected };
  /** For a failing test's message. */
  readonly [key: string]: unknown;
}
