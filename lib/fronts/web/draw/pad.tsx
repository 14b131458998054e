/** Pad: the sheet to draw on, with mouse, finger, pen or keys. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Drawing, PadPoint } from "./drawing.ts";
import { FrameGate } from "./frame_gate.ts";
import { KeyPen } from "./key_pen.ts";
import type { Ink } from "./mnist_image.ts";
import { StrokeCanvas } from "./stroke_canvas.ts";

/** The thickness of the pen at first, and what it can be, in parts of the pad's side. */
const THICKNESS = { first: 0.05, min: 0.02, max: 0.12, step: 0.01 };

/** What the pad calls. */
interface PadProps {
  /** The drawing that it begins with, and adds to. */
  drawing: Drawing;
  /** Called once a frame when something was drawn or taken away. */
  changed(ink: Ink | undefined): void;
}

/** The pad. */
export function Pad({ drawing, changed }: PadProps): VNode {
  const [thickness, setThickness] = useState(THICKNESS.first);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const element = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<StrokeCanvas | undefined>(undefined);
  const pointer = useRef<number | undefined>(undefined);
  const latest = useRef(changed);
  latest.current = changed;
  const gate = useRef(
    new FrameGate(() => {
      sheet.current!.paint(drawing.strokes);
      latest.current(sheet.current!.ink(drawing.strokes));
      redraw(undefined);
    }),
  );
  const keys = useRef(new KeyPen(drawing));
  useEffect(() => {
    sheet.current = new StrokeCanvas(element.current!);
    if (drawing.strokes.length > 0) update();
    return () => gate.current.close();
  }, [drawing]);

  const update = (): void => gate.current.ask();
  const over = (change: "undo" | "clear"): void => {
    drawing[change]();
    pointer.current = undefined;
    sheet.current!.clear();
    update();
  };

  const down = (event: PointerEvent): void => {
    if (pointer.current !== undefined || event.button !== 0) return; // a second finger does not draw
    const canvas = element.current!;
    canvas.setPointerCapture(event.pointerId);
    pointer.current = event.pointerId;
    drawing.begin(placeOf(event, canvas), thickness);
    update();
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    const passed = event.getCoalescedEvents?.() ?? []; // a fast pen moves several times in one frame
    for (const each of passed.length > 0 ? passed : [event]) drawing.move(placeOf(each, element.current!));
    update();
  };
  const up = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    pointer.current = undefined;
    drawing.end();
  };
  const press = (event: KeyboardEvent): void => {
    const done = keys.current.press(event, thickness);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    if (done === "taken") sheet.current!.clear();
    update();
  };
  const { at, isShown } = keys.current;
  const isEmpty = drawing.strokes.length === 0;
  return (
    <div class="pad">
      <div class="sheet">
        <canvas
          ref={element}
          tabIndex={0}
          role="application"
          aria-label="Pad"
          aria-describedby="pad-keys"
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
          onLostPointerCapture={up}
          onKeyDown={press}
          onBlur={() => (keys.current.leave(), redraw(undefined))}
        />
        {isShown && (
          <span
            class={drawing.isDown ? "pen down" : "pen"}
            style={{ left: `${100 * at[0]}%`, top: `${100 * at[1]}%` }}
          />
        )}
      </div>
      <p class="buttons">
        <button type="button" onClick={() => over("clear")} disabled={isEmpty}>Clear</button>
        <button type="button" onClick={() => over("undo")} disabled={isEmpty}>Undo</button>
        <label>
          Thickness
          <input
            type="range"
            {...{ min: THICKNESS.min, max: THICKNESS.max, step: THICKNESS.step, value: thickness }}
            onInput={(event) => setThickness(event.currentTarget.valueAsNumber)}
          />
        </label>
      </p>
      <p class="pad-keys" id="pad-keys">
        Mouse, finger or pen; or click the pad and use keys: arrows move, Space lowers and lifts the pen, Backspace is
        Undo, Delete is Clear
      </p>
    </div>
  );
}

/** Where on the pad a pointer is; beside it, below 0 or above 1. */
function placeOf({ clientX, clientY }: PointerEvent, canvas: HTMLCanvasElement): PadPoint {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}
