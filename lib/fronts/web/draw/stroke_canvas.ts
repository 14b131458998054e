/** StrokeCanvas: draws strokes on a canvas, white ink on black paper, and reads its ink. */

/// <reference lib="dom" />
import type { PadStroke } from "./drawing.ts";
import type { Ink } from "./mnist_image.ts";

/** The side of the pad's canvas in pixels, whatever its size on the screen. */
const PAD_SIDE = 400;

/** How much of the strokes is on a canvas. */
interface Painted {
  strokes: number;
  /** How many points of the last of these strokes. */
  points: number;
}

/** A canvas with strokes on it. */
export class StrokeCanvas {
  readonly #context: CanvasRenderingContext2D;
  #painted: Painted = { strokes: 0, points: 0 };

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = canvas.height = PAD_SIDE;
    // It is read in every frame: so it stays in the memory of the processor
    this.#context = canvas.getContext("2d", { willReadFrequently: true })!;
    this.clear();
  }

  /** Takes all ink away. */
  clear(): void {
    this.#painted = { strokes: 0, points: 0 };
    this.#context.fillStyle = "black"; // on a transparent canvas, gray would be in the alpha
    this.#context.fillRect(0, 0, PAD_SIDE, PAD_SIDE);
  }

  /** Draws what is new; strokes that are gone have to be cleared first. */
  paint(strokes: readonly PadStroke[]): void {
    const { strokes: known, points } = this.#painted;
    for (let i = Math.max(0, known - 1); i < strokes.length; i++) {
      this.#stroke(strokes[i], i === known - 1 ? points : 0);
    }
    this.#painted = { strokes: strokes.length, points: strokes.at(-1)?.points.length ?? 0 };
  }

  /** The ink as it was drawn, without the empty paper around these strokes; undefined if there are none. */
  ink(strokes: readonly PadStroke[]): Ink | undefined {
    const { left, top, width, height } = around(strokes);
    if (width <= 0 || height <= 0) return undefined;
    const { data } = this.#context.getImageData(left, top, width, height);
    const ink = new Float32Array(width * height);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i] / 255;
    return { width, height, data: ink };
  }

  /** Draws a stroke from one of its points on. */
  #stroke({ points, thickness }: PadStroke, from: number): void {
    if (from >= points.length) return;
    const context = this.#context;
    context.strokeStyle = context.fillStyle = "white";
    context.lineWidth = thickness * PAD_SIDE;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    if (points.length === 1) {
      context.arc(points[0][0] * PAD_SIDE, points[0][1] * PAD_SIDE, context.lineWidth / 2, 0, 2 * Math.PI);
      return context.fill();
    }
    for (const [x, y] of points.slice(Math.max(0, from - 1))) context.lineTo(x * PAD_SIDE, y * PAD_SIDE);
    context.stroke();
  }
}

/** The pixels that strokes can touch. */
function around(strokes: readonly PadStroke[]): { left: number; top: number; width: number; height: number } {
  let [left, right, top, bottom] = [PAD_SIDE, 0, PAD_SIDE, 0];
  for (const { points, thickness } of strokes) {
    const reach = thickness * PAD_SIDE / 2 + 1;
    for (const [x, y] of points) {
      left = Math.min(left, x * PAD_SIDE - reach);
      right = Math.max(right, x * PAD_SIDE + reach);
      top = Math.min(top, y * PAD_SIDE - reach);
      bottom = Math.max(bottom, y * PAD_SIDE + reach);
    }
  }
  [left, top] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
  [right, bottom] = [Math.min(PAD_SIDE, Math.ceil(right)), Math.min(PAD_SIDE, Math.ceil(bottom))];
  return { left, top, width: right - left, height: bottom - top };
}
