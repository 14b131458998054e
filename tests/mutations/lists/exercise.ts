// Mutations of the exercises, the data, and the stand-ins for packages.
import type { Mutated } from "../mutation.ts";

/** By file. */
export const exercise: readonly Mutated[] = [
  {
    file: "lib/exercise/check.ts",
    tests: ["tests/exercise/check_test.ts", "tests/exercise/worst_element_test.ts"],
    changes: [
      ["passed: passed.has(id)", "passed: false"],
      ['if (verdict.kind === "passed") passed.add(id);', "passed.add(id);"],
    ],
  },
  {
    file: "lib/exercise/compare.ts",
    tests: ["tests/exercise/judge_test.ts", "tests/exercise/worst_element_test.ts"],
    changes: [
      ["if (error <= worstError) continue;", "if (error < worstError) continue;"],
      ["worstError = error;", ""],
      ["got.numbers[(i % columns) * rows + Math.floor(i / columns)]", "got.numbers[i]"],
      ["if (Object.is(got[i], expected[i])) continue;", ""],
    ],
  },
  {
    file: "lib/exercise/explain.ts",
    tests: ["tests/exercise/judge_test.ts", "tests/exercise/worst_element_test.ts"],
    changes: [["wrong.length > number / 2", "wrong.length > number"]],
  },
  {
    file: "lib/exercise/explains.ts",
    tests: ["tests/exercise/explains_test.ts"],
    changes: [
      ["telling.length === 0 || !complete", "telling.length === 0"],
      ["if (!agree) return false;", ""],
      ["numbers.size >= enough", "numbers.size >= 1"],
      ["trials.size >= 2 && numbers", "numbers"],
      ["judged >= enoughPlaces", "judged >= 0"],
    ],
  },
  {
    file: "lib/exercise/pattern_in.ts",
    tests: ["tests/exercise/judge_test.ts", "tests/exercise/worst_element_test.ts"],
    changes: [
      ["Math.abs(ratio + 1) < 1e-3", "Math.abs(ratio - 1) < 1e-3"],
      ["(halves && plain)", "false"],
      ["close(ratio, 2) || close(ratio, 0.5)", "close(ratio, 2)"],
    ],
  },
  {
    file: "lib/exercise/judge.ts",
    tests: ["tests/exercise/judge_test.ts", "tests/exercise/worst_element_test.ts"],
    changes: [
      ["if (!sameAnswer(given, inputs, 0))", "if (false)"],
      ["error instanceof BlankError", "false"],
    ],
  },
  {
    file: "lib/exercise/type_mismatch.ts",
    tests: ["tests/exercise/unlisted_test.ts", "tests/exercise/judge_test.ts"],
    changes: [["names.filter((name) => !(name in got))", "names.filter((name) => name in got)"]],
  },
  {
    file: "data/idx.ts",
    tests: ["tests/data/idx_test.ts"],
    changes: [["present < expected", "present > expected"], ["bytes.length < header", "bytes.length <= header"]],
  },
  {
    file: "data/dataset.ts",
    tests: ["tests/data/dataset_test.ts"],
    changes: [["label >= classes", "label > classes"], ["index >= this.size", "index > this.size"]],
  },
  {
    file: "data/cache.ts",
    tests: ["tests/data/cache_test.ts"],
    changes: [["> ABANDONED_MS", "< ABANDONED_MS"], ["await fileSystem.remove(temporary)", "await Promise.resolve()"]],
  },
  {
    file: "data/obtain.ts",
    tests: ["tests/data/obtain_test.ts"],
    changes: [["genuine ? contents", "true ? contents"]],
  },
  {
    file: "data/read_contents.ts",
    tests: ["tests/data/packed_pixels_test.ts", "tests/data/mnist_test.ts"],
    changes: [
      ["verified.get(packedSum) === file.sha256", "verified.has(packedSum)"],
      ["if (genuine && file.pixels", "if (file.pixels"],
    ],
  },
  {
    file: "data/packed_pixels.ts",
    tests: ["tests/data/packed_pixels_test.ts"],
    changes: [["this.#pixels.length < end", "false"], ["subarray(this.#skip)", "subarray(0)"]],
  },
  {
    file: "lib/std/assert/equal.ts",
    tests: ["tests/std/assert_test.ts", "tests/std/equal_entries_test.ts"],
    changes: [["a === b || Object.is(a, b)", "a === b"], ["rest.splice(at, 1);", ""]],
  },
  {
    file: "lib/std/cli/parse_args.ts",
    tests: ["tests/std/cli_test.ts"],
    changes: [["args.slice(end + 1)", "args.slice(end)"], ['value !== "false"', "true"]],
  },
];
