/** A pen with a round tip: turns the points of a stroke into a smooth line, and the line into gray pixels. */
import type { Point, Stroke } from "./digit_strokes.ts";

/** How many straight pieces approximate the curve between two points: at 28 × 28 pixels the corners are invisible. */
const PIECES = 5;

/**
 * A smooth line through the points of a stroke: a Catmull–Rom spline, which passes through each of its points. At a
 * repeated point the line has a corner.
 *
 * Formula: E. Catmull and R. Rom, "A class of local interpolating splines" (1974), with a tension of ½.
 *
 * @param stroke The points.
 * @returns Closely spaced points, x and y in turn.
 */
export function smoothLine(stroke: Stroke): Float64Array {
  const line: number[] = [...stroke[0]];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [x1, y1] = stroke[i];
    const [x2, y2] = stroke[i + 1];
    if (x1 === x2 && y1 === y2) continue;
    const [x0, y0] = before(stroke, i);
    const [x3, y3] = after(stroke, i + 1);
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      line.push(catmullRom(x0, x1, x2, x3, t), catmullRom(y0, y1, y2, y3, t));
    }
  }
  return Float64Array.from(line);
}

function before(stroke: Stroke, i: number): Point {
  return stroke[Math.max(0, i - 1)];
}

function after(stroke: Stroke, i: number): Point {
  return stroke[Math.min(stroke.length - 1, i + 1)];
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

/**
 * Draws a line with a round tip. The ink of a pixel is 1 inside the line and falls to 0 over `softness` pixels across
 * its edge; where lines cross, the darker one counts.
 *
 * @param line Points in pixels, x and y in turn; (0, 0) is the middle of the upper left pixel.
 * @param radius Half the line's thickness in pixels.
 * @param softness How many pixels wide its edge is.
 * @param ink Receives the line: side × side values in 0…1.
 * @param side The height and width of the image.
 */
export function drawLine(line: Float64Array, radius: number, softness: number, ink: Float64Array, side: number): void {
  const reach = radius + softness / 2;
  const far2 = 1.001 * reach * reach; // farther away, no square root is needed
  for (let i = 0; i + 3 < line.length; i += 2) {
    const x1 = line[i], y1 = line[i + 1];
    const dx = line[i + 2] - x1, dy = line[i + 3] - y1;
    const length2 = dx * dx + dy * dy;
    // Only the pixels within reach of this piece can change
    const left = Math.max(0, Math.ceil(Math.min(x1, x1 + dx) - reach));
    const right = Math.min(side - 1, Math.floor(Math.max(x1, x1 + dx) + reach));
    const top = Math.max(0, Math.ceil(Math.min(y1, y1 + dy) - reach));
    const bottom = Math.min(side - 1, Math.floor(Math.max(y1, y1 + dy) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const inked = ink[y * side + x];
        if (inked === 1) continue;
        // The position along the piece of the point nearest to this pixel, and its distance
        const projection = (x - x1) * dx + (y - y1) * dy;
        const along = projection <= 0 ? 0 : projection >= length2 ? 1 : projection / length2;
        const ex = x - x1 - along * dx, ey = y - y1 - along * dy;
        const distance2 = ex * ex + ey * ey;
        if (distance2 > far2) continue;
        const value = Math.min(1, (reach - Math.sqrt(distance2)) / softness);
        if (value > inked) ink[y * side + x] = value;
      }
    }
  }
}
