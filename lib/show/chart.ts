/** What a line chart is made of once everything about it is decided: the text and the SVG are drawn from it. */
import type { Series } from "./series.ts";

/** How to draw and label curves. */
export interface CurveOptions {
  /** A line above it. */
  title?: string;
  /** What x is. */
  xLabel?: string;
  /** What y is. */
  yLabel?: string;
  /** Steps of equal ratio, for y (`true` or "y"), for x, or for both. Values of 0 or less cannot be drawn then. */
  log?: boolean | "x" | "y" | "both";
  /** Where functions are drawn, and how far the axis reaches; -5 to 5 for functions alone. */
  xRange?: readonly [number, number];
  /** How far the y axis reaches. */
  yRange?: readonly [number, number];
  /** How many lines of text the drawing takes, without axes and labels; 12 otherwise. */
  rows?: number;
}

/** What is drawn, with the ends of its axes. */
export interface Chart {
  readonly series: readonly Series[];
  readonly options: CurveOptions;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logX: boolean;
  readonly logY: boolean;
  /** What could not be drawn, in words. */
  readonly notes: readonly string[];
}
