// The SIMD kernel against the reference, on two threads.
import { createSimdKernel } from "../../lib/kernel/simd.ts";
import { testConformance } from "./conformance.ts";

let kernel: ReturnType<typeof createSimdKernel> | undefined;

testConformance(() => kernel ??= createSimdKernel({ threads: 2 }));
