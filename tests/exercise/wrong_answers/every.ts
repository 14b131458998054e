/** Every exercise with its wrong answers. */
import type { Exercise } from "../../../lib/exercise/mod.ts";
import { logSoftmax, reluBackward } from "./activations.ts";
import { countParameters, worstConfusion } from "./cnn.ts";
import { convBackward, outputSize } from "./convolution.ts";
import { inOrder, pickBack, timesBack } from "./autodiff.ts";
import {
  bestStep,
  centralDifference,
  findTheFactor,
  numericGradient,
  realStep,
  relativeErrors,
  squaredErrorOf,
} from "./calculus.ts";
import { fcBackward, findTheBug } from "./fc.ts";
import { countCorrect, epochBatches } from "./fc_on_mnist.ts";
import { fromColumns, toColumns } from "./im2col.ts";
import { mseSlopes, oneStep } from "./linear_regression.ts";
import { ceBackward, stableCE } from "./losses.ts";
import { pixelAt, readHeader } from "./mnist.ts";
import {
  chain,
  findTheNan,
  keepTheGradient,
  leakySoftmax,
  learnXor,
  ownNetwork,
  setTraining,
  xorByHand,
} from "./networks.ts";
import { batchNorm, batchNormBackward, dropout, fairSplit, normalizeFeature } from "./normalizing.ts";
import { adamMoves, backwardInPieces, initDeviation, momentumMoves, rmspropMoves, trainingStep } from "./optimizers.ts";
import { centerOfMass, countBright, negativeRow, occlusion, saliency, shiftImage, softConfusion } from "./pictures.ts";
import { maxPoolBackward, meanPool } from "./pooling.ts";
import {
  convFlop,
  dotLanes,
  flatIndex,
  matrixProduct,
  productShape,
  receptiveField,
  shareWork,
  tiledMatmul,
} from "./tensors.ts";

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
  count_bright: countBright,
  negative_row: negativeRow,
  shift_image: shiftImage,
  center_of_mass: centerOfMass,
  flat_index: flatIndex,
  matrix_product: matrixProduct,
  product_shape: productShape,
  central_difference: centralDifference,
  best_step: bestStep,
  real_step: realStep,
  numeric_gradient: numericGradient,
  relative_errors: relativeErrors,
  find_the_factor: findTheFactor,
  squared_error: squaredErrorOf,
  find_the_nan: findTheNan,
  keep_the_gradient: keepTheGradient,
  leaky_softmax: leakySoftmax,
  xor_by_hand: xorByHand,
  learn_xor: learnXor,
  training_step: trainingStep,
  backward_in_pieces: backwardInPieces,
  chain,
  init_deviation: initDeviation,
  momentum_moves: momentumMoves,
  rmsprop_moves: rmspropMoves,
  adam_moves: adamMoves,
  batch_norm: batchNorm,
  batch_norm_backward: batchNormBackward,
  running_statistics: normalizeFeature,
  dropout,
  fair_split: fairSplit,
  set_training: setTraining,
  conv_flop: convFlop,
  receptive_field: receptiveField,
  dot_lanes: dotLanes,
  tiled_matmul: tiledMatmul,
  share_work: shareWork,
  occlusion,
  saliency,
  soft_confusion: softConfusion,
  own_network: ownNetwork,
  in_order: inOrder,
  pick_back: pickBack,
  times_back: timesBack,
};

/** The exercise in that file. */
export async function exerciseIn(file: string): Promise<Exercise<readonly unknown[], unknown>> {
  return (await import(`../../../lessons/exercises/${file}.ts`)).default;
}
