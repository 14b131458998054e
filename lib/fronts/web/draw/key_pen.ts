/** KeyPen: draws with keys instead of a pointer. */

import type { Drawing, PadPoint } from "./drawing.ts";

/** How far a key moves, in parts of the pad's side. */
const STEP = 1 / 28;

/** Where to each key moves. */
const MOVES: Readonly<Record<string, PadPoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-1, -1],
  PageUp: [1, -1],
  End: [-1, 1],
  PageDown: [1, 1],
};

/** What of a key press counts. */
interface Press {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
}

/** A pen that keys move over a drawing. */
export class KeyPen {
  /** Where the pen is. */
  at: PadPoint = [0.5, 0.5];
  /** Whether it is in use, and so to be seen. */
  isShown = false;
  readonly #drawing: Drawing;

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  /**
   * Does what a key asks for.
   *
   * @returns Whether it was used, and if ink was taken away: "taken"; undefined for any other key.
   */
  press({ key, ctrlKey, metaKey, altKey }: Press, thickness: number): "used" | "taken" | undefined {
    const drawing = this.#drawing;
    if (altKey || ((ctrlKey || metaKey) && key !== "z")) return undefined;
    if (Object.hasOwn(MOVES, key)) {
      this.at = [step(this.at[0], MOVES[key][0]), step(this.at[1], MOVES[key][1])];
      drawing.move(this.at);
    } else if (key === " ") {
      if (drawing.isDown) drawing.end();
      else drawing.begin(this.at, thickness);
    } else if (key === "Backspace" || ((ctrlKey || metaKey) && key === "z")) {
      drawing.undo();
      return "taken";
    } else if (key === "Delete") {
      drawing.clear();
      return "taken";
    } else return undefined;
    this.isShown = true;
    return "used";
  }

  /** Lifts the pen, as the pad has lost the keys. */
  leave(): void {
    if (this.isShown) this.#drawing.end();
    this.isShown = false;
  }
}

function step(at: number, by: number): number {
  return Math.min(1, Math.max(0, at + by * STEP));
}
