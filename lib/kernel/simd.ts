/** The fast kernel: float32 by WebAssembly SIMD, on several threads. */
import type { Kernel } from "./kernel.ts";
import { referenceKernel } from "./reference.ts";
import { Call, LeaveToReference } from "./simd/call.ts";
import * as convolution from "./simd/convolution.ts";
import * as elementwise from "./simd/elementwise.ts";
import * as linear from "./simd/linear.ts";
import { Machine, type MachineOptions } from "./simd/machine.ts";
import * as normalization from "./simd/normalization.ts";
import * as pooling from "./simd/pooling.ts";
import * as update from "./simd/update.ts";

/** A kernel whose memory and threads can be looked at. */
export interface SimdKernel extends Kernel {
  /** What it computes with. */
  readonly machine: Machine;
}

/** The kernel operations that compute; what else a kernel has is memory, and what it says of itself. */
type Operations = Omit<Kernel, "name" | "threads" | "dtypes" | "allocate" | "allocatePersistent" | "allocateIndices">;

/** An operation that gets a call before its own arguments. */
type Called<F> = F extends (...rest: infer A) => infer R ? (call: Call, ...rest: A) => R : never;

const operations: { [K in keyof Operations]: Called<Operations[K]> } = {
  ...convolution,
  ...elementwise,
  ...linear,
  ...normalization,
  ...pooling,
  ...update,
};

/** The kernel, or, where this engine cannot run it, the reason. */
export function createSimdKernel(options: MachineOptions): SimdKernel | string {
  const machine = Machine.create(options);
  if (typeof machine === "string") return machine;
  const names = Object.keys(operations) as (keyof Operations)[];
  const bound = Object.fromEntries(names.map((name) => [name, bind(machine, name)])) as unknown as Operations;
  const { store } = machine;
  return {
    ...bound,
    name: "simd",
    dtypes: ["float32"],
    machine,
    get threads() {
      return machine.threads;
    },
    allocate: (size) => store.temporary(Float32Array, size),
    allocatePersistent: (size) => store.persistent(Float32Array, size),
    allocateIndices: (size) => store.temporary(Int32Array, size),
  };
}

/** An operation on this machine. What it cannot do, the reference does. */
function bind(machine: Machine, name: keyof Operations): unknown {
  const fast = operations[name] as (call: Call, ...rest: unknown[]) => unknown;
  return (...rest: unknown[]): unknown => {
    const call = new Call(machine);
    let done = false;
    try {
      const result = fast(call, ...rest);
      done = true;
      return result;
    } catch (error) {
      if (!(error instanceof LeaveToReference)) throw error;
      return (referenceKernel[name] as (...rest: unknown[]) => unknown)(...rest);
    } finally {
      call.finish(done);
    }
  };
}
