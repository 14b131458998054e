/** Draws a network as textbooks do: shrinking stacks of feature maps, then columns of numbers. */
import { css, dim, ink, SERIES } from "./color.ts";
import { Picture } from "./picture.ts";
import type { Screen } from "./screen.ts";
import { type LayerRow, layerRows, type SummaryModel } from "./summary.ts";
import { round, svgDocument, svgText, textWidth } from "./svg.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { padEnd, truncate } from "./text.ts";

/** How to title a diagram. */
export interface DiagramOptions {
  /** A line above it. */
  title?: string;
}

/** What flows between two layers that change its shape. */
interface Station {
  /** The layers that lead here. */
  readonly names: string[];
  /** The shape of one sample. */
  readonly shape: readonly number[];
  readonly parameters: number;
}

/**
 * A diagram of a network for one input shape, `[N, C, H, W]` or without N: what flows between the layers, as stacks of
 * maps and as columns. Layers that keep the shape (ReLU, dropout) share the label of the layer before them.
 *
 * @throws {TypeError} If it is not a network, or the input shape is not a shape.
 * @throws {RangeError} If a layer does not take the output of the one before it: the layer's own error.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const pool = { name: "pool", parameters: () => [], outputShape: ([n, c, h, w]: readonly number[]) => [n, c, h / 2, w
 * / 2] }; const text = diagram({ layers: [pool], parameters: () => [] }, [1, 6, 24, 24]).text();
 * assertStringIncludes(text, "6 × 12 × 12");
 * ```
 */
export function diagram(model: SummaryModel, inputShape: readonly number[], options: DiagramOptions = {}): Picture {
  const stations = stationsOf(layerRows(model, inputShape, "diagram"), inputShape);
  const title = options.title ?? (model.name || undefined);
  return new Picture({
    text: (screen) => diagramText(stations, screen, title),
    svg: () => diagramSvg(stations, title),
  });
}

function stationsOf(rows: readonly LayerRow[], input: readonly number[]): Station[] {
  const single = rows[0]?.shape?.[0] === "N";
  const stations: Station[] = [{ names: ["input"], shape: single ? input : input.slice(1), parameters: 0 }];
  // A module's own row would repeat what its layers show.
  for (const { name, kind, shape, parameters, layer } of rows.filter((row) => !row.layer.layers)) {
    const last = stations[stations.length - 1];
    const sample = shape ? shape.slice(1).map(Number) : last.shape;
    const label = layer.name ? name.trim() : kind || name.trim();
    const flattened = sample.length === 1 && last.shape.length > 1 && parameters === 0;
    if (parameters === 0 && stations.length > 1 && String(sample) === String(last.shape)) last.names.push(label);
    else stations.push({ names: [flattened && !layer.name ? "flatten" : label], shape: sample, parameters });
  }
  return stations;
}

function diagramText(stations: readonly Station[], screen: Screen, title?: string): string[] {
  const names = stations.map(({ names }) => names.join(" → "));
  const shapes = stations.map(({ shape }) => shape.join(" × "));
  const [left, middle] = [names, shapes].map((texts) => Math.max(...texts.map(visibleWidth)));
  const nameWidth = Math.min(left, Math.max(10, screen.columns >> 1));
  const counts = stations.map(({ parameters }) =>
    parameters > 0 ? `${parameters.toLocaleString("en-US")} parameters` : ""
  );
  const right = Math.max(...counts.map(visibleWidth));
  const room = Math.max(4, Math.min(30, screen.columns - nameWidth - middle - right - 8));
  const lines = title === undefined ? [] : [title];
  stations.forEach(({ shape }, i) => {
    const picture = glyphs(shape, room);
    const colored = ink(screen, SERIES[shape.length === 1 ? 1 : 0], picture) + " ".repeat(room - visibleWidth(picture));
    const name = padEnd(truncate(names[i], nameWidth), nameWidth);
    const line = `${i === 0 ? " " : "↓"} ${name}  ${padEnd(shapes[i], middle)}  ${colored}  ${dim(screen, counts[i])}`;
    lines.push(line.trimEnd());
  });
  return lines.map((line) => visibleWidth(line) > screen.columns ? truncate(line, screen.columns) : line);
}

// A square for each map, larger for larger maps; a bar for a row of numbers, by the logarithm of its length.
function glyphs(shape: readonly number[], room: number): string {
  if (shape.length === 1) return "▬".repeat(Math.max(1, Math.min(room, Math.round(2.5 * Math.log2(shape[0] + 1)))));
  const sign = shape[shape.length - 1] >= 16 ? "■" : shape[shape.length - 1] >= 6 ? "◾" : "▪";
  const safe = sign === "◾" ? "▪" : sign; // ◾ is two columns wide in many terminals
  const maps = shape.length > 2 ? shape[0] : 1;
  const each = safe === "■" ? "■ " : "▪ ";
  const fitting = Math.max(1, Math.floor((room - 1) / 2));
  return maps <= fitting ? each.repeat(maps).trimEnd() : each.repeat(fitting - 1) + "…";
}

const HEIGHT = 190;

function diagramSvg(stations: readonly Station[], title?: string): string {
  const top = title === undefined ? 14 : 40;
  const parts = title === undefined ? [] : [svgText(14, 26, title, { weight: 600, size: 14 })];
  const middle = top + HEIGHT / 2;
  let x = 20;
  stations.forEach((station, i) => {
    const label = station.names.join(" → ");
    const lines = wrap(label, 96);
    const shape = station.shape.join("×");
    const width = Math.max(
      bodyWidth(station.shape),
      textWidth(shape),
      station.parameters > 0 ? 84 : 0,
      ...lines.map((line) => textWidth(line)),
    );
    if (i > 0) {
      parts.push(`<path class="gr-axis" stroke-width="1.5" d="M${round(x - 24)} ${middle}h16m-5-4l5 4l-5 4"/>`);
    }
    parts.push(body(station.shape, x + width / 2, middle));
    const bottom = top + HEIGHT + 14;
    lines.forEach((line, j) =>
      parts.push(svgText(x + width / 2, bottom + j * 15, line, { anchor: "middle", weight: j === 0 ? 600 : undefined }))
    );
    const below = bottom + lines.length * 15;
    parts.push(svgText(x + width / 2, below, shape, { anchor: "middle", style: "gr-soft" }));
    if (station.parameters > 0) {
      parts.push(
        svgText(x + width / 2, below + 15, `${station.parameters.toLocaleString("en-US")} params`, {
          anchor: "middle",
          style: "gr-soft",
        }),
      );
    }
    x += width + 32;
  });
  return svgDocument(x - 8, top + HEIGHT + 92, title ?? "a network", parts.join(""));
}

function side(size: number): number {
  return Math.max(8, Math.min(110, 20 * Math.sqrt(size) - 2));
}

function bodyWidth(shape: readonly number[]): number {
  if (shape.length === 1) return 16;
  const maps = Math.min(8, shape.length > 2 ? shape[0] : 1);
  return side(shape[shape.length - 1]) + (maps - 1) * 7;
}

function body(shape: readonly number[], x: number, middle: number): string {
  const fill = (color: string, opacity: number) => `fill="${color}" fill-opacity="${opacity}" stroke="${color}"`;
  if (shape.length === 1) {
    const height = Math.max(14, Math.min(HEIGHT - 10, 18 * Math.log2(shape[0] + 1)));
    return `<rect x="${round(x - 7)}" y="${round(middle - height / 2)}" width="14" height="${round(height)}" rx="3" ${
      fill(css(SERIES[1]), 0.35)
    }/>`;
  }
  const maps = Math.min(8, shape.length > 2 ? shape[0] : 1);
  const [w, h] = [side(shape[shape.length - 1]), side(shape[shape.length - 2])];
  const left = x - bodyWidth(shape) / 2;
  return Array.from({ length: maps }, (_, i) => {
    const y = middle - h / 2 + (maps - 1) * 3.5 - i * 7;
    return `<rect x="${round(left + i * 7)}" y="${round(y)}" width="${round(w)}" height="${
      round(h)
    }" rx="2" class="gr-paper"/>` +
      `<rect x="${round(left + i * 7)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" rx="2" ${
        fill(css(SERIES[0]), 0.3)
      }/>`;
  }).join("");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<=→) /)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
