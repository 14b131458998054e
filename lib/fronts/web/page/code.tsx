/** Shows code that is only read, with its parts in color. */

import { classHighlighter, highlightCode } from "@lezer/highlight";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import type { VNode } from "preact";

/** A block of TypeScript. */
export function Code({ source }: { source: string }): VNode {
  const parts: (string | VNode)[] = [];
  highlightCode(
    source,
    typescriptLanguage.parser.parse(source),
    classHighlighter,
    (text, classes) => parts.push(classes ? <span class={classes}>{text}</span> : text),
    () => parts.push("\n"),
  );
  return <pre class="code" tabIndex={0}><code>{parts}</code></pre>;
}
