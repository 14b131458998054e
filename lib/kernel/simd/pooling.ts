/** Pooling: a chunk is a few planes. */
import type { PoolShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Pool } from "./assembly/arguments.ts";
import { AVERAGE_BACKWARD, AVERAGE_FORWARD, MAX_BACKWARD, MAX_FORWARD } from "./assembly/codes.ts";
import type { Call } from "./call.ts";

/** Sets the shape, and runs the job. */
function run(call: Call, job: number, shape: PoolShape): void {
  const { planes, height, width } = shape;
  const planesPerChunk = Math.ceil(Math.max(planes / 64, 16384 / (height * width))); // at least 16384 pixels
  call.int(Pool.planes, planes);
  call.int(Pool.planesPerChunk, planesPerChunk);
  call.int(Pool.height, height);
  call.int(Pool.width, width);
  call.int(Pool.kernelHeight, shape.kernelHeight);
  call.int(Pool.kernelWidth, shape.kernelWidth);
  call.int(Pool.strideHeight, shape.strideHeight);
  call.int(Pool.strideWidth, shape.strideWidth);
  call.int(Pool.outHeight, shape.outHeight);
  call.int(Pool.outWidth, shape.outWidth);
  call.run(job, Math.ceil(planes / planesPerChunk));
}

/** See `Kernel.maxPoolForward`. */
export function maxPoolForward(
  call: Call,
  shape: PoolShape,
  x: FloatArray,
  out: FloatArray,
  outIndices: Int32Array,
): void {
  call.read(Pool.x, x);
  call.write(Pool.out, out);
  call.write(Pool.indices, outIndices);
  run(call, MAX_FORWARD, shape);
}

/** See `Kernel.maxPoolBackward`. */
export function maxPoolBackward(
  call: Call,
  shape: PoolShape,
  gradOut: FloatArray,
  indices: Int32Array,
  gradX: FloatArray,
): void {
  call.read(Pool.gradOut, gradOut);
  call.read(Pool.indices, indices);
  call.write(Pool.gradX, gradX);
  run(call, MAX_BACKWARD, shape);
}

/** See `Kernel.avgPoolForward`. */
export function avgPoolForward(call: Call, shape: PoolShape, x: FloatArray, out: FloatArray): void {
  call.read(Pool.x, x);
  call.write(Pool.out, out);
  run(call, AVERAGE_FORWARD, shape);
}

/** See `Kernel.avgPoolBackward`. */
export function avgPoolBackward(call: Call, shape: PoolShape, gradOut: FloatArray, gradX: FloatArray): void {
  call.read(Pool.gradOut, gradOut);
  call.write(Pool.gradX, gradX);
  run(call, AVERAGE_BACKWARD, shape);
}
