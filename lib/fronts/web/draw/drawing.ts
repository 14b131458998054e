/** Drawing: the strokes on a sheet, from where a pen went down to where it was lifted or left the sheet. */

/** A point of the sheet: x and y run from 0 to 1, from the upper left corner. */
export type PadPoint = readonly [x: number, y: number];

/** A stroke of a round pen. */
export interface PadStroke {
  /** Where the pen was, in order; one point is a dot. */
  readonly points: readonly PadPoint[];
  /** The thickness of the line, as a part of the side of the sheet. */
  readonly thickness: number;
}

/**
 * What is drawn. Its points may lie outside the sheet: a line is cut where it crosses the border, and a pen that
 * comes back begins another stroke.
 *
 * @example A line that leaves the sheet and comes back is two strokes
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const drawing = new Drawing();
 * drawing.begin([0.5, 0.5], 0.1);
 * for (const point of [[1.5, 0.5], [1.5, 0.75], [0.5, 0.75]] as const) drawing.move(point);
 * drawing.end();
 * assertEquals(drawing.strokes.map(({ points }) => points), [[[0.5, 0.5], [1, 0.5]], [[1, 0.75], [0.5, 0.75]]]);
 * ```
 */
export class Drawing {
  readonly #strokes: { points: PadPoint[]; thickness: number }[] = [];
  #at?: PadPoint; // where the pen is while it is down
  #goesOn = false; // whether the last stroke is not yet at its end
  #thickness = 0;

  /** The strokes, the oldest first. */
  get strokes(): readonly PadStroke[] {
    return this.#strokes;
  }

  /** Whether the pen is down. */
  get isDown(): boolean {
    return this.#at !== undefined;
  }

  /** The pen goes down. */
  begin(point: PadPoint, thickness: number): void {
    this.#thickness = thickness;
    this.#at = point;
    this.#goesOn = isInside(point);
    if (this.#goesOn) this.#strokes.push({ points: [point], thickness });
  }

  /** The pen moves in a straight line; nothing happens while it is not down. */
  move(point: PadPoint): void {
    if (!this.#at) return;
    const cut = cutToSheet(this.#at, point);
    if (cut) {
      if (!this.#goesOn) this.#strokes.push({ points: [cut[0]], thickness: this.#thickness });
      this.#strokes.at(-1)!.points.push(cut[1]);
    }
    this.#goesOn = isInside(point);
    this.#at = point;
  }

  /** The pen is lifted. */
  end(): void {
    this.#at = undefined;
    this.#goesOn = false;
  }

  /** Takes the last stroke away. */
  undo(): void {
    this.end();
    this.#strokes.pop();
  }

  /** Takes everything away. */
  clear(): void {
    this.end();
    this.#strokes.length = 0;
  }
}

function isInside(point: PadPoint): boolean {
  return point.every((at) => at >= 0 && at <= 1);
}

/** The part of a line that lies on the sheet; undefined if it does not touch it. */
function cutToSheet(from: PadPoint, to: PadPoint): [PadPoint, PadPoint] | undefined {
  let [first, last] = [0, 1];
  for (const axis of [0, 1]) {
    const [start, by] = [from[axis], to[axis] - from[axis]];
    if (by === 0 && (start < 0 || start > 1)) return undefined;
    if (by === 0) continue;
    const [one, other] = [-start / by, (1 - start) / by];
    first = Math.max(first, Math.min(one, other));
    last = Math.min(last, Math.max(one, other));
  }
  if (first > last) return undefined;
  const at = (part: number): PadPoint => [between(from[0], to[0], part), between(from[1], to[1], part)];
  return [isInside(from) ? from : at(first), isInside(to) ? to : at(last)];
}

/** A place between two, on the sheet even where rounding would put it beside. */
function between(from: number, to: number, part: number): number {
  return Math.min(1, Math.max(0, from + part * (to - from)));
}
