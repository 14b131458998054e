/** Operations that are computed element by element, or row by row. */
import type { FloatArray } from "../storage.ts";
import { Elementwise, Softmax, SoftmaxFloat } from "./assembly/arguments.ts";
import * as code from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Machine } from "./machine.ts";

type Unary = (machine: Machine, x: FloatArray, out: FloatArray) => void;
type Binary = (machine: Machine, a: FloatArray, b: FloatArray, out: FloatArray) => void;

function unary(job: number): Unary {
  return (machine, x, out) => {
    machine.read(Elementwise.a, x);
    machine.write(Elementwise.out, out);
    machine.int(Elementwise.count, x.length);
    machine.run(job, Math.ceil(x.length / CHUNK_ELEMENTS));
  };
}

function binary(job: number): Binary {
  return (machine, a, b, out) => {
    machine.read(Elementwise.a, a);
    machine.read(Elementwise.b, b);
    machine.write(Elementwise.out, out);
    machine.int(Elementwise.count, a.length);
    machine.run(job, Math.ceil(a.length / CHUNK_ELEMENTS));
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
function byRows(machine: Machine, job: number, rows: number, columns: number): void {
  const rowsPerChunk = Math.ceil(CHUNK_ELEMENTS / 8 / columns);
  machine.int(Softmax.rows, rows);
  machine.int(Softmax.columns, columns);
  machine.int(Softmax.rowsPerChunk, rowsPerChunk);
  machine.run(job, Math.ceil(rows / rowsPerChunk));
}

/** See `Kernel.softmaxForward`. */
export function softmaxForward(machine: Machine, rows: number, columns: number, x: FloatArray, out: FloatArray): void {
  machine.read(Softmax.x, x);
  machine.write(Softmax.out, out);
  machine.int(Softmax.rowStatistics, 0);
  byRows(machine, code.SOFTMAX_FORWARD, rows, columns);
}

/** See `Kernel.softmaxBackward`. */
export function softmaxBackward(
  machine: Machine,
  rows: number,
  columns: number,
  y: FloatArray,
  gradOut: FloatArray,
  gradX: FloatArray,
): void {
  machine.read(Softmax.y, y);
  machine.read(Softmax.gradOut, gradOut);
  machine.write(Softmax.gradX, gradX);
  byRows(machine, code.SOFTMAX_BACKWARD, rows, columns);
}

/** See `Kernel.crossEntropyForward`. */
export function crossEntropyForward(
  machine: Machine,
  rows: number,
  columns: number,
  logits: FloatArray,
  labels: ArrayLike<number>,
  outProbabilities: FloatArray,
): number {
  const address = machine.scratch(Softmax.rowStatistics, rows * 8);
  machine.read(Softmax.x, logits);
  machine.write(Softmax.out, outProbabilities);
  byRows(machine, code.SOFTMAX_FORWARD, rows, columns);
  const statistics = new Float32Array(machine.store.buffer, address, rows * 2);
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const sum = statistics[2 * i], largest = statistics[2 * i + 1];
    loss += Math.log(sum) - (logits[i * columns + labels[i]] - largest);
  }
  return loss;
}

/** See `Kernel.crossEntropyBackward`. */
export function crossEntropyBackward(
  machine: Machine,
  rows: number,
  columns: number,
  probabilities: FloatArray,
  labels: ArrayLike<number>,
  scale: number,
  gradLogits: FloatArray,
): void {
  const address = machine.write(Softmax.out, gradLogits);
  machine.read(Softmax.x, probabilities);
  machine.float(SoftmaxFloat.scale, scale);
  byRows(machine, code.SCALE, rows, columns);
  const result = new Float32Array(machine.store.buffer, address, rows * columns);
  for (let i = 0; i < rows; i++) {
    const at = i * columns + labels[i];
    result[at] = scale * (probabilities[at] - 1);
  }
}
