/** Draws Markdown: tokens become elements, and nothing in a text is ever taken for HTML. */

import type { ComponentChildren, VNode } from "preact";
import { lexer, type Token, type Tokens } from "marked";
import { Code } from "./code.tsx";

/** Draws a formula; a page sets it, and a page without JavaScript gets MathML. */
type DrawFormula = (tex: string, display: boolean) => VNode;

/** A text with its formulas. */
export function Markdown({ text, formula, level = 0 }: { text: string; formula: DrawFormula; level?: number }): VNode {
  const { source, formulas } = takeFormulas(text);
  const draw = new Drawing(formulas, formula, level);
  return <div class="markdown">{draw.blocks(lexer(source))}</div>;
}

interface Formula {
  tex: string;
  display: boolean;
}

/** Hides formulas from Markdown, which would read their underscores and stars as emphasis. */
function takeFormulas(text: string): { source: string; formulas: Formula[] } {
  const formulas: Formula[] = [];
  const keep = (tex: string, display: boolean): string => `\uE000${formulas.push({ tex, display }) - 1}\uE001`;
  const source = text
    .replace(/[\uE000\uE001]/g, "")
    .replace(
      /(```[\s\S]*?```|`[^`\n]*`)|\$\$([\s\S]+?)\$\$/g,
      (all, code, tex) => code ?? (tex ? `\n\n${keep(tex, true)}\n\n` : all),
    )
    .replace(
      /(```[\s\S]*?```|`[^`\n]*`)|\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/g,
      (_all, code, tex) => code ?? keep(tex, false),
    );
  return { source, formulas };
}

class Drawing {
  constructor(readonly formulas: readonly Formula[], readonly formula: DrawFormula, readonly level: number) {}

  blocks(tokens: readonly Token[]): ComponentChildren {
    return tokens.map((token) => this.#block(token));
  }

  #block(token: Token): ComponentChildren {
    switch (token.type) {
      case "heading": {
        const { depth, tokens } = token as Tokens.Heading;
        const Heading = `h${Math.min(6, depth + this.level)}` as "h1";
        return <Heading>{this.#inline(tokens)}</Heading>;
      }
      case "paragraph":
        return <p>{this.#inline(token.tokens)}</p>;
      case "text":
        return token.tokens ? this.#inline(token.tokens) : this.#text((token as Tokens.Text).text);
      case "code": {
        const { text, lang } = token as Tokens.Code;
        return /^(ts|typescript|js|javascript)\b/.test(lang ?? "")
          ? <Code source={text} />
          : <pre class="code" tabIndex={0}>{this.#text(text)}</pre>;
      }
      case "blockquote":
        return <blockquote>{this.blocks((token as Tokens.Blockquote).tokens)}</blockquote>;
      case "list": {
        const { ordered, start, items } = token as Tokens.List;
        const List = ordered ? "ol" : "ul";
        const from = typeof start === "number" && start !== 1 ? start : undefined;
        return <List start={from}>{items.map((item, i) => <li key={i}>{this.blocks(item.tokens)}</li>)}</List>;
      }
      case "table":
        return this.#table(token as Tokens.Table);
      case "hr":
        return <hr />;
      case "space":
      case "def":
        return null;
      default: // HTML and the like: as it is written
        return <p>{this.#text(token.raw.trim())}</p>;
    }
  }

  #table({ header, rows, align }: Tokens.Table): VNode {
    const side = (i: number): string | undefined => align[i] ? `to-${align[i]}` : undefined;
    return (
      <div class="wide" tabIndex={0} role="group" aria-label="Table">
        <table>
          <thead>
            <tr>{header.map((cell, i) => <th key={i} scope="col" class={side(i)}>{this.#inline(cell.tokens)}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>{row.map((cell, i) => <td key={i} class={side(i)}>{this.#inline(cell.tokens)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }

  #inline(tokens: readonly Token[] = []): ComponentChildren {
    return tokens.map((token) => {
      const inner = (): ComponentChildren =>
        "tokens" in token && token.tokens
          ? this.#inline(token.tokens)
          : this.#text(decode((token as Tokens.Text).text));
      switch (token.type) {
        case "strong":
          return <strong>{inner()}</strong>;
        case "em":
          return <em>{inner()}</em>;
        case "del":
          return <del>{inner()}</del>;
        case "codespan":
          return <code>{decode((token as Tokens.Codespan).text)}</code>;
        case "br":
          return <br />;
        case "link": {
          const { href } = token as Tokens.Link;
          return /^(https?:|#)/.test(href) ? <a href={href} rel="noreferrer">{inner()}</a> : inner();
        }
        case "image":
          return `[${(token as Tokens.Image).text}]`;
        case "text":
        case "escape":
          return inner();
        default:
          return this.#text(decode((token as Tokens.Text).text ?? token.raw));
      }
    });
  }

  /** A text with its formulas in their places. */
  #text(text: string): ComponentChildren {
    return text.split(/\uE000(\d+)\uE001/).map((part, i) => {
      if (i % 2 === 0) return part;
      const { tex, display } = this.formulas[Number(part)];
      return this.formula(tex, display);
    });
  }
}

function decode(text: string): string {
  return text.replace(
    /&(lt|gt|quot|#39|amp);/g,
    (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" })[name as string]!,
  );
}
