/**
 * Convolution as plain loops. All three passes visit the same products `x · weight → out`; they differ only in which of the
 * three they add up. `taps` lists the weights of a window, and for each the outputs that it contributes to.
 */
import type { ConvShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";

/**
 * The outputs along one axis that the weight at `offset` contributes to, from `first` up to but not including `end`: those
 * whose input `out · stride + offset - padding` is inside the image. The padding is never visited.
 */
function reach(offset: number, stride: number, padding: number, size: number, outSize: number): [number, number] {
  const first = Math.max(0, Math.ceil((padding - offset) / stride));
  const end = Math.min(outSize, Math.floor((size - 1 + padding - offset) / stride) + 1);
  return [first, Math.max(first, end)];
}

/** The rows and columns of the output that one weight of the window reaches, and where its input starts. */
interface Tap {
  readonly index: number; // of the weight in its kh × kw window
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly rowOffset: number; // input row    = output row    · stride + rowOffset
  readonly columnOffset: number; // input column = output column · stride + columnOffset
}

function taps(shape: ConvShape): Tap[] {
  const { height, width, outHeight, outWidth, kernelHeight, kernelWidth } = shape;
  const { strideHeight, strideWidth, paddingHeight, paddingWidth } = shape;
  const list: Tap[] = [];
  for (let ky = 0; ky < kernelHeight; ky++) {
    const [firstRow, endRow] = reach(ky, strideHeight, paddingHeight, height, outHeight);
    for (let kx = 0; kx < kernelWidth; kx++) {
      const [firstColumn, endColumn] = reach(kx, strideWidth, paddingWidth, width, outWidth);
      const [rowOffset, columnOffset] = [ky - paddingHeight, kx - paddingWidth];
      list.push({ index: list.length, firstRow, endRow, firstColumn, endColumn, rowOffset, columnOffset });
    }
  }
  return list;
}

/** `out[n, o, y, x] = bias[o] + Σ weight[o, c, ky, kx] · x[n, c, y·s + ky - p, x·s + kx - p]`. */
export function convForward(
  shape: ConvShape,
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  const { batch, inChannels, outChannels, height, width, outHeight, outWidth, strideHeight, strideWidth } = shape;
  const window = taps(shape);
  const plane = new Float64Array(outHeight * outWidth); // one output image, in double precision
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outChannels; o++) {
      plane.fill(bias ? bias[o] : 0);
      for (let c = 0; c < inChannels; c++) {
        const image = (n * inChannels + c) * height * width;
        for (const tap of window) {
          const factor = weight[(o * inChannels + c) * window.length + tap.index];
          for (let row = tap.firstRow; row < tap.endRow; row++) {
            const from = image + (row * strideHeight + tap.rowOffset) * width + tap.columnOffset;
            const to = row * outWidth;
            for (let column = tap.firstColumn; column < tap.endColumn; column++) {
              plane[to + column] += factor * x[from + column * strideWidth];
            }
          }
        }
      }
      out.set(plane, (n * outChannels + o) * outHeight * outWidth);
    }
  }
}

/** Every input contributed through every weight that it met: the same loops carry `gradOut` back to `gradX`. */
export function convBackwardInput(shape: ConvShape, gradOut: FloatArray, weight: FloatArray, gradX: FloatArray): void {
  const { batch, inChannels, outChannels, height, width, outHeight, outWidth, strideHeight, strideWidth } = shape;
  const window = taps(shape);
  const plane = new Float64Array(height * width); // one input image's gradient, in double precision
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < inChannels; c++) {
      plane.fill(0);
      for (let o = 0; o < outChannels; o++) {
        const image = (n * outChannels + o) * outHeight * outWidth;
        for (const tap of window) {
          const factor = weight[(o * inChannels + c) * window.length + tap.index];
          for (let row = tap.firstRow; row < tap.endRow; row++) {
            const to = (row * strideHeight + tap.rowOffset) * width + tap.columnOffset;
            const from = image + row * outWidth;
            for (let column = tap.firstColumn; column < tap.endColumn; column++) {
              plane[to + column * strideWidth] += factor * gradOut[from + column];
            }
          }
        }
      }
      gradX.set(plane, (n * inChannels + c) * height * width);
    }
  }
}

/** A weight contributed through every input that it met: summed over all positions and images; accumulated. */
export function convBackwardWeight(
  shape: ConvShape,
  x: FloatArray,
  gradOut: FloatArray,
  gradWeight: FloatArray,
  gradBias: FloatArray | undefined,
): void {
  const { batch, inChannels, outChannels, height, width, outHeight, outWidth, strideHeight, strideWidth } = shape;
  const window = taps(shape);
  const weightSums = Float64Array.from(gradWeight);
  const biasSums = Float64Array.from(gradBias ?? []);
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outChannels; o++) {
      const outImage = (n * outChannels + o) * outHeight * outWidth;
      for (let c = 0; c < inChannels; c++) {
        const image = (n * inChannels + c) * height * width;
        for (const tap of window) {
          let sum = 0;
          for (let row = tap.firstRow; row < tap.endRow; row++) {
            const from = image + (row * strideHeight + tap.rowOffset) * width + tap.columnOffset;
            const to = outImage + row * outWidth;
            for (let column = tap.firstColumn; column < tap.endColumn; column++) {
              sum += gradOut[to + column] * x[from + column * strideWidth];
            }
          }
          weightSums[(o * inChannels + c) * window.length + tap.index] += sum;
        }
      }
      if (gradBias) {
        let sum = 0;
        for (let i = 0; i < outHeight * outWidth; i++) sum += gradOut[outImage + i];
        biasSums[o] += sum;
      }
    }
  }
  gradWeight.set(weightSums);
  gradBias?.set(biasSums);
}
