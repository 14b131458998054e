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
import type { Machine } from "./machine.ts";
import {
  suitsWinograd,
  suitsWinogradWeight,
  winogradBackwardInput,
  winogradBackwardWeight,
  winogradForward,
} from "./winograd.ts";

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
function setPlan(machine: Machine, { kernelHeight, kernelWidth }: ConvShape, plan: Plan): void {
  const { from, to, rowStride, padded, corner } = plan;
  machine.int(Conv.channels, from.channels);
  machine.int(Conv.height, from.height);
  machine.int(Conv.width, from.width);
  machine.int(Conv.outChannels, to.channels);
  machine.int(Conv.outHeight, to.height);
  machine.int(Conv.outWidth, to.width);
  machine.int(Conv.kernelHeight, kernelHeight);
  machine.int(Conv.kernelWidth, kernelWidth);
  machine.int(Conv.rowStride, rowStride);
  machine.int(Conv.paddedHeight, padded.height);
  machine.int(Conv.paddedWidth, padded.width);
  machine.int(Conv.phases, padded.phases);
  machine.int(Conv.top, corner.top);
  machine.int(Conv.left, corner.left);
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
  machine: Machine,
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
  machine.scratch(Conv.packedWeight, (outs + 5) * k * 4);
  machine.scratch(Conv.table, k * 4);
  machine.scratch(Conv.tileBias, (outs + 5) * 32);
  machine.threadScratch(Conv.scratch, Conv.scratchSize, first + wideRows + EDGE_TILE);
  machine.int(Conv.wideRows, wideRows ? first : 0);
  machine.expectFinite(machine.read(Conv.weight, weight), weight.length);
  machine.flag(Conv.flipped, flipped);
  machine.read(Conv.image, image);
  machine.write(Conv.out, out);
  machine.read(Conv.bias, bias);
  machine.int(Conv.batch, batch);
  machine.int(Conv.imagesPerChunk, imagesPerChunk);
  machine.int(Conv.dilationHeight, dilation.height);
  machine.int(Conv.dilationWidth, dilation.width);
  setPlan(machine, shape, plan);
  machine.run(CONV_PREPARE, 1);
  machine.run(CONV, Math.ceil(batch / imagesPerChunk));
}

/** See `Kernel.convForward`. */
export function convForward(
  machine: Machine,
  shape: ConvShape,
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  if (suitsWinograd(shape)) return winogradForward(machine, shape, x, weight, bias, out);
  convolve(machine, shape, forwardPlan(shape), false, x, weight, bias, out);
}

/** See `Kernel.convBackwardInput`. */
export function convBackwardInput(
  machine: Machine,
  shape: ConvShape,
  gradOut: FloatArray,
  weight: FloatArray,
  gradX: FloatArray,
): void {
  if (suitsWinograd(shape)) return winogradBackwardInput(machine, shape, gradOut, weight, gradX);
  convolve(machine, shape, backwardPlan(shape), true, gradOut, weight, undefined, gradX);
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
  machine: Machine,
  shape: ConvShape,
  x: FloatArray,
  gradOut: FloatArray,
  gradWeight: FloatArray,
  gradBias: FloatArray | undefined,
): void {
  if (suitsWinogradWeight(shape)) return winogradBackwardWeight(machine, shape, x, gradOut, gradWeight, gradBias);
  const { batch, outChannels: outs } = shape, plan = forwardPlan(shape);
  const k = shape.inChannels * shape.kernelHeight * shape.kernelWidth;
  const imagesPerChunk = Math.ceil(batch / 16), chunks = Math.ceil(batch / imagesPerChunk);
  const { lineLength, lines, vectorPairs } = gradOutLines(shape, plan);
  const paddedGradOut = aligned((paddedSize(plan) + shape.kernelWidth) * 4 + SLACK);
  const runningSums = paddedGradOut + aligned(shape.outHeight * lineLength * 4) * outs + SLACK;
  const sumBytes = Math.ceil(outs / 3) * Math.ceil(k / 3) * NINE_SUMS + outs * 16;
  const chunkSums = machine.scratch(Conv.chunkSums, chunks * outs * (k + 1) * 4);
  machine.scratch(Conv.table, k * 4);
  machine.threadScratch(Conv.scratch, Conv.scratchSize, runningSums + sumBytes);
  machine.int(Conv.paddedGradOut, paddedGradOut);
  machine.int(Conv.runningSums, runningSums);
  machine.int(Conv.gradOutLine, lineLength);
  machine.int(Conv.lines, lines);
  machine.int(Conv.vectorPairs, vectorPairs);
  machine.read(Conv.image, x);
  machine.read(Conv.gradOut, gradOut);
  machine.update(Conv.gradWeight, gradWeight);
  machine.update(Conv.gradBias, gradBias);
  machine.int(Conv.batch, batch);
  machine.int(Conv.imagesPerChunk, imagesPerChunk);
  setPlan(machine, shape, plan);
  machine.run(WEIGHT_PREPARE, 1);
  machine.run(WEIGHT, chunks); // adds nothing to the gradients yet
  machine.expectFinite(chunkSums, chunks * outs * (k + 1));
  machine.run(WEIGHT_FINISH, 1);
}
