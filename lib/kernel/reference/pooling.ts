/** Pooling as plain loops: each window of a plane is reduced to its maximum or its mean. */
import type { PoolShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";

/** The largest number of each window and its index in the plane: the first of equals; a NaN wins over every number. */
export function maxPoolForward(shape: PoolShape, x: FloatArray, out: FloatArray, outIndices: Int32Array): void {
  const { planes, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, outHeight, outWidth } = shape;
  let to = 0;
  for (let p = 0; p < planes; p++) {
    const plane = p * height * width;
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const corner = row * strideHeight * width + column * strideWidth;
        let best = x[plane + corner], where = corner;
        for (let ky = 0; ky < kernelHeight; ky++) {
          for (let kx = 0; kx < kernelWidth; kx++) {
            const at = corner + ky * width + kx;
            const value = x[plane + at];
            if (value > best || (value !== value && best === best)) {
              best = value;
              where = at;
            }
          }
        }
        out[to] = best;
        outIndices[to] = where;
        to++;
      }
    }
  }
}

/** The whole gradient goes to where the maximum came from. Windows that overlap may send several to one pixel. */
export function maxPoolBackward(shape: PoolShape, gradOut: FloatArray, indices: Int32Array, gradX: FloatArray): void {
  const inPlane = shape.height * shape.width, outPlane = shape.outHeight * shape.outWidth;
  gradX.fill(0);
  for (let p = 0; p < shape.planes; p++) {
    for (let i = p * outPlane; i < (p + 1) * outPlane; i++) gradX[p * inPlane + indices[i]] += gradOut[i];
  }
}

/** The mean of each window. */
export function avgPoolForward(shape: PoolShape, x: FloatArray, out: FloatArray): void {
  const { planes, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, outHeight, outWidth } = shape;
  const count = kernelHeight * kernelWidth;
  let to = 0;
  for (let p = 0; p < planes; p++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const corner = (p * height + row * strideHeight) * width + column * strideWidth;
        let sum = 0;
        for (let ky = 0; ky < kernelHeight; ky++) {
          for (let kx = 0; kx < kernelWidth; kx++) sum += x[corner + ky * width + kx];
        }
        out[to++] = sum / count;
      }
    }
  }
}

/** Each gradient is spread evenly over its window: every element had the same share in the mean. */
export function avgPoolBackward(shape: PoolShape, gradOut: FloatArray, gradX: FloatArray): void {
  const { planes, height, width, kernelHeight, kernelWidth, strideHeight, strideWidth, outHeight, outWidth } = shape;
  const count = kernelHeight * kernelWidth;
  gradX.fill(0);
  let from = 0;
  for (let p = 0; p < planes; p++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const corner = (p * height + row * strideHeight) * width + column * strideWidth;
        const share = gradOut[from++] / count;
        for (let ky = 0; ky < kernelHeight; ky++) {
          for (let kx = 0; kx < kernelWidth; kx++) gradX[corner + ky * width + kx] += share;
        }
      }
    }
  }
}
