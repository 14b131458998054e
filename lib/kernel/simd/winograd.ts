/** Convolution by Winograd's products: for which shapes, and how the work is cut into chunks. See `assembly/winograd.ts`. */
import type { ConvShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Winograd } from "./assembly/arguments.ts";
import { WINOGRAD, WINOGRAD_PREPARE, WINOGRAD_WEIGHT, WINOGRAD_WEIGHT_FINISH } from "./assembly/codes.ts";
import { PLACE_GAP } from "./assembly/layout.ts";
import { FallBackToReference, type Machine } from "./machine.ts";

/** How many bytes of tiles and products a thread works on at a time: they stay in the second-level cache. */
const BLOCK_BYTES = 384 * 1024;
/** With fewer channels the transforms cost more than the products that they save. */
const FEWEST_CHANNELS = 16;

/** Whether a convolution of this shape, and the gradient of its input, is computed this way. */
export function suitsWinograd(shape: ConvShape): boolean {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, inChannels, outChannels } = shape;
  return kernelHeight === 3 && kernelWidth === 3 && strideHeight === 1 && strideWidth === 1 &&
    inChannels >= FEWEST_CHANNELS && outChannels >= FEWEST_CHANNELS;
}

/** Whether the gradient of its weights is computed this way: its tiles are four output channels by eight channels. */
export function suitsWinogradWeight(shape: ConvShape): boolean {
  return suitsWinograd(shape) && shape.inChannels % 8 === 0 && shape.outChannels % 4 === 0;
}

/** From what to what: the convolution itself, or the gradient of its input. */
interface Direction {
  readonly flipped: boolean;
  readonly from: { readonly channels: number; readonly height: number; readonly width: number };
  readonly to: { readonly channels: number; readonly height: number; readonly width: number };
  readonly top: number;
  readonly left: number;
}

function forward(shape: ConvShape): Direction {
  return {
    flipped: false,
    from: { channels: shape.inChannels, height: shape.height, width: shape.width },
    to: { channels: shape.outChannels, height: shape.outHeight, width: shape.outWidth },
    top: shape.paddingHeight,
    left: shape.paddingWidth,
  };
}

function backward(shape: ConvShape): Direction {
  const { from: to, to: from } = forward(shape);
  return { flipped: true, from, to, top: 2 - shape.paddingHeight, left: 2 - shape.paddingWidth };
}

/** Sets the arguments that all three passes share. */
function setShapes(machine: Machine, batch: number, imagesPerChunk: number, { from, to, top, left }: Direction): void {
  machine.int(Winograd.batch, batch);
  machine.int(Winograd.imagesPerChunk, imagesPerChunk);
  machine.int(Winograd.channels, from.channels);
  machine.int(Winograd.height, from.height);
  machine.int(Winograd.width, from.width);
  machine.int(Winograd.outChannels, to.channels);
  machine.int(Winograd.outHeight, to.height);
  machine.int(Winograd.outWidth, to.width);
  machine.int(Winograd.top, top);
  machine.int(Winograd.left, left);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

function multiply(
  machine: Machine,
  batch: number,
  direction: Direction,
  image: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  const { flipped, from, to } = direction;
  const imagesPerChunk = Math.ceil(batch / 32), chunks = Math.ceil(batch / imagesPerChunk);
  const tileRows = Math.ceil(to.height / 2), line = Math.ceil(to.width / 2) + 1;
  const eights = Math.ceil(tileRows * line / 8), bytesPerEight = 16 * 32 * (from.channels + to.channels + 5);
  const blocks = Math.ceil(eights / Math.max(1, Math.floor(BLOCK_BYTES / bytesPerEight)));
  const blockSize = Math.ceil(eights / blocks);
  const phases = aligned((tileRows + 1) * line * 4 * 4 * from.channels + 64);
  const tiles = aligned(blockSize * 16 * 32 * from.channels + 16 * PLACE_GAP);
  const products = aligned(blockSize * 16 * 32 * (to.channels + 5));
  const finished = aligned(blockSize * 2 * 64);
  const transformed = 16 * from.channels * to.channels * 4;
  machine.scratch(Winograd.packedWeight, 16 * (to.channels + 5) * from.channels * 4);
  const notFinite = machine.scratch(Winograd.notFinite, chunks * 4);
  machine.threadScratch(
    Winograd.scratch,
    Winograd.scratchSize,
    Math.max(phases + tiles + products + finished, transformed),
  );
  machine.int(Winograd.tiles, phases);
  machine.int(Winograd.products, phases + tiles);
  machine.int(Winograd.finished, phases + tiles + products);
  machine.int(Winograd.blockSize, blockSize);
  machine.flag(Winograd.flipped, flipped);
  machine.read(Winograd.image, image);
  machine.read(Winograd.weight, weight);
  machine.read(Winograd.bias, bias);
  machine.write(Winograd.out, out);
  setShapes(machine, batch, imagesPerChunk, direction);
  machine.run(WINOGRAD_PREPARE, 1);
  machine.run(WINOGRAD, chunks);
  expectAllFinite(machine, notFinite, chunks);
}

/** The transforms spread an infinity or NaN over a whole tile, and a sum of huge numbers may overflow in them alone. */
function expectAllFinite({ store }: Machine, flags: number, count: number): void {
  if (new Int32Array(store.buffer, flags, count).some((flag) => flag !== 0)) {
    throw new FallBackToReference("a number is infinite or NaN");
  }
}

/** See `Kernel.convForward`. */
export function winogradForward(
  machine: Machine,
  shape: ConvShape,
  x: FloatArray,
  weight: FloatArray,
  bias: FloatArray | undefined,
  out: FloatArray,
): void {
  multiply(machine, shape.batch, forward(shape), x, weight, bias, out);
}

/** See `Kernel.convBackwardInput`. */
export function winogradBackwardInput(
  machine: Machine,
  shape: ConvShape,
  gradOut: FloatArray,
  weight: FloatArray,
  gradX: FloatArray,
): void {
  multiply(machine, shape.batch, backward(shape), gradOut, weight, undefined, gradX);
}

/** See `Kernel.convBackwardWeight`. */
export function winogradBackwardWeight(
  machine: Machine,
  shape: ConvShape,
  x: FloatArray,
  gradOut: FloatArray,
  gradWeight: FloatArray,
  gradBias: FloatArray | undefined,
): void {
  const { batch, inChannels: channels, outChannels: outs } = shape;
  const imagesPerChunk = Math.ceil(batch / 16), chunks = Math.ceil(batch / imagesPerChunk);
  const tileRows = Math.ceil(shape.outHeight / 2), across = Math.ceil(shape.outWidth / 2);
  const bytesPerTile = 16 * 4 * (channels + outs);
  const blocks = Math.ceil(tileRows / Math.max(1, Math.floor(BLOCK_BYTES / (bytesPerTile * across))));
  const blockSize = Math.ceil(tileRows / blocks);
  const image = aligned((2 * tileRows + 2) * (2 * across + 2) * channels * 4);
  const grad = aligned(4 * tileRows * across * outs * 4);
  const tiles = aligned(blockSize * across * 16 * channels * 4 + 16 * PLACE_GAP);
  const sums = chunks * (16 * outs * channels + outs);
  const chunkSums = machine.scratch(Winograd.chunkSums, sums * 4);
  machine.threadScratch(
    Winograd.scratch,
    Winograd.scratchSize,
    image + grad + tiles + aligned(blockSize * across * 16 * outs * 4 + 16 * PLACE_GAP),
  );
  machine.int(Winograd.products, image);
  machine.int(Winograd.tiles, image + grad);
  machine.int(Winograd.finished, image + grad + tiles);
  machine.int(Winograd.blockSize, blockSize);
  machine.read(Winograd.image, x);
  machine.read(Winograd.gradOut, gradOut);
  machine.update(Winograd.gradWeight, gradWeight);
  machine.update(Winograd.gradBias, gradBias);
  setShapes(machine, batch, imagesPerChunk, forward(shape));
  machine.run(WINOGRAD_WEIGHT, chunks); // adds nothing to the gradients yet
  machine.expectFinite(chunkSums, sums);
  machine.run(WINOGRAD_WEIGHT_FINISH, 1);
}
