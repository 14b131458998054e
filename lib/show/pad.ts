/** A sheet to draw on: a canvas in a notebook, and in a terminal the rows of the drawing, to be changed in an editor. */
import { brief } from "./expect_tensor.ts";
import { Picture } from "./picture.ts";
import { escapeXml } from "./svg.ts";

/** How a drawing is named and explained. */
export interface PadOptions {
  /** The constant that the text under the canvas defines: `"drawing"` by default. */
  name?: string;
}

const CELL = 14; // pixels of the canvas for one place of the drawing

/**
 * A sheet to draw on. The rows are the drawing to begin with: `#` is ink, everything else is paper.
 *
 * In a notebook it is a canvas: draw with the mouse or a finger. The text below it is always the drawing as code, to be
 * copied into a cell. In a terminal it shows the rows themselves.
 *
 * @throws {TypeError} If the rows are not strings.
 * @throws {RangeError} If there are none, or all are empty.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const sheet = pad(["..#", ".#"]);
 * assertEquals(sheet.text(), "..#\n.#.");
 * assertStringIncludes(sheet.html()!, "<canvas");
 * ```
 */
export function pad(rows: readonly string[], { name = "drawing" }: PadOptions = {}): Picture {
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === "string")) {
    throw new TypeError(`pad takes a list of strings and got ${brief(rows)}: write a row for each line of the drawing`);
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) throw new RangeError(`pad takes at least one place to draw on and got ${rows.length} empty rows`);
  const even = rows.map((row) => row.padEnd(width, ".").replace(/[^#]/g, "."));
  return new Picture({ text: () => even, html: () => canvas(even, name) });
}

function canvas(rows: readonly string[], name: string): string {
  const id = `gradually-pad-${crypto.randomUUID()}`, [width, height] = [rows[0].length, rows.length];
  return `<div id="${id}">
<canvas width="${width * CELL}" height="${height * CELL}" style="border: 1px solid; touch-action: none"></canvas>
<p><button type="button">Clear</button> Draw here. Then copy these lines into the cell of the drawing, and run it:</p>
<textarea readonly rows="${height + 2}" cols="${Math.max(width, name.length) + 12}"></textarea>
<script>(${padScript})(document.getElementById("${id}"), ${JSON.stringify([...rows])}, ${
    JSON.stringify(escapeXml(name))
  }, ${CELL});</script>
</div>`;
}

// deno-lint-ignore no-explicit-any -- it runs in the page of a notebook, which Deno has no types for
type Page = any;

/** What the page runs: it must use nothing but its arguments. */
function padScript(root: Page, rows: string[], name: string, cell: number): void {
  const sheet = root.querySelector("canvas"), text = root.querySelector("textarea");
  const pen = sheet.getContext("2d");
  const ink = rows.map((row) => [...row].map((sign) => sign === "#"));
  let down = false;
  function draw(): void {
    ink.forEach((row, r) =>
      row.forEach((dark, c) => {
        pen.fillStyle = dark ? "#000" : "#fff";
        pen.fillRect(c * cell, r * cell, cell, cell);
      })
    );
    const lines = ink.map((row) => '  "' + row.map((dark) => dark ? "#" : ".").join("") + '",');
    text.value = ["const " + name + " = [", ...lines, "];"].join("\n");
  }
  function mark(event: { offsetX: number; offsetY: number }): void {
    const r = Math.floor(event.offsetY / cell), c = Math.floor(event.offsetX / cell);
    if (!down || ink[r]?.[c] === undefined) return;
    ink[r][c] = true;
    draw();
  }
  sheet.onpointerdown = (event: { offsetX: number; offsetY: number }) => {
    down = true;
    mark(event);
  };
  sheet.onpointermove = mark;
  sheet.onpointerup = sheet.onpointerleave = () => down = false;
  root.querySelector("button").onclick = () => {
    for (const row of ink) row.fill(false);
    draw();
  };
  draw();
}
