/** Every exercise with its wrong answers. */
import type { Exercise } from "../../../lib/exercise/mod.ts";
import { logSoftmax, reluBackward } from "./activations.ts";
import { countParameters, worstConfusion } from "./cnn.ts";
import { convBackward, outputSize } from "./convolution.ts";
import { fcBackward, findTheBug } from "./fc.ts";
import { countCorrect, epochBatches } from "./fc_on_mnist.ts";
import { fromColumns, toColumns } from "./im2col.ts";
import { mseSlopes, oneStep } from "./linear_regression.ts";
import { ceBackward, stableCE } from "./losses.ts";
import { pixelAt, readHeader } from "./mnist.ts";
import { maxPoolBackward, meanPool } from "./pooling.ts";

/** By the file of the exercise. */
export const wrongAnswers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  relu_backward: reluBackward,
  log_softmax: logSoftmax,
  mse_slopes: mseSlopes,
  one_step: oneStep,
  fc_backward: fcBackward,
  find_the_bug: findTheBug,
  ce_backward: ceBackward,
  stable_ce: stableCE,
  read_header: readHeader,
  pixel_at: pixelAt,
  count_correct: countCorrect,
  epoch_batches: epochBatches,
  output_size: outputSize,
  conv_backward: convBackward,
  im2col: toColumns,
  col2im: fromColumns,
  max_pool_backward: maxPoolBackward,
  find_the_average: meanPool,
  count_parameters: countParameters,
  worst_confusion: worstConfusion,
};

/** The exercise in that file. */
export async function exerciseIn(file: string): Promise<Exercise<readonly unknown[], unknown>> {
  return (await import(`../../../lessons/exercises/${file}.ts`)).default;
}
