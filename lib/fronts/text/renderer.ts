/** Turns cells, outputs and errors into text for a terminal of a given width, or into plain text. */

import { stripAnsi } from "../../text/strip_ansi.ts";
import { visibleWidth } from "../../text/visible_width.ts";
import { shortPath } from "../../course/catalog.ts";
import { fitExcerpt } from "../../cells/engine/excerpt.ts";
import type { Cell } from "../../cells/document/document.ts";
import type { CellError, SourceLocation } from "../../cells/engine/protocol.ts";
import type { ExerciseVerdict } from "../../course/verdict.ts";
import { clean } from "./clean.ts";
import { highlight } from "./highlight.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Style } from "./style.ts";
import { visible, visibleLine } from "./visible.ts";
import { wrap } from "./wrap.ts";

/** How many callers of a failing function are shown. */
const MAX_FRAMES = 5;
/** How much of a message is shown. */
const MAX_MESSAGE = 10_000;

/** Renders everything in a lesson as text, with line breaks. */
export class Renderer {
  constructor(readonly style: Style, public columns: number) {}

  /** A cell: text wrapped to the terminal, or code with its line numbers in the file. */
  cell(cell: Cell): string {
    if (cell.source.trim() === "") return "";
    if (cell.kind !== "code") return renderMarkdown(cell.source, this.columns, this.style) + "\n";
    return this.code(highlight(cell.source, this.style), cell.line);
  }

  /** A sentence, wrapped. */
  text(text: string): string {
    return wrap(text, this.columns) + "\n";
  }

  /** Lines of code, numbered. */
  code(code: string, line: number): string {
    const lines = code.split("\n");
    const digits = Math.max(3, String(line + lines.length - 1).length);
    const room = Math.max(10, this.columns - digits - 3);
    return lines.map((text, i) => {
      const [first, ...more] = wrapLine(text, room);
      const gutter = (number: string): string => this.style.dim(`${number.padStart(digits)} │`);
      return [`${gutter(String(line + i))} ${first}`, ...more.map((rest) => `${gutter("")} ${rest}`)]
        .map((row) => row.trimEnd() + "\n").join("");
    }).join("");
  }

  /** Lines of code without numbers. */
  bareCode(code: string): string {
    return highlight(code, this.style).split("\n").flatMap((line) => wrapLine(line, this.columns)).join("\n") + "\n";
  }

  /** A value or a picture, in the form that this terminal can show. */
  bundle(bundle: Record<string, string>): string {
    const text = (this.style.color ? bundle["text/x-ansi"] : undefined) ?? bundle["text/plain"];
    const safe = clean(text, { color: this.style.color, returns: true });
    return safe.endsWith("\n") ? safe : `${safe}\n`;
  }

  /** A verdict on an answer. */
  verdict({ id: name, kind, message: text, error, picture, attempt = 1 }: ExerciseVerdict): string {
    const { good, bold } = this.style;
    const id = `${visibleLine(name)}${attempt > 1 ? `, try ${attempt}` : ""}`, message = this.#message(text);
    if (kind === "passed") return this.text(`${good(`✓ ${id}`)}: ${message}`);
    if (kind === "open") return this.text(`${bold(`○ ${id}`)} is still open. ${message}`);
    const place = error?.place ? `  ${placeText(error.place)}\n` : "";
    const said = `${this.style.error(`✗ ${id}`)}: ${message}`;
    // The lesson's author writes the reply to a mistake in Markdown, like hints; other messages may quote any code.
    const reply = kind === "mistake" ? renderMarkdown(said, this.columns, this.style) + "\n" : this.text(said);
    return reply + (picture ? `${clean(picture, { color: false })}\n` : "") + place;
  }

  error(error: CellError): string {
    const what = `${this.style.error(`✗ ${visibleLine(error.name)}:`)} ${this.#message(error.message)}`;
    const lines = [wrap(what, this.columns, { hard: true, trim: false })];
    if (error.place) lines.push(`  ${placeText(error.place)}`);
    if (error.excerpt) {
      lines.push("", fitExcerpt(visible(error.excerpt), this.columns).replace(/^>.*$/m, (row) => this.style.bold(row)));
    }
    const { place } = error;
    const others = error.frames.filter((frame) => frame.line !== place?.line || frame.file !== place?.file);
    if (others.length) lines.push("");
    for (const frame of others.slice(0, MAX_FRAMES)) {
      const name = frame.name ? `in ${visibleLine(frame.name)} ` : "";
      lines.push(this.style.dim(`  ${name}${placeText(frame)}`));
    }
    return lines.join("\n") + "\n";
  }

  /** A message that may quote anything. */
  #message(text: string): string {
    const left = text.length - MAX_MESSAGE;
    const shown = clean(left > 0 ? text.slice(0, MAX_MESSAGE) : text, { color: this.style.color });
    return left > 0 ? `${shown}\n… and ${left} more characters` : shown;
  }

  /** Words and what they mean, one row for each. */
  table(rows: readonly (readonly [string, string])[]): string {
    const width = Math.max(...rows.map(([word]) => visibleWidth(word))) + 3;
    return rows.map(([word, meaning]) => {
      const lines = wrap(meaning, Math.max(10, this.columns - width)).split("\n").join(`\n${" ".repeat(width)}`);
      return `${this.style.bold(word)}${" ".repeat(width - visibleWidth(word))}${lines}\n`;
    }).join("");
  }

  /** A line across the screen with text in it, at the beginning of a step. */
  rule(left: string, right: string): string {
    const columns = Math.min(this.columns, 100);
    const words = `── ${left} `;
    const gap = columns - visibleWidth(words) - visibleWidth(right) - 4;
    if (gap < 2) return this.style.dim(words + "──") + "\n";
    return `${this.style.dim("──")} ${this.style.bold(left)} ${this.style.dim("─".repeat(gap))} ${right} ${
      this.style.dim("──")
    }\n`;
  }
}

function placeText({ file, line, column }: SourceLocation): string {
  return `at ${visibleLine(shortPath(file))}:${line}:${column}`;
}

/** Wraps a line of code that is wider than the screen; the next rows are indented further: by three columns in a comment, below its text. */
function wrapLine(text: string, columns: number): string[] {
  if (visibleWidth(text) <= columns) return [text];
  const indent = text.length - text.trimStart().length;
  const body = text.slice(indent);
  const hang = indent + (stripAnsi(body).startsWith("//") ? 3 : 2);
  const margin = hang > columns / 2 ? 0 : hang;
  const rows = wrap(body, columns - margin, { hard: true }).split("\n");
  return rows.map((row, i) => i === 0 && margin > 0 ? " ".repeat(indent) + row : " ".repeat(margin) + row);
}
