/** MapCanvas: the numbers of a sample in color, red above 0 and blue below, of which one can be chosen. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Mark, PlaneLayout } from "./plane_layout.ts";

/** Colors of a number far above 0, and far below; both can be seen on light and on dark. */
const [ABOVE, BELOW] = [[217, 72, 20], [38, 120, 214]];

/** The width of a pixel, and the least and greatest width of a picture, in rem. */
const [PIXEL, NARROWEST, WIDEST] = [0.28, 11, 46];

/** On a screen narrower than this, in pixels, fewer maps stand in a row: a finger has to hit their pixels. */
const NARROW = 640;

/** Where each key moves. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What to draw. */
interface MapProps {
  /** What it is, for those who do not see it. */
  label: string;
  /** `[1, C, H, W]`, or `[1, F]`. */
  shape: readonly number[];
  data: ArrayLike<number>;
  /** Rectangles around some of the numbers. */
  marks?: readonly Mark[];
  /** The number that is chosen. */
  chosen?: number;
  /** Called when a number is clicked, or reached with the arrow keys. */
  choose?(at: number): void;
}

/** The picture. */
export function MapCanvas({ label, shape, data, marks = [], chosen, choose }: MapProps): VNode {
  const element = useRef<HTMLCanvasElement>(null);
  const layout = new PlaneLayout(shape, innerWidth < NARROW ? 4 : 8);
  const { wide, high } = layout;
  useLayoutEffect(() => {
    const context = element.current!.getContext("2d")!;
    const image = context.createImageData(wide, high);
    let limit = 0;
    for (let i = 0; i < data.length; i++) limit = Math.max(limit, Math.abs(data[i]));
    for (let i = 0; i < data.length; i++) {
      const [x, y] = layout.placeOf(i);
      const color = data[i] < 0 ? BELOW : ABOVE;
      image.data.set([...color, limit > 0 ? 255 * Math.abs(data[i]) / limit : 0], 4 * (y * wide + x));
    }
    context.putImageData(image, 0, 0);
  }, [data, wide, high]);
  const click = ({ clientX, clientY }: MouseEvent): void => {
    const { left, top, width, height } = element.current!.getBoundingClientRect();
    const at = layout.numberAt((clientX - left) / width, (clientY - top) / height);
    if (at !== undefined) choose!(at);
  };
  const press = (event: KeyboardEvent): void => {
    if (!Object.hasOwn(MOVES, event.key)) return;
    event.preventDefault();
    choose!(chosen === undefined ? 0 : layout.moved(chosen, ...MOVES[event.key]));
  };
  const size = layout.height * layout.width;
  const own: Mark[] = chosen === undefined ? [] : [{
    plane: Math.floor(chosen / size),
    top: Math.floor(chosen % size / layout.width),
    left: chosen % layout.width,
    ...{ height: 1, width: 1 },
  }];
  return (
    <div class="map" style={{ maxWidth: `${Math.min(WIDEST, Math.max(NARROWEST, PIXEL * wide))}rem` }}>
      <canvas
        ref={element}
        {...{ width: wide, height: high, "aria-label": label }}
        {...(choose ? { role: "application", tabIndex: 0, onClick: click, onKeyDown: press } : { role: "img" })}
      />
      {[...marks, ...own].map((mark, i) => {
        const { left, top, width, height } = layout.boxOf(mark);
        const percent = (part: number): string => `${100 * part}%`;
        return (
          <span
            key={i}
            class={i >= marks.length ? "mark chosen" : "mark"}
            style={{ left: percent(left), top: percent(top), width: percent(width), height: percent(height) }}
          />
        );
      })}
    </div>
  );
}
