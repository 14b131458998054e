/**
 * Convolution: how images are laid out for it, and how the work is cut into chunks.
 *
 * The padding is multiplied like any other zero. That differs from leaving it out only where the other factor is infinite
 * or NaN; such calls are left to the reference.
 */
import type { ConvShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { CONV, CONV_PREPARE, WEIGHT, WEIGHT_FINISH, WEIGHT_PREPARE } from "./assembly/codes.ts";
import type { Call } from "./call.ts";

/** What the tiles may read beyond the end of a laid-out image, and write beside it, in bytes. */
const SLACK = 64, ASIDE = 256;

/** A convolution of stride `step` in height over laid-out planes of `height` × `phases` × `width` numbers. */
interface Plan {
  readonly from: readonly [channels: number, height: number, width: number];
  readonly to: readonly [channels: number, height: number, width: number];
  readonly step: number;
  readonly plane: readonly [height: number, width: number, phases: number];
  readonly spread: readonly [number, number];
  readonly corner: readonly [top: number, left: number];
}

function forwardPlan(shape: ConvShape): Plan {
  const { outHeight, outWidth, kernelHeight, kernelWidth, strideHeight, strideWidth } = shape;
  const width = (outWidth - 1) * strideWidth + kernelWidth;
  return {
    from: [shape.inChannels, shape.height, shape.width],
    to: [shape.outChannels, outHeight, outWidth],
    step: strideHeight,
    plane: [(outHeight - 1) * strideHeight + kernelHeight, Math.ceil(width / strideWidth), strideWidth],
    spread: [1, 1],
    corner: [shape.paddingHeight, shape.paddingWidth],
  };
}

/** The gradient of the input is a convolution too: of `gradOut`, spread by the stride, with the weights turned. */
function backwardPlan(shape: ConvShape): Plan {
  const { height, width, kernelHeight, kernelWidth } = shape;
  return {
    from: [shape.outChannels, shape.outHeight, shape.outWidth],
    to: [shape.inChannels, height, width],
    step: 1,
    plane: [height + kernelHeight - 1, width + kernelWidth - 1, 1],
    spread: [shape.strideHeight, shape.strideWidth],
    corner: [kernelHeight - 1 - shape.paddingHeight, kernelWidth - 1 - shape.paddingWidth],
  };
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all * number, 1);
}

/** Sets the arguments from 7 to 22, which all convolution jobs share. */
function describe(call: Call, shape: ConvShape, plan: Plan): void {
  const window = [shape.kernelHeight, shape.kernelWidth];
  call.machine.ints(7, ...plan.from, ...plan.to, ...window, plan.step, ...plan.plane, ...plan.spread, ...plan.corner);
}

/**
 * Whether output channels are computed three at a time, twelve pixels each: where they divide by three and not by four or
 * five, as tiles of six do not fit the registers; with a stride of 1, and images that are not too small for it.
 */
function inThrees({ to: [outs, height, width], step, plane: [, laidWidth, phases] }: Plan): boolean {
  const divides = outs % 3 === 0 && outs % 4 !== 0 && outs % 5 !== 0;
  return divides && step === 1 && phases === 1 && width >= 4 && (height - 1) * laidWidth + width >= 12;
}

function convolve(
  call: Call,
  shape: ConvShape,
  plan: Plan,
  turned: boolean,
  from: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  const { machine } = call, { batch } = shape;
  const k = plan.from[0] * shape.kernelHeight * shape.kernelWidth, outs = plan.to[0];
  const images = Math.ceil(batch / 32);
  const laid = product(plan.plane) * plan.from[0] * 4 + SLACK;
  const packed = [(outs + 5) * k * 4, k * 4, (outs + 5) * 32].map((bytes) => call.scratch(bytes));
  const first = aligned(Math.max(laid, turned ? outs * k * 4 : 0));
  const threes = inThrees(plan) ? 3 * plan.to[1] * plan.plane[1] * 4 : 0;
  const aside = call.scratchOfThreads(first + threes + ASIDE);
  const weights = call.read(weight);
  call.expectFinite(weights, weight.length);
  machine.ints(1, call.read(from), weights, call.write(out), call.read(bias), batch, images);
  describe(call, shape, plan);
  machine.ints(23, ...packed, ...aside, turned ? 1 : 0, threes ? first : 0);
  machine.run(CONV_PREPARE, 1);
  machine.run(CONV, Math.ceil(batch / images));
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
 * How gradOut is laid out and read beside the image: how long a line is, how many lines are read, and how many pairs of
 * vectors in each. With a stride of 1 the lines of both are made equally long, and all of them read as one.
 */
function readLines({ outHeight, outWidth }: ConvShape, { step, plane }: Plan): [number, number, number] {
  const [, width, phases] = plane;
  if (step === 1 && phases === 1 && width <= 1.3 * outWidth) return [width, 1, Math.ceil(outHeight * width / 8)];
  const pairs = Math.ceil(outWidth / 8);
  return [pairs * 8, outHeight, pairs];
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
  const { machine } = call, { batch } = shape, plan = forwardPlan(shape);
  const outs = shape.outChannels, k = shape.inChannels * shape.kernelHeight * shape.kernelWidth;
  const images = Math.ceil(batch / 16), chunks = Math.ceil(batch / images);
  const [lineLength, lines, pairs] = readLines(shape, plan);
  const laid = aligned((product(plan.plane) * shape.inChannels + shape.kernelWidth) * 4 + SLACK);
  const laidOut = laid + aligned(shape.outHeight * lineLength * 4) * outs + SLACK;
  const sums = Math.ceil(outs / 3) * Math.ceil(k / 3) * 144 + outs * 16;
  const parts = call.scratch(chunks * outs * (k + 1) * 4), table = call.scratch(k * 4);
  const aside = call.scratchOfThreads(laidOut + sums);
  const [gradients, biases] = [call.update(gradWeight), call.update(gradBias)];
  machine.ints(1, call.read(x), call.read(gradOut), gradients, biases, batch, images);
  describe(call, shape, plan);
  machine.ints(23, parts, table, 0, ...aside, 0, laid, laidOut, lineLength, lines, pairs);
  machine.run(WEIGHT_PREPARE, 1);
  machine.run(WEIGHT, chunks); // nothing is added to the gradients yet
  call.expectFinite(parts, chunks * outs * (k + 1));
  machine.run(WEIGHT_FINISH, 1);
}
