/** From the number of a job to its function. */
import * as activation from "./activation";
import * as norm from "./batch_norm";
import * as code from "./codes";
import { convChunk, convPrepare } from "./conv";
import { weightChunk, weightFinish, weightPrepare } from "./conv_weight";
import * as matmul from "./matmul";
import * as pool from "./pool";
import * as softmax from "./softmax";
import * as update from "./update";

/** Computes one chunk of a job. */
export function compute(job: i32, chunk: i32): void {
  switch (job) {
    case code.PACK_ROWS:
      return matmul.packRowsChunk(chunk);
    case code.PACK_COLUMNS:
      return matmul.packColumnsChunk(chunk);
    case code.BY_COLUMNS:
      return matmul.byColumnsChunk(chunk);
    case code.BY_ROWS:
      return matmul.byRowsChunk(chunk);
    case code.CONV_PREPARE:
      return convPrepare();
    case code.CONV:
      return convChunk(chunk);
    case code.WEIGHT_PREPARE:
      return weightPrepare();
    case code.WEIGHT:
      return weightChunk(chunk);
    case code.WEIGHT_FINISH:
      return weightFinish();
    case code.MAX_FORWARD:
      return pool.maxForwardChunk(chunk);
    case code.MAX_BACKWARD:
      return pool.maxBackwardChunk(chunk);
    case code.AVERAGE_FORWARD:
      return pool.averageForwardChunk(chunk);
    case code.AVERAGE_BACKWARD:
      return pool.averageBackwardChunk(chunk);
    case code.RELU_FORWARD:
      return activation.reluForwardChunk(chunk);
    case code.RELU_BACKWARD:
      return activation.reluBackwardChunk(chunk);
    case code.SIGMOID_FORWARD:
      return activation.sigmoidForwardChunk(chunk);
    case code.SIGMOID_BACKWARD:
      return activation.sigmoidBackwardChunk(chunk);
    case code.TANH_FORWARD:
      return activation.tanhForwardChunk(chunk);
    case code.TANH_BACKWARD:
      return activation.tanhBackwardChunk(chunk);
    case code.MULTIPLY:
      return activation.multiplyChunk(chunk);
    case code.SOFTMAX_FORWARD:
      return softmax.softmaxForwardChunk(chunk);
    case code.SOFTMAX_BACKWARD:
      return softmax.softmaxBackwardChunk(chunk);
    case code.SCALE:
      return softmax.scaleChunk(chunk);
    case code.SUM_ROWS:
      return softmax.sumRowsChunk(chunk);
    case code.STATISTICS:
      return norm.statisticsChunk(chunk);
    case code.NORMALIZE:
      return norm.normalizeChunk(chunk);
    case code.NORMALIZE_BACKWARD:
      return norm.normalizeBackwardChunk(chunk);
    case code.SGD:
      return update.sgdChunk(chunk);
    case code.RMSPROP:
      return update.rmspropChunk(chunk);
    case code.CLEAR:
      return update.clearChunk(chunk);
    case code.ADAM:
      return update.adamChunk(chunk);
    default:
      unreachable();
  }
}
