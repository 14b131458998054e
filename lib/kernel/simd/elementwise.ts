/** Operations that are computed element by element, or row by row. */
import type { FloatArray } from "../storage.ts";
import { Elementwise, Softmax, SoftmaxFloat } from "./assembly/arguments.ts";
import * as code from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

type Unary = (call: Call, x: FloatArray, out: FloatArray) => void;
type Binary = (call: Call, a: FloatArray, b: FloatArray, out: FloatArray) => void;

function unary(job: number): Unary {
  return (call, x, out) => {
    call.read(Elementwise.a, x);
    call.write(Elementwise.out, out);
    call.int(Elementwise.count, x.length);
    call.run(job, Math.ceil(x.length / CHUNK_ELEMENTS));
  };
}

function binary(job: number): Binary {
  return (call, a, b, out) => {
    call.read(Elementwise.a, a);
    call.read(Elementwise.b, b);
    call.write(Elementwise.out, out);
    call.int(Elementwise.count, a.length);
    call.run(job, Math.ceil(a.length / CHUNK_ELEMENTS));
  };
}

/** See `Kernel`. */
export const reluForward: Unary = unary(code.RELU_FORWARD);
/** See `Kernel`. */
export const reluBackward: Binary = binary(code.RELU_BACKWARD);
/** See `Kernel`. */
export const sigmoidForward: Unary = unary(code.SIGMOID_FORWARD);
/** See `Kernel`. */
export const sigmoidBackward: Binary = binary(code.SIGMOID_BACKWARD);
/** See `Kernel`. */
export const tanhForward: Unary = unary(code.TANH_FORWARD);
/** See `Kernel`. */
export const tanhBackward: Binary = binary(code.TANH_BACKWARD);
/** See `Kernel`. */
export const multiply: Binary = binary(code.MULTIPLY);

/** Sets the shape, and runs a job row by row. */
function byRows(call: Call, job: number, rows: number, columns: number): void {
  const rowsPerChunk = Math.ceil(CHUNK_ELEMENTS / 8 / columns);
  call.int(Softmax.rows, rows);
  call.int(Softmax.columns, columns);
  call.int(Softmax.rowsPerChunk, rowsPerChunk);
  call.run(job, Math.ceil(rows / rowsPerChunk));
}

/** See `Kernel.softmaxForward`. */
export function softmaxForward(call: Call, rows: number, columns: number, x: FloatArray, out: FloatArray): void {
  call.read(Softmax.x, x);
  call.write(Softmax.out, out);
  call.int(Softmax.rowStatistics, 0);
  byRows(call, code.SOFTMAX_FORWARD, rows, columns);
}

/** See `Kernel.softmaxBackward`. */
export function softmaxBackward(
  call: Call,
  rows: number,
  columns: number,
  y: FloatArray,
  gradOut: FloatArray,
  gradX: FloatArray,
): void {
  call.read(Softmax.y, y);
  call.read(Softmax.gradOut, gradOut);
  call.write(Softmax.gradX, gradX);
  byRows(call, code.SOFTMAX_BACKWARD, rows, columns);
}

/** See `Kernel.crossEntropyForward`. */
export function crossEntropyForward(
  call: Call,
  rows: number,
  columns: number,
  logits: FloatArray,
  labels: ArrayLike<number>,
  outProbabilities: FloatArray,
): number {
  const address = call.scratch(Softmax.rowStatistics, rows * 8);
  call.read(Softmax.x, logits);
  call.write(Softmax.out, outProbabilities);
  byRows(call, code.SOFTMAX_FORWARD, rows, columns);
  const statistics = new Float32Array(call.machine.store.buffer, address, rows * 2);
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const sum = statistics[2 * i], largest = statistics[2 * i + 1];
    loss += Math.log(sum) - (logits[i * columns + labels[i]] - largest);
  }
  return loss;
}

/** See `Kernel.crossEntropyBackward`. */
export function crossEntropyBackward(
  call: Call,
  rows: number,
  columns: number,
  probabilities: FloatArray,
  labels: ArrayLike<number>,
  scale: number,
  gradLogits: FloatArray,
): void {
  const address = call.write(Softmax.out, gradLogits);
  call.read(Softmax.x, probabilities);
  call.float(SoftmaxFloat.scale, scale);
  byRows(call, code.SCALE, rows, columns);
  const result = new Float32Array(call.machine.store.buffer, address, rows * columns);
  for (let i = 0; i < rows; i++) {
    const at = i * columns + labels[i];
    result[at] = scale * (probabilities[at] - 1);
  }
}
