/**
 * Draws a terminal's screen as SVG, for the picture in the README. It takes the screen, with its colors, from standard
 * input, and needs no permission:
 *
 *     tmux new-session -d -s picture -x 92 -y 36 'COLORTERM=truecolor deno task lesson 16'
 *     tmux send-keys -t picture g18 Enter    # and Enter once more when step 18 is there
 *     tmux capture-pane -t picture -ep | deno run docs/ansi_to_svg.ts > docs/terminal.svg
 */
import { visibleWidth } from "../lib/text/visible_width.ts";

interface Style {
  color?: string;
  background?: string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

/** Neighbors in a row with the same style. */
interface Run {
  text: string;
  column: number;
  width: number;
  style: Style;
}

const CELL = { width: 8.4, height: 18 };
const MARGIN = 16;
const COLOR = "#d5d9e0";
const BACKGROUND = "#16181d";
const PALETTE = [
  ..."#3b4048 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #c8ccd4".split(" "),
  ..."#7f848e #f08a92 #b1d895 #f0d399 #84c3f7 #d79ae6 #7fd0da #ffffff".split(" "),
];

function draw(lines: string[]): string {
  const rows: Run[][] = [];
  let style: Style = {};
  for (const line of lines) {
    const [runs, after] = readLine(line, style);
    rows.push(runs);
    style = after;
  }
  const columns = Math.max(...rows.flatMap((runs) => runs.map((run) => run.column + run.width)));
  const width = Math.ceil(columns * CELL.width) + 2 * MARGIN;
  const height = rows.length * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    "<title>A lesson in the terminal</title>",
    "<style>text { white-space: pre }</style>", // browsers do not look at the xml:space of a group
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" shape-rendering="crispEdges" xml:space="preserve">`,
    ...rows.flatMap((runs, row) => runs.flatMap((run) => drawRun(run, MARGIN + row * CELL.height))),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function drawRun({ text, column, width, style }: Run, y: number): string[] {
  let [color, background] = [style.color ?? COLOR, style.background];
  if (style.inverse) [color, background] = [background ?? BACKGROUND, color];
  const x = MARGIN + column * CELL.width;
  const span = width * CELL.width;
  const parts: string[] = [];
  if (background) parts.push(rectangle(x, y, span, CELL.height, background));
  const blocks = [...text].every((char) => char in BLOCKS);
  if (blocks) {
    [...text].forEach((char, i) => {
      const [dx, dy, w, h, opacity] = BLOCKS[char];
      if (w === 0) return;
      const at = [x + (i + dx) * CELL.width, y + dy * CELL.height] as const;
      parts.push(rectangle(...at, w * CELL.width, h * CELL.height, color, opacity));
    });
  } else {
    const look = [
      style.bold ? ' font-weight="bold"' : "",
      style.dim ? ' opacity="0.6"' : "",
      style.italic ? ' font-style="italic"' : "",
      style.underline ? ' text-decoration="underline"' : "",
    ].join("");
    const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    parts.push(
      `<text x="${number(x)}" y="${number(y + 13.5)}" textLength="${
        number(span)
      }" fill="${color}"${look}>${words}</text>`,
    );
  }
  return parts;
}

/** Characters that fill part of their cell, drawn as rectangles because fonts leave gaps: x, y, width, height, opacity. */
const BLOCKS: Record<string, [number, number, number, number, number]> = {
  " ": [0, 0, 0, 0, 0],
  "█": [0, 0, 1, 1, 1],
  "▀": [0, 0, 1, 0.5, 1],
  "▄": [0, 0.5, 1, 0.5, 1],
  "▌": [0, 0, 0.5, 1, 1],
  "▐": [0.5, 0, 0.5, 1, 1],
  "░": [0, 0, 1, 1, 0.25],
  "▒": [0, 0, 1, 1, 0.5],
  "▓": [0, 0, 1, 1, 0.75],
};

function rectangle(x: number, y: number, width: number, height: number, fill: string, opacity = 1): string {
  const faint = opacity < 1 ? ` opacity="${opacity}"` : "";
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(width + 0.2)}" height="${
    number(height + 0.2)
  }" fill="${fill}"${faint}/>`;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Splits a line into runs; also returns the style with which the next line starts. */
function readLine(line: string, style: Style): [Run[], Style] {
  const runs: Run[] = [];
  let column = 0;
  // deno-lint-ignore no-control-regex
  for (const [, codes, char] of line.matchAll(/\x1b\[([\d;]*)m|([\s\S])/gu)) {
    if (codes !== undefined) {
      style = restyle(style, codes.split(";").map(Number));
      continue;
    }
    const width = visibleWidth(char);
    const last = runs.at(-1);
    // A space continues whatever it follows.
    if (last && last.style === style && (char === " " || (char in BLOCKS) === (last.text[0] in BLOCKS))) {
      last.text += char;
      last.width += width;
    } else runs.push({ text: char, column, width, style });
    column += width;
  }
  return [runs.filter((run) => run.text.trim() || run.style.background || run.style.inverse), style];
}

function restyle(style: Style, codes: number[]): Style {
  let next = { ...style };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code === 39) next.color = undefined;
    else if (code === 49) next.background = undefined;
    else if (code === 38 || code === 48) {
      const wide = codes[i + 1] === 2;
      const value = wide ? hex(codes.slice(i + 2, i + 5)) : indexed(codes[i + 2]);
      if (code === 38) next.color = value;
      else next.background = value;
      i += wide ? 4 : 2;
    } else if (code >= 30 && code <= 37) next.color = PALETTE[code - 30];
    else if (code >= 40 && code <= 47) next.background = PALETTE[code - 40];
    else if (code >= 90 && code <= 97) next.color = PALETTE[code - 82];
    else if (code >= 100 && code <= 107) next.background = PALETTE[code - 92];
  }
  return next;
}

/** One of a terminal's 256 colors: 16 named ones, a cube of 6 × 6 × 6, and 24 grays. */
function indexed(index: number): string {
  if (index < 16) return PALETTE[index];
  if (index >= 232) return hex(Array(3).fill(8 + 10 * (index - 232)));
  const level = (step: number) => step === 0 ? 0 : 55 + 40 * step;
  const cube = index - 16;
  return hex([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

function hex(parts: number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

const screen = await new Response(Deno.stdin.readable).text();
await new Blob([draw(screen.replace(/\s+$/, "").split("\n"))]).stream().pipeTo(Deno.stdout.writable);
