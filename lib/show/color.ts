/** Colors: the palettes of the pictures, and the escape codes for them. */
import type { ColorDepth, Screen } from "./screen.ts";

/** Red, green and blue, 0…255. */
export type RGB = readonly [number, number, number];

/** A color for each series: distinguishable with any color vision, and legible on white and on black. */
export const SERIES: readonly RGB[] = [
  [43, 127, 205],
  [214, 106, 14],
  [24, 146, 104],
  [190, 92, 160],
  [150, 122, 20],
  [110, 110, 210],
];

/** The color of what is wrong: orange, as red and green look alike to many. */
export const WRONG: RGB = [214, 94, 14];
/** The color of what is right: blue. */
export const RIGHT: RGB = [43, 127, 205];
/** The color of NaN. */
export const NAN_COLOR: RGB = [200, 40, 200];

// Blue – white – orange-red: distinguishable with every common kind of color blindness. The stops are colors that are
// among the 256 of xterm, too, and the ends are light enough for a dark background.
const NEGATIVE: readonly RGB[] = [[255, 255, 255], [175, 215, 255], [95, 175, 255], [0, 95, 215], [0, 0, 135]];
const POSITIVE: readonly RGB[] = [[255, 255, 255], [255, 215, 175], [255, 135, 95], [215, 40, 0], [135, 0, 0]];

/** The color of a share from −1 to 1: blue below zero, white at zero, red above. */
export function diverging(share: number): RGB {
  return along(share < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(share)));
}

/** The gray of a share from 0 to 1: from black to white. */
export function gray(share: number): RGB {
  if (Number.isNaN(share)) return NAN_COLOR;
  const level = Math.round(255 * Math.max(0, Math.min(1, share)));
  return [level, level, level];
}

/** The color of a share from 0 to 1: from white to deep blue, for counts. */
export function blues(share: number): RGB {
  return along(NEGATIVE, Math.max(0, Math.min(1, share)));
}

function along(stops: readonly RGB[], share: number): RGB {
  if (Number.isNaN(share)) return NAN_COLOR;
  const at = share * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[i], stops[i + 1]];
  return [0, 1, 2].map((c) => Math.round(a[c] + (b[c] - a[c]) * (at - i))) as unknown as RGB;
}

/** Black or white, whichever is more legible on this color. */
export function inkOn([r, g, b]: RGB): RGB {
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? [0, 0, 0] : [255, 255, 255];
}

/** The color in CSS notation. */
export function css([r, g, b]: RGB): string {
  return "#" + [r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("");
}

/** Text in a color, if the screen has colors. */
export function ink(screen: Screen, color: RGB, text: string): string {
  return screen.colors === "none" ? text : `\x1b[${code(38, color, screen.colors)}m${text}\x1b[39m`;
}

/** Black or white text on a colored background, if the screen has colors. */
export function onBackground(screen: Screen, color: RGB, text: string): string {
  if (screen.colors === "none") return text;
  const { colors } = screen;
  return `\x1b[${code(48, color, colors)};${code(38, inkOn(color), colors)}m${text}\x1b[0m`;
}

/** Bold text, if the screen has escape codes. */
export function bold(screen: Screen, text: string): string {
  return screen.colors === "none" ? text : `\x1b[1m${text}\x1b[22m`;
}

/** Dim text, if the screen has escape codes. */
export function dim(screen: Screen, text: string): string {
  return screen.colors === "none" ? text : `\x1b[2m${text}\x1b[22m`;
}

/** The parameters of the escape code that sets the text color (38) or the background color (48). */
export function code(target: 38 | 48, [r, g, b]: RGB, depth: ColorDepth): string {
  return depth === "24bit" ? `${target};2;${r};${g};${b}` : `${target};5;${xterm(r, g, b)}`;
}

const LEVELS = [0, 95, 135, 175, 215, 255];
const known = new Map<number, number>();

// The 256 colors: 24 grays, and a cube of 6 × 6 × 6 with uneven steps.
function xterm(r: number, g: number, b: number): number {
  const key = (r << 16) | (g << 8) | b;
  const found = known.get(key) ?? nearest(r, g, b);
  known.set(key, found);
  return found;
}

function nearest(r: number, g: number, b: number): number {
  if (Math.max(r, g, b) - Math.min(r, g, b) < 8) {
    const level = Math.round((r - 8) / 10);
    return level < 0 ? 16 : level > 23 ? 231 : 232 + level;
  }
  let best = 0, least = Infinity;
  for (let index = 0; index < 216; index++) {
    const [dr, dg, db] = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((i, c) =>
      LEVELS[i] - [r, g, b][c]
    );
    const distance = 2 * dr * dr + 4 * dg * dg + 3 * db * db; // the eye sees green best
    if (distance < least) [best, least] = [index, distance];
  }
  return 16 + best;
}
