/** The fast kernel: float32 with WebAssembly SIMD, on several threads. */
import type { Kernel } from "./kernel.ts";
import { referenceKernel } from "./reference.ts";
import * as convolution from "./simd/convolution.ts";
import * as elementwise from "./simd/elementwise.ts";
import * as linear from "./simd/linear.ts";
import { FallBackToReference, Machine, type MachineOptions } from "./simd/machine.ts";
import * as normalization from "./simd/normalization.ts";
import * as pooling from "./simd/pooling.ts";
import * as update from "./simd/update.ts";

/** A kernel whose memory and threads can be inspected. */
export interface SimdKernel extends Kernel {
  /** The memory and the threads that it computes with. */
  readonly machine: Machine;
}

/** The operations that compute; the rest of a kernel allocates memory and describes the kernel. */
type Operations = Omit<Kernel, "name" | "threads" | "dtypes" | "allocate" | "allocatePersistent" | "allocateIndices">;

/** An operation that takes the machine before its other arguments. */
type OnMachine<F> = F extends (...rest: infer A) => infer R ? (machine: Machine, ...rest: A) => R : never;

const operations: { [K in keyof Operations]: OnMachine<Operations[K]> } = {
  ...convolution,
  ...elementwise,
  ...linear,
  ...normalization,
  ...pooling,
  ...update,
};

/** The kernel; if this engine cannot run it, the reason. */
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

/** An operation on this machine. The reference computes what the machine cannot. */
function bind(machine: Machine, name: keyof Operations): unknown {
  const fast = operations[name] as (machine: Machine, ...rest: unknown[]) => unknown;
  return (...rest: unknown[]): unknown => {
    const call = machine.begin();
    let done = false;
    try {
      const result = fast(machine, ...rest);
      done = true;
      return result;
    } catch (error) {
      if (!(error instanceof FallBackToReference)) throw error;
      return (referenceKernel[name] as (...rest: unknown[]) => unknown)(...rest);
    } finally {
      machine.end(call, done);
    }
  };
}
