/**
 * How a job is computed: which thread computes which chunk, by which function.
 *
 * Each thread has a share of a job's chunks, the same part of every job, so that what it wrote in one job is still in its
 * cache in the next. A thread that has finished its share helps the others, from the end of their shares. So a worker
 * that starts late, or never, costs speed and nothing else: the first thread waits only for chunks that were taken.
 *
 * A share is a ticket of 64 bits: the job's number, the end of the share, and its beginning. Taking a chunk moves the end
 * or the beginning. The first thread writes a job's arguments before its tickets. A thread may read the arguments only
 * after it has taken a chunk: until that chunk is done, the job cannot end.
 */
import * as activation from "./activation";
import * as norm from "./batch_norm";
import * as code from "./codes";
import { convChunk, convPrepare } from "./conv";
import { weightChunk, weightFinish, weightPrepare } from "./conv_weight";
import { thread, threads } from "./job";
import { DONE, JOB, SLEEPERS, STOP, TICKETS, WAKE } from "./layout";
import * as matmul from "./matmul";
import * as pool from "./pool";
import * as softmax from "./softmax";
import * as update from "./update";
import { winogradChunk, winogradPrepareChunk } from "./winograd";
import { winogradWeightChunk, winogradWeightFinishChunk } from "./winograd_weight";

let job: u64 = 0;

/** Takes a chunk of the current job; -1 if none is left. */
function take(): i32 {
  for (let i = 0; i < threads; i++) {
    const owner = thread + i < threads ? thread + i : thread + i - threads, place: usize = TICKETS + (owner << 6);
    while (true) {
      const ticket = atomic.load<u64>(place), first = ticket & 0xffff, end = (ticket >> 16) & 0xffff;
      if (first >= end) break;
      const rest = i == 0 ? ticket + 1 : ticket - 0x10000;
      if (atomic.cmpxchg<u64>(place, ticket, rest) == ticket) return <i32>(i == 0 ? first : end - 1);
    }
  }
  return -1;
}

/** Whether a chunk is left to take. */
function hasChunks(): bool {
  for (let i = 0; i < threads; i++) {
    const ticket = atomic.load<u64>(TICKETS + (i << 6));
    if ((ticket & 0xffff) < ((ticket >> 16) & 0xffff)) return true;
  }
  return false;
}

/** Computes a whole job on this thread alone. */
export function runAlone(code: i32, chunks: i32): void {
  for (let chunk = 0; chunk < chunks; chunk++) compute(code, chunk);
}

/** Offers a job to all threads, and computes with them until no chunk is left; `finished` tells when all are done. */
export function run(code: i32, chunks: i32): void {
  atomic.store<i32>(DONE, 0);
  store<i32>(JOB, code);
  job++;
  for (let i = 0; i < threads; i++) {
    const first = <u64>(chunks * i / threads), end = <u64>(chunks * (i + 1) / threads);
    atomic.store<u64>(TICKETS + (i << 6), (job << 32) | (end << 16) | first);
  }
  atomic.store<i32>(WAKE, <i32>job);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(WAKE, -1);
  while (true) {
    const chunk = take();
    if (chunk < 0) return;
    compute(code, chunk);
    atomic.add<i32>(DONE, 1);
  }
}

/** Waits for the chunks that other threads have taken, but checks at most `spins` times. Returns whether all are done. */
export function finished(chunks: i32, spins: i32): bool {
  for (let i = 0; i < spins; i++) if (atomic.load<i32>(DONE) >= chunks) return true;
  return false;
}

/** What a worker does until it is told to stop: computes chunks, checks `spins` times for the next job, then sleeps. */
export function serve(spins: i32): void {
  while (true) {
    for (let i = 0; i < spins; i++) {
      const chunk = take();
      if (chunk >= 0) {
        compute(load<i32>(JOB), chunk);
        atomic.add<i32>(DONE, 1);
        i = 0;
      }
    }
    if (atomic.load<i32>(STOP)) return;
    const seen = atomic.load<i32>(WAKE);
    atomic.add<i32>(SLEEPERS, 1);
    if (!hasChunks()) atomic.wait<i32>(WAKE, seen); // a job may have been offered since the last check
    atomic.sub<i32>(SLEEPERS, 1);
  }
}

/** Computes one chunk: from the number of the job to its function. */
function compute(job: i32, chunk: i32): void {
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
    case code.WINOGRAD_PREPARE:
      return winogradPrepareChunk(chunk);
    case code.WINOGRAD:
      return winogradChunk(chunk);
    case code.WINOGRAD_WEIGHT:
      return winogradWeightChunk(chunk);
    case code.WINOGRAD_WEIGHT_FINISH:
      return winogradWeightFinishChunk(chunk);
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
    case code.STATISTICS_FINISH:
      return norm.statisticsFinish();
    case code.NORMALIZE:
      return norm.normalizeChunk(chunk);
    case code.NORMALIZE_SUMS:
      return norm.normalizeSumsChunk(chunk);
    case code.NORMALIZE_SUMS_FINISH:
      return norm.normalizeSumsFinish();
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
