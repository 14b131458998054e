/** Pooling: a chunk is some planes. */
import type { PoolShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { AVERAGE_BACKWARD, AVERAGE_FORWARD, MAX_BACKWARD, MAX_FORWARD } from "./assembly/codes.ts";
import type { Call } from "./call.ts";

function run(call: Call, code: number, shape: PoolShape, addresses: [number, number, number, number]): void {
  const { planes, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, outHeight, outWidth } = shape;
  const share = Math.ceil(Math.max(planes / 64, 16384 / (height * width))); // at least 16384 pixels
  const window = [kernelHeight, kernelWidth, strideHeight, strideWidth];
  call.machine.ints(1, ...addresses, planes, share, height, width, ...window, outHeight, outWidth);
  call.machine.run(code, Math.ceil(planes / share));
}

/** See `Kernel.maxPoolForward`. */
export function maxPoolForward(
  call: Call,
  shape: PoolShape,
  x: FloatArray,
  out: FloatArray,
  outIndices: Int32Array,
): void {
  run(call, MAX_FORWARD, shape, [call.read(x), 0, call.write(out), call.write(outIndices)]);
}

/** See `Kernel.maxPoolBackward`. */
export function maxPoolBackward(
  call: Call,
  shape: PoolShape,
  gradOut: FloatArray,
  indices: Int32Array,
  gradX: FloatArray,
): void {
  run(call, MAX_BACKWARD, shape, [call.read(gradOut), call.read(indices), call.write(gradX), 0]);
}

/** See `Kernel.avgPoolForward`. */
export function avgPoolForward(call: Call, shape: PoolShape, x: FloatArray, out: FloatArray): void {
  run(call, AVERAGE_FORWARD, shape, [call.read(x), 0, call.write(out), 0]);
}

/** See `Kernel.avgPoolBackward`. */
export function avgPoolBackward(call: Call, shape: PoolShape, gradOut: FloatArray, gradX: FloatArray): void {
  run(call, AVERAGE_BACKWARD, shape, [call.read(gradOut), 0, call.write(gradX), 0]);
}
