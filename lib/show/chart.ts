/** A line chart with its layout: text and SVG are drawn from it. */
import type { Series } from "./series.ts";

/** How to draw and label curves. */
export interface CurveOptions {
  /** A line above it. */
  title?: string;
  /** The label of the x axis. */
  xLabel?: string;
  /** The label of the y axis. */
  yLabel?: string;
  /** A logarithmic axis, for y (`true` or "y"), x, or both. Values of 0 or less cannot be drawn on it. */
  log?: boolean | "x" | "y" | "both";
  /** The range of the x axis, over which functions are drawn; -5 to 5 by default if there are only functions. */
  xRange?: readonly [number, number];
  /** The range of the y axis. */
  yRange?: readonly [number, number];
  /** How many lines of text the drawing takes, without axes and labels; 12 by default. */
  rows?: number;
}

/** The curves, with the ranges of the axes. */
export interface Chart {
  readonly series: readonly Series[];
  readonly options: CurveOptions;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logX: boolean;
  readonly logY: boolean;
  /** Sentences about what could not be drawn. */
  readonly notes: readonly string[];
}
