/** Convolution by Winograd's products: for which shapes, and how the work is cut into chunks. See `assembly/winograd.ts`. */
import type { ConvShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { Winograd } from "./assembly/arguments.ts";
import { WINOGRAD, WINOGRAD_PREPARE, WINOGRAD_WEIGHT, WINOGRAD_WEIGHT_FINISH } from "./assembly/codes.ts";
import { PLACE_GAP, ROW_GROUP } from "./assembly/layout.ts";
import { FallBackToReference, type Machine } from "./machine.ts";

/** How many bytes of tiles and products a thread works on at a time: they stay in the second-level cache. */
const BLOCK_BYTES = 512 * 1024;
/** The same for the gradient of the weights: more, because each block also reads and writes all sums. */
const WEIGHT_BLOCK_BYTES = 1024 * 1024;
/** Four images are computed at a time. */
const FEWEST_IMAGES = 4;
/** With fewer channels on either side, or fewer pairs of them, the transforms cost more than the products that they save. */
const FEWEST_CHANNELS = 8;
const FEWEST_PAIRS = 128;

/** Whether one of the three passes may be computed this way at all. */
function allows(shape: ConvShape): boolean {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, inChannels, outChannels } = shape;
  return kernelHeight === 3 && kernelWidth === 3 && strideHeight === 1 && strideWidth === 1 &&
    inChannels >= FEWEST_CHANNELS && outChannels >= FEWEST_CHANNELS && shape.batch >= FEWEST_IMAGES &&
    fillsTiles(shape.height, shape.width) && fillsTiles(shape.outHeight, shape.outWidth);
}

/** Whether planes of this size fill their tiles of 4 × 4: 36 products each must be at most two thirds of nine a number. */
function fillsTiles(height: number, width: number): boolean {
  return 6 * Math.ceil(height / 4) * Math.ceil(width / 4) <= height * width;
}

/** Whether a convolution of this shape, and the gradient of its input, is computed this way. */
export function suitsWinograd(shape: ConvShape): boolean {
  return allows(shape) && shape.inChannels * shape.outChannels >= FEWEST_PAIRS;
}

/** Whether the gradient of its weights is computed this way: its tiles are four output channels by eight channels. */
export function suitsWinogradWeight(shape: ConvShape): boolean {
  return allows(shape) && shape.inChannels % 8 === 0 && shape.outChannels % 4 === 0;
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
function setShapes(machine: Machine, batch: number, { from, to, top, left }: Direction): void {
  machine.int(Winograd.batch, batch);
  machine.int(Winograd.channels, from.channels);
  machine.int(Winograd.height, from.height);
  machine.int(Winograd.width, from.width);
  machine.int(Winograd.outChannels, to.channels);
  machine.int(Winograd.outHeight, to.height);
  machine.int(Winograd.outWidth, to.width);
  machine.int(Winograd.top, top);
  machine.int(Winograd.left, left);
}

/** Hands out a thread's scratch: parts of these sizes in bytes, one after the other; an argument says where each begins. */
function setScratch(machine: Machine, across: number, parts: [Winograd, number][], atLeast = 0): void {
  let next = Math.ceil((4 * across + 2) * 96 / 64) * 64; // the columns of a row of tiles
  for (const [name, bytes] of parts) {
    machine.int(name, next);
    next += Math.ceil(bytes / 64) * 64;
  }
  machine.threadScratch(Winograd.scratch, Winograd.scratchSize, Math.max(next, atLeast));
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
  const chunks = Math.ceil(batch / 4);
  const tileRows = Math.ceil(to.height / 4), across = Math.ceil(to.width / 4);
  const bytesPerRow = 36 * 16 * across * (from.channels + to.channels);
  const blocks = Math.ceil(tileRows / Math.max(1, Math.round(BLOCK_BYTES / bytesPerRow)));
  const blockSize = Math.ceil(tileRows / blocks), eights = Math.ceil(blockSize * across / 2);
  machine.scratch(Winograd.packedWeight, 36 * (to.channels + 5) * from.channels * 4);
  const notFinite = machine.scratch(Winograd.notFinite, chunks * 4);
  setScratch(machine, across, [
    [Winograd.joined, (4 * blockSize + 2) * (4 * across + 2) * 16],
    [Winograd.tiles, 36 * (eights * 32 * from.channels + PLACE_GAP)],
    [Winograd.products, 36 * (eights * 32 * (to.channels + 5) + PLACE_GAP)],
  ], 36 * ROW_GROUP * from.channels * 4);
  machine.int(Winograd.blockSize, blockSize);
  machine.flag(Winograd.flipped, flipped);
  machine.read(Winograd.image, image);
  machine.read(Winograd.weight, weight);
  machine.read(Winograd.bias, bias);
  machine.write(Winograd.out, out);
  setShapes(machine, batch, direction);
  machine.run(WINOGRAD_PREPARE, Math.ceil(to.channels / ROW_GROUP));
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
  const tileRows = Math.ceil(shape.outHeight / 4), across = Math.ceil(shape.outWidth / 4), tiles = tileRows * across;
  const imageBytes = 36 * 4 * tiles * (channels + outs);
  const blocks = Math.ceil(imagesPerChunk / Math.max(1, Math.round(WEIGHT_BLOCK_BYTES / imageBytes)));
  const blockSize = Math.ceil(imagesPerChunk / blocks);
  machine.scratch(Winograd.chunkSums, chunks * (9 * outs * channels + outs) * 4);
  const notFinite = machine.scratch(Winograd.notFinite, chunks * 4);
  setScratch(machine, across, [
    [Winograd.joined, (4 * tileRows + 2) * (4 * across + 2) * 16],
    [Winograd.tiles, 36 * (blockSize * tiles * channels * 4 + PLACE_GAP)],
    [Winograd.products, 36 * (blockSize * tiles * outs * 4 + PLACE_GAP)],
    [Winograd.sums, 36 * (outs * channels * 4 + PLACE_GAP)],
  ]);
  machine.int(Winograd.imagesPerChunk, imagesPerChunk);
  machine.int(Winograd.blockSize, blockSize);
  machine.read(Winograd.image, x);
  machine.read(Winograd.gradOut, gradOut);
  machine.update(Winograd.gradWeight, gradWeight);
  machine.update(Winograd.gradBias, gradBias);
  setShapes(machine, batch, forward(shape));
  machine.run(WINOGRAD_WEIGHT, chunks); // adds nothing to the gradients yet
  expectAllFinite(machine, notFinite, chunks);
  machine.run(WINOGRAD_WEIGHT_FINISH, outs / 4);
}
