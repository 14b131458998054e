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

  /** The ink, as it was drawn. */
  ink(): Ink {
    const { data } = this.#context.getImageData(0, 0, PAD_SIDE, PAD_SIDE);
    const ink = new Float32Array(PAD_SIDE * PAD_SIDE);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i] / 255;
    return { width: PAD_SIDE, height: PAD_SIDE, data: ink };
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
