/** PlaneLayout: where the planes of a tensor stand in a picture, and which number is at a place of it. */

/** A rectangle in one of the planes. */
export interface Mark {
  readonly plane: number;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** How many numbers stand in a row, for an output without height and width. */
const IN_A_ROW = 16;
/** How many maps stand in a row. */
const MAPS_IN_A_ROW = 8;

/** The planes of one sample, with a gap of one pixel between them. Numbers without a height and a width stand in rows. */
export class PlaneLayout {
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  /** The size of the picture, in pixels. */
  readonly wide: number;
  readonly high: number;

  /**
   * @param shape `[1, C, H, W]`, or `[1, F]`.
   * @param mapsInARow How many maps stand beside each other; 8 by default.
   */
  constructor(shape: readonly number[], mapsInARow: number = MAPS_IN_A_ROW) {
    const [, channels, height = 1, width = 1] = shape;
    const isFlat = shape.length < 4;
    this.planes = channels;
    this.height = height;
    this.width = isFlat ? 1 : width;
    this.columns = Math.min(channels, isFlat ? (channels > 256 ? 4 * IN_A_ROW : IN_A_ROW) : mapsInARow);
    this.wide = this.columns * (this.width + 1) - 1;
    this.high = Math.ceil(channels / this.columns) * (this.height + 1) - 1;
  }

  /** The column and the row of the picture where a number of the sample stands. */
  placeOf(at: number): [x: number, y: number] {
    const size = this.height * this.width;
    const [plane, inPlane] = [Math.floor(at / size), at % size];
    const x = plane % this.columns * (this.width + 1) + inPlane % this.width;
    return [x, Math.floor(plane / this.columns) * (this.height + 1) + Math.floor(inPlane / this.width)];
  }

  /** Which number stands at a place, in parts of the picture's width and height; undefined in a gap. */
  numberAt(across: number, down: number): number | undefined {
    const [x, y] = [Math.floor(across * this.wide), Math.floor(down * this.high)];
    const [column, inColumn] = [Math.floor(x / (this.width + 1)), x % (this.width + 1)];
    const [row, inRow] = [Math.floor(y / (this.height + 1)), y % (this.height + 1)];
    const plane = row * this.columns + column;
    if (inColumn >= this.width || inRow >= this.height || plane >= this.planes) return undefined;
    return (plane * this.height + inRow) * this.width + inColumn;
  }

  /** The number that is reached from another by a step; the same at the border of the picture. */
  moved(at: number, across: number, down: number): number {
    let [x, y] = this.placeOf(at);
    for (let steps = 0; steps < 2; steps++) {
      [x, y] = [x + across, y + down];
      if (x < 0 || y < 0 || x >= this.wide || y >= this.high) return at;
      const next = this.numberAt((x + 0.5) / this.wide, (y + 0.5) / this.high);
      if (next !== undefined) return next;
    }
    return at;
  }

  /** Where a rectangle is, in parts of the picture; what lies in the padding is cut off. */
  boxOf({ plane, top, left, height, width }: Mark): { left: number; top: number; width: number; height: number } {
    const [x0, y0] = [Math.max(0, left), Math.max(0, top)];
    const [x1, y1] = [Math.min(this.width, left + width), Math.min(this.height, top + height)];
    const [x, y] = this.placeOf((plane * this.height + y0) * this.width + x0);
    return {
      ...{ left: x / this.wide, top: y / this.high },
      ...{ width: Math.max(0, x1 - x0) / this.wide, height: Math.max(0, y1 - y0) / this.high },
    };
  }
}
