/**
 * Convolution: how images are padded for it, and how the work is cut into chunks.
 *
 * The padding is multiplied like any other zero. The result differs from skipping it only where the other factor is
 * infinite or NaN; such calls are left to the reference.
 */
import type { ConvShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Conv } from "./assembly/arguments.ts";
import { CONV, CONV_PREPARE, WEIGHT, WEIGHT_FINISH, WEIGHT_PREPARE } from "./assembly/codes.ts";
import { EDGE_TILE, NINE_SUMS } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

/** How many bytes the tiles may read beyond the end of a padded image. */
const SLACK = 64;

/** A convolution over padded planes of `height` × `phases` × `width` numbers. */
interface Plan {
  readonly from: { readonly channels: number; readonly height: number; readonly width: number };
  readonly to: { readonly channels: number; readonly height: number; readonly width: number };
  /** How many padded rows lie between the windows of two output rows. */
  readonly rowStride: number;
  readonly padded: { readonly height: number; readonly width: number; readonly phases: number };
  readonly dilation: { readonly height: number; readonly width: number };
  /** Where the first pixel is in its padded plane. */
  readonly corner: { readonly top: number; readonly left: number };
}

function forwardPlan(shape: ConvShape): Plan {
  const { outHeight, outWidth, kernelHeight, kernelWidth, strideHeight, strideWidth } = shape;
  const height = (outHeight - 1) * strideHeight + kernelHeight, width = (outWidth - 1) * strideWidth + kernelWidth;
  return {
    from: { channels: shape.inChannels, height: shape.height, width: shape.width },
    to: { channels: shape.outChannels, height: outHeight, width: outWidth },
    rowStride: strideHeight,
    padded: { height, width: Math.ceil(width / strideWidth), phases: strideWidth },
    dilation: { height: 1, width: 1 },
    corner: { top: shape.paddingHeight, left: shape.paddingWidth },
  };
}

/** The gradient of the input is a convolution too: of `gradOut`, dilated by the stride, with flipped weights. */
function backwardPlan(shape: ConvShape): Plan {
  const { height, width, kernelHeight, kernelWidth } = shape;
  return {
    from: { channels: shape.outChannels, height: shape.outHeight, width: shape.outWidth },
    to: { channels: shape.inChannels, height, width },
    rowStride: 1,
    padded: { height: height + kernelHeight - 1, width: width + kernelWidth - 1, phases: 1 },
    dilation: { height: shape.strideHeight, width: shape.strideWidth },
    corner: { top: kernelHeight - 1 - shape.paddingHeight, left: kernelWidth - 1 - shape.paddingWidth },
  };
}

/** How many numbers a padded image has. */
function paddedSize({ from, padded }: Plan): number {
  return from.channels * padded.height * padded.width * padded.phases;
}

/** Sets the arguments that all convolution jobs share. */
function setPlan(call: Call, { kernelHeight, kernelWidth }: ConvShape, plan: Plan): void {
  const { from, to, rowStride, padded, corner } = plan;
  call.int(Conv.channels, from.channels);
  call.int(Conv.height, from.height);
  call.int(Conv.width, from.width);
  call.int(Conv.outChannels, to.channels);
  call.int(Conv.outHeight, to.height);
  call.int(Conv.outWidth, to.width);
  call.int(Conv.kernelHeight, kernelHeight);
  call.int(Conv.kernelWidth, kernelWidth);
  call.int(Conv.rowStride, rowStride);
  call.int(Conv.paddedHeight, padded.height);
  call.int(Conv.paddedWidth, padded.width);
  call.int(Conv.phases, padded.phases);
  call.int(Conv.top, corner.top);
  call.int(Conv.left, corner.left);
}

/**
 * Whether wide tiles are used, of three output channels by twelve pixels: where the output channels divide by three but
 * not by four or five, because tiles of six do not fit the registers; with a stride of 1, and images that are not too
 * small for it.
 */
function usesWideTiles({ to, rowStride, padded }: Plan): boolean {
  const divides = to.channels % 3 === 0 && to.channels % 4 !== 0 && to.channels % 5 !== 0;
  const fits = to.width >= 4 && (to.height - 1) * padded.width + to.width >= 12;
  return divides && rowStride === 1 && padded.phases === 1 && fits;
}

function convolve(
  call: Call,
  shape: ConvShape,
  plan: Plan,
  flipped: boolean,
  image: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  const { from, to, padded, dilation } = plan, { batch } = shape;
  const k = from.channels * shape.kernelHeight * shape.kernelWidth, outs = to.channels;
  const imagesPerChunk = Math.ceil(batch / 32);
  const first = aligned(Math.max(paddedSize(plan) * 4 + SLACK, flipped ? outs * k * 4 : 0));
  const wideRows = usesWideTiles(plan) ? 3 * to.height * padded.width * 4 : 0;
  call.scratch(Conv.packedWeight, (outs + 5) * k * 4);
  call.scratch(Conv.table, k * 4);
  call.scratch(Conv.tileBias, (outs + 5) * 32);
  call.threadScratch(Conv.scratch, Conv.scratchSize, first + wideRows + EDGE_TILE);
  call.int(Conv.wideRows, wideRows ? first : 0);
  call.expectFinite(call.read(Conv.weight, weight), weight.length);
  call.flag(Conv.flipped, flipped);
  call.read(Conv.image, image);
  call.write(Conv.out, out);
  call.read(Conv.bias, bias);
  call.int(Conv.batch, batch);
  call.int(Conv.imagesPerChunk, imagesPerChunk);
  call.int(Conv.dilationHeight, dilation.height);
  call.int(Conv.dilationWidth, dilation.width);
  setPlan(call, shape, plan);
  call.run(CONV_PREPARE, 1);
  call.run(CONV, Math.ceil(batch / imagesPerChunk));
}

/** See `Kernel.convForward`. */
export function convForward(
  call: Call,
  shape: ConvShape,
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  convolve(call, shape, forwardPlan(shape), false, x, weight, bias, out);
}

/** See `Kernel.convBackwardInput`. */
export function convBackwardInput(
  call: Call,
  shape: ConvShape,
  gradOut: FloatArray,
  weight: FloatArray,
  gradX: FloatArray,
): void {
  convolve(call, shape, backwardPlan(shape), true, gradOut, weight, undefined, gradX);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 32) * 32;
}

/**
 * How gradOut is padded, and read together with the image: how long a line is, how many lines are read, and how many
 * pairs of vectors in each. With a stride of 1 the lines of both get the same length, and all of them are read as one.
 */
function gradOutLines(
  { outHeight, outWidth }: ConvShape,
  { rowStride, padded: { width, phases } }: Plan,
): { lineLength: number; lines: number; vectorPairs: number } {
  if (rowStride === 1 && phases === 1 && width <= 1.3 * outWidth) {
    return { lineLength: width, lines: 1, vectorPairs: Math.ceil(outHeight * width / 8) };
  }
  const vectorPairs = Math.ceil(outWidth / 8);
  return { lineLength: vectorPairs * 8, lines: outHeight, vectorPairs };
}

/** See `Kernel.convBackwardWeight`. */
export function convBackwardWeight(
  call: Call,
  shape: ConvShape,
  x: FloatArray,
  gradOut: FloatArray,
  gradWeight: FloatArray,
  gradBias: FloatArray | undefined,
): void {
  const { batch, outChannels: outs } = shape, plan = forwardPlan(shape);
  const k = shape.inChannels * shape.kernelHeight * shape.kernelWidth;
  const imagesPerChunk = Math.ceil(batch / 16), chunks = Math.ceil(batch / imagesPerChunk);
  const { lineLength, lines, vectorPairs } = gradOutLines(shape, plan);
  const paddedGradOut = aligned((paddedSize(plan) + shape.kernelWidth) * 4 + SLACK);
  const runningSums = paddedGradOut + aligned(shape.outHeight * lineLength * 4) * outs + SLACK;
  const sumBytes = Math.ceil(outs / 3) * Math.ceil(k / 3) * NINE_SUMS + outs * 16;
  const chunkSums = call.scratch(Conv.chunkSums, chunks * outs * (k + 1) * 4);
  call.scratch(Conv.table, k * 4);
  call.threadScratch(Conv.scratch, Conv.scratchSize, runningSums + sumBytes);
  call.int(Conv.paddedGradOut, paddedGradOut);
  call.int(Conv.runningSums, runningSums);
  call.int(Conv.gradOutLine, lineLength);
  call.int(Conv.lines, lines);
  call.int(Conv.vectorPairs, vectorPairs);
  call.read(Conv.image, x);
  call.read(Conv.gradOut, gradOut);
  call.update(Conv.gradWeight, gradWeight);
  call.update(Conv.gradBias, gradBias);
  call.int(Conv.batch, batch);
  call.int(Conv.imagesPerChunk, imagesPerChunk);
  setPlan(call, shape, plan);
  call.run(WEIGHT_PREPARE, 1);
  call.run(WEIGHT, chunks); // adds nothing to the gradients yet
  call.expectFinite(chunkSums, chunks * outs * (k + 1));
  call.run(WEIGHT_FINISH, 1);
}
