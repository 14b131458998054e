/** Draws a plane with characters: ▀ with two pixels each if there are colors, a ramp of density if there are none. */
import { code, type RGB } from "./color.ts";
import { brightnessAt, colorAt, enlarge, type Plane, shareOf, shrink } from "./plane.ts";
import type { Screen } from "./screen.ts";

// From light to dense, in about even steps for common fonts.
const RAMP = " .:-=+*#%@";

/**
 * The plane as lines, at most `columns` wide. Small planes are enlarged, so that a 3 × 3 filter is visible; large ones
 * are averaged down.
 */
export function planeText(plane: Plane, screen: Screen, columns: number): string[] {
  if (plane.palette === "diverging" && screen.colors === "none") {
    const width = plane.width <= 8 ? 3 : 2;
    const maxColumns = Math.max(1, Math.floor(Math.min(screen.columns, 32) / width));
    return tenths(shrink(plane, Math.ceil(plane.width / maxColumns)), width);
  }
  const fitted = fit(plane, columns);
  return screen.colors === "none" ? density(fitted) : halfBlocks(fitted, screen);
}

function fit(plane: Plane, columns: number): Plane {
  if (plane.width > columns) return shrink(plane, Math.ceil(plane.width / columns));
  // 14 columns are enough to see single pixels.
  return plane.width <= 14 && plane.height <= 14 && columns >= 2 * plane.width && plane.width < 12
    ? enlarge(plane, 2)
    : plane;
}

// The text color of ▀ is the upper pixel, its background the lower one.
function halfBlocks(plane: Plane, { colors }: Screen): string[] {
  const lines: string[] = [];
  for (let y = 0; y < plane.height; y += 2) {
    let line = "";
    let before = "";
    for (let x = 0; x < plane.width; x++) {
      const upper: RGB = colorAt(plane, x, y);
      const lower = y + 1 < plane.height ? colorAt(plane, x, y + 1) : undefined;
      const codes = `\x1b[${code(38, upper, colors)};${lower ? code(48, lower, colors) : "49"}m`;
      line += codes === before ? "▀" : codes + "▀";
      before = codes;
    }
    lines.push(line + "\x1b[0m");
  }
  return lines;
}

// A character is about twice as high as wide, so it represents two rows.
function density(plane: Plane): string[] {
  const lines: string[] = [];
  for (let y = 0; y < plane.height; y += 2) {
    let line = "";
    for (let x = 0; x < plane.width; x++) {
      const upper = brightnessAt(plane, x, y);
      const share = y + 1 < plane.height ? (upper + brightnessAt(plane, x, y + 1)) / 2 : upper;
      line += Number.isNaN(share) ? "?" : RAMP[Math.min(9, Math.max(0, Math.round(share * 9)))];
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

// Signed numbers without colors: tenths of the largest, as digits with their sign.
function tenths(plane: Plane, width: number): string[] {
  return Array.from({ length: plane.height }, (_, y) =>
    Array.from({ length: plane.width }, (_, x) => {
      const tenth = Math.max(-9, Math.min(9, Math.round(9 * shareOf(plane, plane.values[y * plane.width + x]))));
      return Number.isNaN(tenth) ? "?" : tenth === 0 ? "·" : String(tenth);
    }).map((text) => text.padStart(width)).join(""));
}
