// The conformance suite: every operation of a kernel is held to the reference, over random shapes and numbers.
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

/** What a kernel computes; the rest of it is memory, and what it says of itself. */
export type Operation = Exclude<
  keyof Kernel,
  "name" | "threads" | "dtypes" | "allocate" | "allocatePersistent" | "allocateIndices"
>;

/** For every operation, random cases. That none is forgotten the compiler sees. */
export const cases: Record<Operation, fc.Arbitrary<Case>> = {
  ...activationCases,
  ...convolutionCases,
  ...matrixCases,
  ...normalizationCases,
  ...poolingCases,
  ...updateCases,
};

/** Where the arrays of a case are to lie: with the learner, or with the kernel. */
export type Place = "heap" | "kernel";

/** Registers one test an operation for the kernel that `makeKernel` gives; `form` says which it is. */
export function testConformance(form: string, makeKernel: () => Kernel, { runs = 50 }: { runs?: number } = {}): void {
  let kernel: Kernel | undefined;
  for (const operation of Object.keys(cases) as Operation[]) {
    Deno.test(`${operation} computes what the reference computes, ${form}`, () => {
      kernel ??= makeKernel();
      assert(typeof kernel[operation] === "function", `the kernel ${kernel.name} has no ${operation}`);
      fc.assert(
        fc.property(cases[operation], fc.constantFrom<Place>("heap", "kernel"), (one, place) => {
          const difference = check(kernel!, one, place);
          assert(difference === undefined, `${operation}: ${difference}`);
        }),
        { numRuns: runs },
      );
    });
  }
}

function check(kernel: Kernel, one: Case, place: Place): string | undefined {
  const storages = one.arrays.map((array) => {
    if (place === "heap") return { array: array.slice(), release() {} };
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
