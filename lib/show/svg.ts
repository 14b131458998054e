/** SVG documents in one style, legible on light and dark pages, without fonts or files from elsewhere. */

// The background is explicit: a picture inside <img> does not know the page's color, and black text is invisible on a
// dark page. The names start with "gr-" because a page may inline the picture with its style.
const STYLE = [
  ".gr-paper{fill:#ffffff}",
  ".gr-ink{fill:#1f2328}",
  ".gr-soft{fill:#59636e}",
  ".gr-axis{stroke:#8c959f;fill:none}",
  ".gr-grid{stroke:#e4e8ec;fill:none}",
  ".gr-box{fill:#f3f5f8;stroke:#c3cad2}",
  "@media (prefers-color-scheme:dark){" +
  ".gr-paper{fill:#15191f}.gr-ink{fill:#e6eaef}.gr-soft{fill:#9aa5b1}.gr-axis{stroke:#6b7682}" +
  ".gr-grid{stroke:#2a313a}.gr-box{fill:#222932;stroke:#4a5562}}",
].join("");

/** The maximum width of a picture in pixels, which fits the column of a notebook. */
export const SVG_WIDTH = 640;

/** A document around a drawing. `label` is for screen readers. */
export function svgDocument(width: number, height: number, label: string, body: string): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" ` +
    `font-family="system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif" font-size="12" ` +
    `style="max-width:100%;height:auto"><title>${escapeXml(label)}</title><style>${STYLE}</style>` +
    `<rect class="gr-paper" width="${w}" height="${h}" rx="6"/>${body}</svg>`;
}

/** A line of text; `anchor` tells which part of it is at x. */
export function svgText(
  x: number,
  y: number,
  text: string,
  { anchor = "start", style = "gr-ink", size, weight, extra = "" }: {
    anchor?: "start" | "middle" | "end";
    style?: string;
    size?: number;
    weight?: number;
    extra?: string;
  } = {},
): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${style}"` +
    (anchor === "start" ? "" : ` text-anchor="${anchor}"`) + (size ? ` font-size="${size}"` : "") +
    (weight ? ` font-weight="${weight}"` : "") + (extra ? " " + extra : "") +
    `>${escapeXml(text.replaceAll("  ", "\u2003"))}</text>`;
}

/** Puts a line of text above a document that {@linkcode svgDocument} made. */
export function svgWithTitle(svg: string, title: string): string {
  const size = /^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg);
  if (!size) return svg;
  const [width, height] = [Number(size[1]), Number(size[2])];
  const inner = svg.replace('height="', 'y="26" height="').replace(/style="max-width:100%;height:auto"/, "");
  return svgDocument(
    Math.max(width, 24 + textWidth(title, 14, true)),
    height + 26,
    title,
    svgText(12, 19, title, { weight: 600, size: 14 }) + inner,
  );
}

/** A number with at most two decimals. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text escaped for XML and HTML; control characters, which XML forbids, become �. */
export function escapeXml(text: string): string {
  // deno-lint-ignore no-control-regex -- these are what is replaced
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "\uFFFD").replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** How much wider bold text is, in the widest of the usual fonts. */
const BOLDER = 1.25;

/** The approximate width of a text in pixels; without the font it cannot be known exactly. */
export function textWidth(text: string, size = 12, bold = false): number {
  let width = 0;
  for (const char of text) width += char.codePointAt(0)! > 0x2e80 ? 1 : /[A-ZMW@%]/.test(char) ? 0.68 : 0.56;
  return width * size * (bold ? BOLDER : 1);
}
