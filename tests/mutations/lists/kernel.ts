// Mutations of the kernels: the reference, which is the definition, and the fast one with its source.
import type { Mutated } from "../mutation.ts";

const conformance = "tests/kernel/simd_conformance_test.ts";
const build = { task: "kernel", writes: "lib/kernel/simd/kernel_wasm.ts" };

/** By file; what is mutated in `assembly` is compiled first. */
export const kernel: readonly Mutated[] = [
  {
    file: "lib/kernel/reference/activation.ts",
    tests: [
      "tests/layers/relu_zero_test.ts",
      "tests/layers/conventions_test.ts",
      "tests/layers/stability_test.ts",
      "tests/losses",
    ],
    changes: [
      ["x[i] <= 0 ? 0 : x[i]", "x[i] < 0 ? 0 : x[i]"],
      ["x[i] > 0 ? gradOut[i] : 0", "x[i] >= 0 ? gradOut[i] : 0"],
      ["const e = Math.exp(-Math.abs(x[i]))", "const e = Math.exp(-x[i])"],
      ["Math.log(sum) - (", "Math.log(sum) + ("],
    ],
  },
  {
    file: "lib/kernel/reference/batch_norm.ts",
    tests: ["tests/layers/every_layer_test.ts", "tests/parity"],
    changes: [
      ["gradBeta[c] += sum", "gradBeta[c] = sum"],
      ["const [shift, slope] = frozen ?", "const [shift, slope] = !frozen ?"],
    ],
  },
  {
    file: "lib/kernel/reference/convolution.ts",
    tests: ["tests/parity", "tests/training/gradients_test.ts"],
    changes: [
      ["Math.ceil((padding - offset) / stride)", "Math.floor((padding - offset) / stride)"],
      ["Math.floor((size - 1 + padding - offset) / stride) + 1", "Math.floor((size - 1 + padding - offset) / stride)"],
      ["const weightSums = Float64Array.from(gradWeight)", "const weightSums = new Float64Array(gradWeight.length)"],
    ],
  },
  {
    file: "lib/kernel/reference/matmul.ts",
    tests: ["tests/kernel/alias_test.ts", "tests/tensor", "tests/layers/every_layer_test.ts"],
    changes: [
      ["if (overlap(b, out)) b = b.slice();", ""],
      ["p + 1 < k; p += 2", "p < k; p += 2"],
      ["(accumulate ? out[i * n + j] : 0) +", "(accumulate ? 0 : 0) +"],
    ],
  },
  {
    file: "lib/kernel/reference/pooling.ts",
    tests: ["tests/layers/conventions_test.ts"],
    changes: [
      ["value > best ||", "value >= best ||"],
      ["(value !== value && best === best)", "value !== value"],
      ["gradX[p * inPlane + indices[i]] += gradOut[i]", "gradX[p * inPlane + indices[i]] = gradOut[i]"],
    ],
  },
  {
    file: "lib/kernel/reference/update.ts",
    tests: ["tests/optimizers/optimizers_test.ts", conformance],
    changes: [
      ["const moving = first ? direction", "const moving = false ? direction"],
      ["direction + momentum * moving", "direction - momentum * moving"],
      ["decoupled ? 1 - learningRate * weightDecay", "decoupled ? 1 - weightDecay"],
    ],
  },
  {
    file: "lib/kernel/select.ts",
    tests: ["tests/kernel/select_test.ts", "tests/kernel/simd_limits_test.ts"],
    changes: [
      ["if (fast?.threads === threads) return fast;", ""],
      ['dtype === "float32" ? float32Kernel', 'dtype !== "float32" ? float32Kernel'],
      ["threads > 64", "threads >= 64"],
    ],
  },
  {
    file: "lib/kernel/simd/arena.ts",
    tests: ["tests/kernel/simd_storage_test.ts"],
    changes: [["this.#next + size > this.#end", "this.#next > this.#end"]],
  },
  {
    file: "lib/kernel/simd/arena_storage.ts",
    tests: ["tests/kernel/simd_storage_test.ts"],
    changes: [
      ["if (!block.pinned) this.arena", "this.arena"],
      ["if (this.#block.pinned || ", "if ("],
      ["this.#array === undefined) return;", "false) return;"],
      ["this.#store.freePersistent(this.#block);", ""],
      ["if (!this.#inArena) return; // the copy", "// the copy"],
      ["storage.array.fill(0);", ""],
    ],
  },
  {
    file: "lib/kernel/simd/machine.ts",
    tests: ["tests/kernel/alias_test.ts", "tests/kernel/simd_memory_test.ts", conformance],
    changes: [
      ["overlap(array, out) ? array.slice() : array", "array"],
      ["if (copyBackTo && done)", "if (copyBackTo)"],
    ],
  },
  {
    file: "lib/kernel/simd/convolution.ts",
    tests: [conformance],
    changes: [
      ["kernelWidth - 1 - shape.paddingWidth", "kernelWidth - shape.paddingWidth"],
      ["machine.expectFinite(machine.read(Conv.weight, weight), weight.length);", "machine.read(Conv.weight, weight);"],
    ],
  },
  {
    file: "lib/kernel/simd/winograd.ts",
    tests: [conformance],
    changes: [
      ["shape.inChannels % 8 === 0", "true"],
      ["shape.outChannels % 4 === 0", "true"],
      ["&& strideHeight === 1", ""],
      ["top: 2 - shape.paddingHeight", "top: 1 - shape.paddingHeight"],
      ["some((flag) => flag !== 0)", "some(() => false)"],
    ],
  },
  {
    file: "lib/kernel/simd/elementwise.ts",
    tests: [conformance],
    changes: [["labels[i]] - largest)", "labels[i]] + largest)"], [
      "Math.ceil(rows / rowsPerChunk)",
      "Math.floor(rows / rowsPerChunk)",
    ]],
  },
  {
    file: "lib/kernel/simd/workers.ts",
    tests: ["tests/kernel/simd_limits_test.ts"],
    changes: [
      ["if (this.#count > 0) this.#onProblem(reason);", "this.#onProblem(reason);"],
      ["chunks > MAX_CHUNKS", "false"],
    ],
  },
  {
    file: "lib/kernel/simd/update.ts",
    tests: [conformance],
    changes: [["1 / Math.sqrt(1 - beta2 ** step.step)", "Math.sqrt(1 - beta2 ** step.step)"]],
  },
  {
    file: "lib/kernel/simd/assembly/functions.ts",
    tests: [conformance],
    build,
    changes: [["const flat = memory.data<f32>([9])", "const flat = memory.data<f32>([3])"]],
  },
  {
    file: "lib/kernel/simd/assembly/tile.ts",
    tests: [conformance],
    build,
    changes: [["c50 = f32x4.add(c50, v128.load(c + 5 * step));", "c50 = f32x4.add(c50, v128.load(c + 4 * step));"]],
  },
  {
    file: "lib/kernel/simd/assembly/table_tile.ts",
    tests: [conformance],
    build,
    changes: [["c22 = madd(s, b2, c22);", "c22 = madd(s, b1, c22);"]],
  },
  {
    file: "lib/kernel/simd/assembly/conv.ts",
    tests: [conformance],
    build,
    changes: [["(taps - 1 - t)", "t"]],
  },
  {
    file: "lib/kernel/simd/assembly/pack.ts",
    tests: [conformance],
    build,
    changes: [["store<f32>(to, load<f32>(a, 20), 20)", "store<f32>(to, load<f32>(a, 16), 20)"]],
  },
  {
    file: "lib/kernel/simd/assembly/matmul.ts",
    tests: [conformance],
    build,
    changes: [["columns, first > 0);", "columns, false);"]],
  },
  {
    file: "lib/kernel/simd/assembly/pool.ts",
    tests: [conformance],
    build,
    changes: [["f32x4.le(value, best)", "f32x4.lt(value, best)"]],
  },
  {
    file: "lib/kernel/simd/assembly/finite.ts",
    tests: ["tests/kernel/simd_infinite_test.ts"],
    build,
    changes: [["return rest == 0 &&", "return"]],
  },
];
