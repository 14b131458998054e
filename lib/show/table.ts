/** Lays out rows as a table. */
import { bold, dim } from "./color.ts";
import { brief } from "./expect_tensor.ts";
import { formatColumn, formatNumber } from "./format.ts";
import { Picture } from "./picture.ts";
import type { Screen } from "./screen.ts";
import { escapeXml } from "./svg.ts";
import { visibleWidth } from "../text/visible_width.ts";
import { padEnd, padStart, truncate } from "./text.ts";

/** A row: its values in order, or by the name of the column. */
export type Row = readonly unknown[] | Readonly<Record<string, unknown>>;

/** What surrounds a table. */
export interface TableOptions {
  /** A line above it. */
  title?: string;
  /** Whether the last row is the total, which gets a line above it. */
  total?: boolean;
}

/**
 * A table. Numbers are aligned to the right, with the same number of decimals in a column. `columns` names the columns;
 * if rows are objects, it is also the order of the fields.
 *
 * @throws {TypeError} If the rows are not a list, or one of them is neither a list nor an object.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const text = table([{ layer: "fc1", parameters: 7850 }, { layer: "relu", parameters: 0 }]).text();
 * assertEquals(text.split("\n"), ["layer  parameters", "─────  ──────────", "fc1          7850", "relu            0"]);
 * ```
 */
export function table(rows: readonly Row[], columns?: readonly string[], options: TableOptions = {}): Picture {
  if (!Array.isArray(rows)) {
    throw new TypeError(`table takes a list of rows and got ${brief(rows)}`);
  }
  const odd = rows.findIndex((row) => typeof row !== "object" || row === null);
  if (odd >= 0) {
    throw new TypeError(
      `table takes a list of rows, each a list or an object, and got ${brief(rows[odd])} for row ${odd}`,
    );
  }
  const names = columns ?? fieldsOf(rows);
  const width = Math.max(names?.length ?? 0, ...rows.map((row) => Array.isArray(row) ? row.length : 0));
  const body = rows.map((row) =>
    Array.from({ length: width }, (_, i) => Array.isArray(row) ? row[i] : (row as Record<string, unknown>)[names![i]])
  );
  const numeric = Array.from({ length: width }, (_, i) => isNumeric(body.map((row) => row[i])));
  const texts = formatBody(body, numeric);
  return new Picture({
    text: (screen) => tableText(texts, names, numeric, screen, options),
    html: () => tableHtml(texts, names, numeric, options),
  });
}

function fieldsOf(rows: readonly Row[]): string[] | undefined {
  const fields = new Set(rows.flatMap((row) => Array.isArray(row) ? [] : Object.keys(row)));
  return fields.size > 0 ? [...fields] : undefined;
}

function isNumeric(values: readonly unknown[]): boolean {
  const given = values.filter((value) => value !== undefined && value !== null && value !== "");
  return given.length > 0 && given.every((value) => typeof value === "number" || typeof value === "bigint");
}

function formatBody(body: readonly unknown[][], numeric: readonly boolean[]): string[][] {
  const columns = numeric.map((isNumber, i) => {
    const values = body.map((row) => row[i]);
    if (!isNumber) return values.map(formatCell);
    const aligned = formatColumn(values.map((value) => typeof value === "number" ? value : NaN), 4);
    return values.map((value, j) => typeof value === "number" ? aligned[j] : formatCell(value));
  });
  return body.map((_, j) => columns.map((column) => column[j]));
}

function formatCell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.replace(/\s*\n\s*/g, " ");
  if (typeof value === "number") return formatNumber(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return `[${value.join(", ")}]`;
  return typeof value === "object"
    ? Deno.inspect(value, { depth: 1, compact: true, breakLength: Infinity })
    : String(value);
}

function tableText(
  texts: readonly string[][],
  names: readonly string[] | undefined,
  numeric: readonly boolean[],
  screen: Screen,
  { title, total }: TableOptions,
): string[] {
  const widths = fitWidths(
    numeric.map((_, i) => Math.max(1, visibleWidth(names?.[i] ?? ""), ...texts.map((row) => visibleWidth(row[i])))),
    screen.columns,
  );
  const line = (row: readonly string[]) =>
    row.map((text, i) => {
      const cut = truncate(text, widths[i]);
      return numeric[i] ? padStart(cut, widths[i]) : padEnd(cut, widths[i]);
    }).join("  ").trimEnd();
  const rule = dim(screen, widths.map((width) => "─".repeat(width)).join("  "));
  const lines = title === undefined ? [] : [bold(screen, title)];
  if (names) lines.push(bold(screen, line(names)), rule);
  texts.forEach((row, i) => {
    if (total && i === texts.length - 1) lines.push(rule);
    lines.push(line(row));
  });
  return lines.map((text) => visibleWidth(text) > screen.columns ? truncate(text, screen.columns) : text);
}

// The widest columns shrink first.
function fitWidths(widths: number[], columns: number): number[] {
  const fitted = [...widths];
  const used = () => fitted.reduce((sum, width) => sum + width + 2, -2);
  while (used() > columns) {
    const widest = fitted.indexOf(Math.max(...fitted));
    if (fitted[widest] <= 4) break;
    fitted[widest]--;
  }
  return fitted;
}

function tableHtml(
  texts: readonly string[][],
  names: readonly string[] | undefined,
  numeric: readonly boolean[],
  { title, total }: TableOptions,
): string {
  const align = (i: number) => `style="text-align:${numeric[i] ? "right" : "left"}"`;
  const caption = title === undefined ? "" : `<caption>${escapeXml(title)}</caption>`;
  const head = names
    ? `<thead><tr>${names.map((name, i) => `<th ${align(i)}>${escapeXml(name)}</th>`).join("")}</tr></thead>`
    : "";
  const rows = texts.map((row, j) => {
    const last = total && j === texts.length - 1;
    return `<tr>${
      row.map((text, i) => `<td ${align(i)}>${last ? "<strong>" : ""}${escapeXml(text)}${last ? "</strong>" : ""}</td>`)
        .join("")
    }</tr>`;
  });
  return `<table>${caption}${head}<tbody>${rows.join("")}</tbody></table>`;
}
