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
    const pixels = new Uint32Array(image.data.buffer); // four bytes at once: red, green, blue, and how opaque
    const limit = most ?? maximum(data);
    const scale = limit > 0 ? 255 / limit : 0;
    for (let plane = 0, i = 0; plane < planes; plane++) {
      const [left, top] = [plane % columns * (width + 1), Math.floor(plane / columns) * (height + 1)];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++, i++) {
          const gray = Math.max(0, Math.min(255, Math.round(scale * data[i])));
          pixels[(top + y) * wide + left + x] = 0xff000000 | gray << 16 | gray << 8 | gray;
        }
      }
    }
    context.putImageData(image, 0, 0);
  }, [data, wide, high]);
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
