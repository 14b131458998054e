/** Draws the table of `console.table`. */

import { inspect } from "./inspect.ts";

/** The table; undefined for what has no rows. */
export function consoleTable(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const rows = value instanceof Map ? [...value.entries()] : value instanceof Set ? [...value] : value;
  const entries = Object.entries(rows);
  const columns: string[] = [];
  let hasValues = false;
  for (const [, row] of entries) {
    if (typeof row !== "object" || row === null) hasValues = true;
    else for (const key of Object.keys(row)) if (!columns.includes(key)) columns.push(key);
  }
  const head = ["(index)", ...columns, ...(hasValues ? ["Values"] : [])];
  const body = entries.map(([index, row]) => {
    const isRow = typeof row === "object" && row !== null;
    const cells = columns.map((key) =>
      isRow && Object.hasOwn(row, key) ? text((row as Record<string, unknown>)[key]) : ""
    );
    return [index, ...cells, ...(hasValues ? [isRow ? "" : text(row)] : [])];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((row) => row[i].length)) + 2);
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const line = (row: string[]): string => `│${row.map((cell, i) => ` ${cell}`.padEnd(widths[i])).join("│")}│`;
  return [rule("┌", "┬", "┐"), line(head), rule("├", "┼", "┤"), ...body.map(line), rule("└", "┴", "┘")].join("\n");
}

function text(value: unknown): string {
  return inspect(value, { depth: 0, quotes: ["'", '"', "`"], breakLength: Infinity });
}
