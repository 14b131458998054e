// The conformance suite: every operation of a kernel is compared with the reference, over random shapes and numbers.
import { assert } from "@std/assert";
import fc from "fast-check";
import type { Kernel } from "../../lib/kernel/kernel.ts";
import { activationCases } from "./cases/activation.ts";
import type { Case } from "./cases/case.ts";
import { convolutionCases } from "./cases/convolution.ts";
import { matrixCases } from "./cases/matrix.ts";
import { normalizationCases } from "./cases/normalization.ts";
import { poolingCases } from "./cases/pooling.ts";
import { updateCases } from "./cases/update.ts";
import { firstDifference } from "./comparison.ts";

/** The operations that compute; the rest of a kernel allocates memory and describes the kernel. */
export type Operation = Exclude<
  keyof Kernel,
  "name" | "threads" | "dtypes" | "allocate" | "allocatePersistent" | "allocateIndices"
>;

/** Random cases for every operation; the compiler sees whether one is missing. */
export const cases: Record<Operation, fc.Arbitrary<Case>> = {
  ...activationCases,
  ...convolutionCases,
  ...matrixCases,
  ...normalizationCases,
  ...poolingCases,
  ...updateCases,
};

/** Where the arrays of a case are: in the JavaScript heap, or in the kernel's memory. */
export type Home = "heap" | "kernel";

/** Registers one test per operation for the kernel that `makeKernel` makes; `form` describes it. */
export function testConformance(form: string, makeKernel: () => Kernel, { runs = 50 }: { runs?: number } = {}): void {
  let kernel: Kernel | undefined;
  for (const operation of Object.keys(cases) as Operation[]) {
    Deno.test(`${operation} computes what the reference computes, ${form}`, () => {
      kernel ??= makeKernel();
      assert(typeof kernel[operation] === "function", `the kernel ${kernel.name} has no ${operation}`);
      fc.assert(
        fc.property(cases[operation], fc.constantFrom<Home>("heap", "kernel"), (one, home) => {
          const difference = mismatch(kernel!, one, home);
          assert(difference === undefined, `${operation}: ${difference}`);
        }),
        { numRuns: runs },
      );
    });
  }
}

/** How the result of a case differs from the reference; undefined if it does not. */
export function mismatch(kernel: Kernel, one: Case, home: Home): string | undefined {
  const storages = one.arrays.map((array) => {
    if (home === "heap") return { array: array.slice(), release() {} };
    const storage = array instanceof Int32Array
      ? kernel.allocateIndices(array.length)
      : kernel.allocate(array.length, "float32");
    storage.array.set(array);
    return storage;
  });
  try {
    const arrays = storages.map((storage) => storage.array);
    const returned = one.run(kernel, arrays);
    const expected = one.expect();
    const changed = arrays.findIndex((array, i) => !one.outputs.includes(i) && !same(array, one.arrays[i]));
    if (changed >= 0) return `it wrote into its argument ${changed}`;
    for (const [i, wanted] of expected.outputs.entries()) {
      const difference = firstDifference(wanted, arrays[one.outputs[i]]);
      if (difference) return difference;
    }
    return expected.returned && firstDifference(expected.returned, [returned as number]);
  } finally {
    for (const storage of storages) storage.release();
  }
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
