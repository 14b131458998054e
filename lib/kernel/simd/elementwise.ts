/** What is computed element by element, or row by row. */
import type { FloatArray } from "../storage.ts";
import * as code from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

type Unary = (call: Call, x: FloatArray, out: FloatArray) => void;
type Binary = (call: Call, a: FloatArray, b: FloatArray, out: FloatArray) => void;

function unary(job: number): Unary {
  return (call, x, out) => {
    call.machine.ints(1, call.read(x), 0, call.write(out), x.length);
    call.machine.run(job, Math.ceil(x.length / CHUNK_ELEMENTS));
  };
}

function binary(job: number): Binary {
  return (call, a, b, out) => {
    call.machine.ints(1, call.read(a), call.read(b), call.write(out), a.length);
    call.machine.run(job, Math.ceil(a.length / CHUNK_ELEMENTS));
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

/** Runs a job row by row: arrays, sizes, a factor, and where two numbers a row are to be put. */
function byRows(call: Call, job: number, rows: number, columns: number, addresses: number[], notes = 0): void {
  const share = Math.ceil(CHUNK_ELEMENTS / 8 / columns);
  call.machine.ints(1, ...addresses, rows, columns);
  call.machine.ints(7, notes, share);
  call.machine.run(job, Math.ceil(rows / share));
}

/** See `Kernel.softmaxForward`. */
export function softmaxForward(call: Call, rows: number, columns: number, x: FloatArray, out: FloatArray): void {
  byRows(call, code.SOFTMAX_FORWARD, rows, columns, [call.read(x), 0, call.write(out)]);
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
  byRows(call, code.SOFTMAX_BACKWARD, rows, columns, [call.read(y), call.read(gradOut), call.write(gradX)]);
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
  const notes = call.scratch(rows * 8);
  byRows(
    call,
    code.SOFTMAX_FORWARD,
    rows,
    columns,
    [call.read(logits), 0, call.write(outProbabilities)],
    notes,
  );
  const noted = new Float32Array(call.machine.store.buffer, notes, rows * 2); // the sum and the largest of each row
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    loss += Math.log(noted[2 * i]) - (logits[i * columns + labels[i]] - noted[2 * i + 1]);
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
  const address = call.write(gradLogits);
  call.machine.floats(6, scale);
  byRows(call, code.SCALE, rows, columns, [call.read(probabilities), 0, address]);
  const result = new Float32Array(call.machine.store.buffer, address, rows * columns);
  for (let i = 0; i < rows; i++) {
    const at = i * columns + labels[i];
    result[at] = scale * (probabilities[at] - 1);
  }
}
