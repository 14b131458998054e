// The SIMD kernel compared with the reference, in every form that it can have.
import { fusedWasm, plainWasm } from "../../lib/kernel/simd/kernel_wasm.ts";
import { testConformance } from "./conformance.ts";
import { simdKernel } from "./kernels.ts";

testConformance("on two threads", () => simdKernel({ threads: 2 }), { runs: 200 });
testConformance("without fused multiply-add", () => simdKernel({ threads: 1, binaries: [plainWasm] }));
testConformance("without shared memory", () => simdKernel({ threads: 2, shared: false, binaries: [fusedWasm] }));
testConformance("short of memory", () => simdKernel({ threads: 1, memoryLimit: 65536 + 20_000 }));
