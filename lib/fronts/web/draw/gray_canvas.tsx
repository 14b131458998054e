/** GrayCanvas: tensors and images as gray pixels, black for the least and white for the most. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What to draw. */
interface GrayProps {
  /** What it is, for those who do not see it. */
  label: string;
  /** Planes of height × width numbers, one after the other. */
  data: ArrayLike<number>;
  height: number;
  width: number;
  /** How many planes stand in a row; 1 if there is only one. */
  perRow?: number;
  /** What is white; the largest number, if it is not given. */
  most?: number;
  class?: string;
}

/** The planes, with a line of one pixel between them. */
export function GrayCanvas({ label, data, height, width, perRow = 1, most, class: name }: GrayProps): VNode {
  const element = useRef<HTMLCanvasElement>(null);
  const planes = Math.max(1, data.length / (height * width));
  const columns = Math.min(perRow, planes), rows = Math.ceil(planes / columns);
  const [wide, high] = [columns * (width + 1) - 1, rows * (height + 1) - 1];
  useLayoutEffect(() => {
    const context = element.current!.getContext("2d")!;
    const image = context.createImageData(wide, high);
    const limit = most ?? maximum(data);
    for (let i = 0; i < data.length; i++) {
      const plane = Math.floor(i / (height * width)), inPlane = i % (height * width);
      const y = Math.floor(plane / columns) * (height + 1) + Math.floor(inPlane / width);
      const x = plane % columns * (width + 1) + inPlane % width;
      image.data.fill(limit > 0 ? 255 * data[i] / limit : 0, 4 * (y * wide + x), 4 * (y * wide + x) + 3);
      image.data[4 * (y * wide + x) + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  });
  return (
    <canvas
      ref={element}
      class={`gray ${name ?? ""}`.trim()}
      {...{ width: wide, height: high, role: "img", "aria-label": label }}
    />
  );
}

function maximum(data: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > most) most = data[i];
  return most;
}
