// Draws strokes without a browser, with the pen of `data`.
import { drawLine } from "../../../../data/pen.ts";
import type { PadStroke } from "../../../../lib/fronts/web/draw/drawing.ts";
import type { Ink } from "../../../../lib/fronts/web/draw/mnist_image.ts";

/** The ink of strokes on a sheet of side × side pixels. */
export function rasterize(strokes: readonly PadStroke[], side: number): Ink {
  const data = new Float64Array(side * side);
  for (const { points, thickness } of strokes) {
    const line = (points.length === 1 ? [points[0], points[0]] : points).flat().map((at) => at * side - 0.5);
    drawLine(Float64Array.from(line), thickness * side / 2, 1, data, side);
  }
  return { width: side, height: side, data };
}
