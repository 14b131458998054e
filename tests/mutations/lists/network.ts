// Mutations of the network library: tensors, layers, losses, optimizers, training.
import type { Mutated } from "../mutation.ts";

/** By file. */
export const network: readonly Mutated[] = [
  {
    file: "lib/tensor/random.ts",
    tests: ["tests/tensor/random_test.ts", "tests/tensor/random_integer_test.ts"],
    changes: [
      ["while (draw >= limit) draw", "while (false) draw"],
      ["draw >= limit", "draw > limit"],
      ["this.#spare = radius * Math.sin(angle)", "this.#spare = radius * Math.cos(angle)"],
      ["this.integer(i + 1)", "this.integer(i)"],
    ],
  },
  {
    file: "lib/tensor/shape.ts",
    tests: ["tests/tensor"],
    changes: [["a.length === b.length &&", ""], ["axis < 0", "axis < 1"]],
  },
  {
    file: "lib/tensor/tensor.ts",
    tests: ["tests/tensor"],
    changes: [
      ["!(array[i * columns + j] <= largest)", "array[i * columns + j] >= largest"],
      ["if (Number.isNaN(largest)) break;", ""],
      ["index >= this.shape[axis]", "index > this.shape[axis]"],
      ["from[(i % rows) * columns + Math.floor(i / rows)]", "from[(i % columns) * rows + Math.floor(i / columns)]"],
      ["filter((axis) => axis === -1).length > 1", "filter((axis) => axis === -1).length > 2"],
    ],
  },
  {
    file: "lib/tensor/operations.ts",
    tests: ["tests/tensor", "tests/layers/options_test.ts"],
    changes: [["if (k !== inner)", "if (k < inner)"], ["tensor.dtype !== dtype", "false"]],
  },
  {
    file: "lib/layers/module.ts",
    tests: ["tests/layers/released_test.ts", "tests/layers/module_test.ts"],
    changes: [
      ["if (releasable && before !== gradOut)", "if (releasable)"],
      ["if (releasable && grad !== gradOut)", "if (releasable)"],
      ["passed.pop();", ""],
      ["return asGiven && layer", "return layer"],
      ["others.toReversed()", "others"],
    ],
  },
  {
    file: "lib/layers/module.ts",
    tests: ["tests/layers/idle_layers_test.ts"],
    changes: [["!isBuiltIn(layer) || layer.param", "layer.param"], ["layers.slice(Math.max(idle, 0))", "layers"]],
  },
  {
    file: "lib/layers/layer.ts",
    tests: ["tests/layers"],
    changes: [
      ["weights[i] -= learningRate", "weights[i] += learningRate"],
      ['if (Object.hasOwn(owner, "backward")) break;', ""],
      ["if (found[0] === 0) throw", "if (false) throw"],
    ],
  },
  {
    file: "lib/layers/built_in.ts",
    tests: ["tests/layers/released_test.ts"],
    changes: [['!Object.hasOwn(layer, "forward") && ', ""], ['&& !Object.hasOwn(layer, "backward")', ""]],
  },
  {
    file: "lib/layers/dropout.ts",
    tests: ["tests/layers/frozen_dropout_test.ts", "tests/layers/options_test.ts"],
    changes: [
      ["masks.get(kind) ?? this.#draw", "this.#draw"],
      ["const kind = String(x);", "const kind = String(x.shape);"],
      ["const kind = String(x);", "const kind = x.dtype;"],
      ["this.#draw(x, random);", "this.#draw(x, this.random);"],
      ["if (frozen === this.frozen) return;", ""],
      ["this.#frozen ? undefined : this.#seen?.mask", "this.#seen?.mask"],
    ],
  },
  {
    file: "lib/tensor/draw_mask.ts",
    tests: ["tests/tensor/draw_mask_test.ts"],
    changes: [
      ["kept = 1 / (1 - rate)", "kept = 1 / rate"],
      ["0 : kept", "kept : 0"],
      ["random.state = [a, b, c, counter, spare];", ""],
    ],
  },
  {
    file: "lib/layers/batch_norm.ts",
    tests: ["tests/layers", "tests/training/gradients_test.ts"],
    changes: [
      ["variance[c] * count / (count - 1)", "variance[c]"],
      ["|| !Number.isFinite(variance[c])", ""],
      ["this.#frozen = !this.training", "this.#frozen = this.training"],
    ],
  },
  {
    file: "lib/layers/initialize.ts",
    tests: ["tests/layers/options_test.ts"],
    changes: [["limit = Math.sqrt(6 / (fanIn + fanOut))", "limit = Math.sqrt(6 / fanIn)"], [
      "Math.sqrt(2 / fanIn)",
      "Math.sqrt(1 / fanIn)",
    ]],
  },
  {
    file: "lib/layers/window.ts",
    tests: ["tests/layers/window_test.ts"],
    changes: [["size + 2 * padding", "size + padding"], ["if (kernel > padded)", "if (kernel >= padded)"]],
  },
  {
    file: "lib/losses/mse.ts",
    tests: ["tests/losses"],
    changes: [["2 / difference.shape[0]", "2 / difference.size"], ["? sum / prediction.shape[0]", "? sum"]],
  },
  {
    file: "lib/losses/cross_entropy.ts",
    tests: ["tests/losses"],
    changes: [["labels[i] >= classes", "labels[i] > classes"], [
      '=== "mean" ? 1 / rows : 1',
      '=== "sum" ? 1 / rows : 1',
    ]],
  },
  {
    file: "lib/optimizers/sgd.ts",
    tests: ["tests/optimizers", "tests/parity"],
    changes: [["this.steps++;", ""]],
  },
  {
    file: "lib/optimizers/adam.ts",
    tests: ["tests/optimizers", "tests/parity"],
    changes: [["step: ++this.steps", "step: this.steps"]],
  },
  {
    file: "lib/optimizers/optimizer.ts",
    tests: ["tests/optimizers"],
    changes: [["value < max", "value <= max"], ["Math.fround(epsilon) === 0", "epsilon === 0"]],
  },
  {
    file: "lib/optimizers/schedules.ts",
    tests: ["tests/optimizers"],
    changes: [
      ["warmup * (steps - 1)", "warmup * steps"],
      ["Math.floor(step / every)", "Math.round(step / every)"],
      ["Math.min(1, (step - peak) /", "((step - peak) /"],
    ],
  },
  {
    file: "lib/training/trace.ts",
    tests: ["tests/training/trace_test.ts", "tests/training/trace_gradients_test.ts"],
    changes: [["layer.zeroGrad();", ""], ["sum / (tensor.size - nans)", "sum / tensor.size"]],
  },
  {
    file: "lib/training/story.ts",
    tests: ["tests/training/fit_test.ts", "tests/training/fit_times_test.ts", "tests/training/resume_test.ts"],
    changes: [
      ["this.#testing += performance.now() - start", ""],
      ["performance.now() - this.#started - this.#testing", "performance.now() - this.#started"],
      ["const seconds = (performance.now() - this.#epochStart)", "const seconds = (performance.now() - this.#started)"],
      ["this.#sums.loss += loss * batchSize", "this.#sums.loss += loss"],
      ["between ? this.epochsDone : this.epochsDone + 1", "this.epochsDone + 1"],
      ["if (last === past) rewind();", ""],
      ["if (last === over) rewind();", ""],
    ],
  },
  {
    file: "lib/training/fit.ts",
    tests: ["tests/training/fit_test.ts", "tests/training/resume_test.ts"],
    changes: [["schedule(story.stepsDone)", "schedule(story.iteration)"], [
      "batchSize, story.iteration)",
      "batchSize)",
    ]],
  },
  {
    file: "lib/training/keeper.ts",
    tests: ["tests/training/resume_test.ts"],
    changes: [["random.state = now;", ""], ["this.#marks ?? ", ""], ["damage ??= error;", "throw error;"]],
  },
  {
    file: "lib/training/evaluate.ts",
    tests: ["tests/training/evaluate_test.ts"],
    changes: [
      ["value : value * labels.length", "value : value"],
      ["counts[labels[i] * classes + predicted]++", "counts[predicted * classes + labels[i]]++"],
      [
        "for (const [layer, training] of modes) layer.training = training;",
        "for (const [layer] of modes) layer.training = true;",
      ],
    ],
  },
  {
    file: "lib/training/preflight.ts",
    tests: ["tests/training/preflight_test.ts"],
    changes: [["size % batchSize !== 1", "size % batchSize !== 0"], [
      "while (size % better === 1)",
      "while (size % better === 0)",
    ]],
  },
  {
    file: "lib/training/grad_check.ts",
    tests: ["tests/training/grad_check_test.ts", "tests/training/planted_test.ts"],
    changes: [
      ["kink && attempt < attempts", "attempt < attempts"],
      ["off > 1e-3 * largest + 1e-9", "off > 1e3 * largest + 1e-9"],
      ["layer.backward(given)", "layer.backward(gradOut)"],
      ['sameNumbers(input, x) ? [] : ["x"]', ""],
      ['if (!sameNumbers(input, before)) changed.add("x");', ""],
    ],
  },
  {
    file: "lib/training/compare_gradient.ts",
    tests: [
      "tests/training/grad_check_test.ts",
      "tests/training/planted_test.ts",
      "tests/training/rounding_inside_test.ts",
    ],
    changes: [
      ["(4 * single.slope - double.slope) / 3", "(4 * single.slope + double.slope) / 3"],
      ["const margin = 8;", "const margin = 0;"],
      ["apart <= scale / 1000", "false"],
    ],
  },
  {
    file: "lib/training/numeric_gradient.ts",
    tests: ["tests/training/grad_check_test.ts", "tests/training/planted_test.ts"],
    changes: [
      ["above[i] - 2 * here[i] + below[i]", "above[i] - here[i] + below[i]"],
      ["step += kept - values[index]", "step -= kept - values[index]"],
    ],
  },
  {
    file: "lib/training/preserve_state.ts",
    tests: ["tests/training/trace_test.ts", "tests/training/grad_check_test.ts"],
    changes: [
      ["for (const dropout of dropouts) dropout.frozen = false;", ""],
      ["...inner.flatMap((each) => each.buffers()).map(({ value }) => value),", ""],
    ],
  },
  {
    file: "lib/files/safetensors.ts",
    tests: ["tests/training/checkpoint_test.ts", "tests/files/model_test.ts"],
    changes: [
      ["Math.ceil(json.length / 8) * 8", "json.length"],
      ["last > length", "last > length + 8"],
      ["if (at < length) throw", "if (at < 0) throw"],
    ],
  },
  {
    file: "lib/training/remember.ts",
    tests: ["tests/training/remember_test.ts"],
    changes: [["if (learnedFrom === data)", "if (true)"]],
  },
  {
    file: "lib/training/json_numbers.ts",
    tests: ["tests/training/remember_test.ts"],
    changes: [["!Number.isFinite(value)", "Number.isNaN(value)"]],
  },
  {
    file: "lib/training/batches.ts",
    tests: ["tests/training/batches_test.ts"],
    changes: [["if (dataset.size === 0) throw", "if (false) throw"], [
      "start < order.length",
      "start < order.length - 1",
    ]],
  },
];
