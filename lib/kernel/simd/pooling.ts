/** Pooling: a chunk is a few planes. */
import type { PoolShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Pool } from "./assembly/arguments.ts";
import { AVERAGE_BACKWARD, AVERAGE_FORWARD, MAX_BACKWARD, MAX_FORWARD } from "./assembly/codes.ts";
import type { Machine } from "./machine.ts";

/** Sets the shape, and runs the job. */
function run(machine: Machine, job: number, shape: PoolShape): void {
  const { planes, height, width } = shape;
  const planesPerChunk = Math.ceil(Math.max(planes / 64, 16384 / (height * width))); // at least 16384 pixels
  machine.int(Pool.planes, planes);
  machine.int(Pool.planesPerChunk, planesPerChunk);
  machine.int(Pool.height, height);
  machine.int(Pool.width, width);
  machine.int(Pool.kernelHeight, shape.kernelHeight);
  machine.int(Pool.kernelWidth, shape.kernelWidth);
  machine.int(Pool.strideHeight, shape.strideHeight);
  machine.int(Pool.strideWidth, shape.strideWidth);
  machine.int(Pool.outHeight, shape.outHeight);
  machine.int(Pool.outWidth, shape.outWidth);
  machine.run(job, Math.ceil(planes / planesPerChunk));
}

/** See `Kernel.maxPoolForward`. */
export function maxPoolForward(
  machine: Machine,
  shape: PoolShape,
  x: FloatArray,
  out: FloatArray,
  outIndices: Int32Array,
): void {
  machine.read(Pool.x, x);
  machine.write(Pool.out, out);
  machine.write(Pool.indices, outIndices);
  run(machine, MAX_FORWARD, shape);
}

/** See `Kernel.maxPoolBackward`. */
export function maxPoolBackward(
  machine: Machine,
  shape: PoolShape,
  gradOut: FloatArray,
  indices: Int32Array,
  gradX: FloatArray,
): void {
  machine.read(Pool.gradOut, gradOut);
  machine.read(Pool.indices, indices);
  machine.write(Pool.gradX, gradX);
  run(machine, MAX_BACKWARD, shape);
}

/** See `Kernel.avgPoolForward`. */
export function avgPoolForward(machine: Machine, shape: PoolShape, x: FloatArray, out: FloatArray): void {
  machine.read(Pool.x, x);
  machine.write(Pool.out, out);
  run(machine, AVERAGE_FORWARD, shape);
}

/** See `Kernel.avgPoolBackward`. */
export function avgPoolBackward(machine: Machine, shape: PoolShape, gradOut: FloatArray, gradX: FloatArray): void {
  machine.read(Pool.gradOut, gradOut);
  machine.write(Pool.gradX, gradX);
  run(machine, AVERAGE_BACKWARD, shape);
}
