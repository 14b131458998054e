/** Writes Markdown for the terminal, wrapped to its width. */

import { visibleWidth } from "../../text/visible_width.ts";
import { lexer, type Token, type Tokens } from "marked";
import { clean } from "./clean.ts";
import { highlight } from "./highlight.ts";
import { mathematics } from "./mathematics.ts";
import type { Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** The longest line of text: longer lines are hard to read, even on a wide terminal. */
const WIDEST = 100;

/**
 * Text for a terminal with `columns`, without a line break at its end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { styleOf } from "./style.ts";
 *
 * assertEquals(renderMarkdown("# Title\nSome *text*,\n- a point", 80, styleOf(false)), "# Title\n\nSome text,\n\n• a point");
 * ```
 */
export function renderMarkdown(text: string, columns: number, style: Style): string {
  const { source, formulas } = protectFormulas(clean(text, { color: style.color }));
  const renderer = new MarkdownRenderer(style, formulas);
  return renderer.blocks(lexer(source), Math.max(10, Math.min(columns, WIDEST)));
}

/** Hides formulas from Markdown, which would read their underscores and stars as emphasis. */
function protectFormulas(text: string): { source: string; formulas: string[] } {
  const formulas: string[] = [];
  const keep = (formula: string): string => `\uE000${formulas.push(mathematics(formula)) - 1}\uE001`;
  // Code comes first in each alternative, so that a dollar inside it is left alone.
  const source = text
    .replace(
      /(```[\s\S]*?```|`[^`\n]*`)|\$\$([\s\S]+?)\$\$/g,
      (all, code, formula) => code ?? (formula ? `\n\n    ${keep(formula)}\n\n` : all),
    )
    .replace(
      /(```[\s\S]*?```|`[^`\n]*`)|\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/g,
      (_all, code, formula) => code ?? keep(formula),
    );
  return { source, formulas };
}

class MarkdownRenderer {
  constructor(readonly style: Style, readonly formulas: string[]) {}

  blocks(tokens: Token[], width: number): string {
    return tokens.map((token) => this.#block(token, width)).filter((block) => block !== "").join("\n\n");
  }

  #block(token: Token, width: number): string {
    switch (token.type) {
      case "heading": {
        const { depth, tokens } = token as Tokens.Heading;
        return wrapped(this.style.heading(`${"#".repeat(depth)} ${this.#inline(tokens)}`), width);
      }
      case "paragraph":
      case "text":
        return wrapped(token.tokens ? this.#inline(token.tokens) : this.#restore((token as Tokens.Text).text), width);
      case "code": {
        const { text, lang } = token as Tokens.Code;
        const code = /^(ts|typescript|js|javascript)\b/.test(lang ?? "")
          ? highlight(text, this.style)
          : this.#restore(text);
        return indent(code, "    ");
      }
      case "blockquote":
        return indent(this.blocks((token as Tokens.Blockquote).tokens, width - 2), `${this.style.dim("│")} `);
      case "list":
        return this.#list(token as Tokens.List, width);
      case "table":
        return this.#table(token as Tokens.Table, width);
      case "hr":
        return this.style.dim("─".repeat(Math.min(width, 40)));
      case "space":
      case "def":
        return "";
      default: // HTML and similar: as it is
        return wrapped(this.#restore(token.raw.trim()), width);
    }
  }

  #list(list: Tokens.List, width: number): string {
    const first = typeof list.start === "number" ? list.start : 1;
    const items = list.items.map((item, i) => {
      const bullet = list.ordered ? `${first + i}. ` : "• ";
      const box = item.task ? (item.checked ? "[x] " : "[ ] ") : "";
      const tokens = item.tokens.filter((token) => token.type !== "checkbox");
      const body = tokens.map((token) => this.#block(token, width - bullet.length)).filter(Boolean).join(
        list.loose ? "\n\n" : "\n",
      );
      return indent(box + body, " ".repeat(bullet.length)).replace(/^\s*/, bullet);
    });
    return items.join(list.loose ? "\n\n" : "\n");
  }

  #table(table: Tokens.Table, width: number): string {
    const rows = [table.header, ...table.rows].map((row) => row.map((cell) => this.#inline(cell.tokens)));
    const widths = table.header.map((_, i) => Math.max(3, ...rows.map((row) => visibleWidth(row[i] ?? ""))));
    const line = (row: string[]): string =>
      row.map((cell, i) => {
        const gap = " ".repeat(Math.max(0, widths[i] - visibleWidth(cell)));
        return table.align[i] === "right" ? gap + cell : cell + gap;
      }).join("  ").trimEnd();
    const [header, ...body] = rows.map(line);
    const rule = this.style.dim(widths.map((columns) => "─".repeat(columns)).join("  "));
    return [this.style.bold(header), rule, ...body].map((text) => wrapped(text, Math.max(width, 20))).join("\n");
  }

  #inline(tokens: Token[] = []): string {
    return tokens.map((token) => {
      const inner = (): string =>
        "tokens" in token && token.tokens ? this.#inline(token.tokens) : decode((token as Tokens.Text).text);
      switch (token.type) {
        case "strong":
          return this.style.bold(inner());
        case "em":
          return this.style.italic(inner());
        case "codespan":
          return this.style.color
            ? this.style.code(decode((token as Tokens.Codespan).text))
            : `\`${decode((token as Tokens.Codespan).text)}\``;
        case "link": {
          const { href } = token as Tokens.Link;
          const label = inner();
          return label === href ? this.style.underline(href) : `${this.style.underline(label)} (${href})`;
        }
        case "image":
          return `[${(token as Tokens.Image).text}]`;
        case "br":
          return "\n";
        case "del":
          return `~${inner()}~`;
        case "text":
          return this.#restore(inner().replaceAll("\n", " ")); // a line break in the source is not one in the text
        default:
          return this.#restore(decode((token as Tokens.Text).text ?? token.raw));
      }
    }).join("");
  }

  #restore(text: string): string {
    return text.replace(/\uE000(\d+)\uE001/g, (_match, i) => this.formulas[Number(i)]);
  }
}

function decode(text: string): string {
  return text.replace(
    /&(lt|gt|quot|#39|amp);/g,
    (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" })[name as string]!,
  );
}

function wrapped(text: string, width: number): string {
  return wrap(text, width, { hard: true }).split("\n").map((line) => line.trimEnd()).join("\n");
}

function indent(text: string, by: string): string {
  return text.split("\n").map((line) => (by + line).trimEnd()).join("\n");
}
