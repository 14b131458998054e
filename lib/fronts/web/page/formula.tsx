/** Sets a formula with KaTeX, which is loaded when the first formula is drawn. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A formula. Until KaTeX is there, and where it fails, its source is shown. */
export function Formula({ tex, display }: { tex: string; display: boolean }): VNode {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let current = true;
    import("katex").then(({ default: katex }) => {
      // `render` sets styles through the document's own objects; a text with styles in it would be refused by the page's policy.
      if (current && place.current) katex.render(tex, place.current, { displayMode: display, throwOnError: false });
    }).catch(() => {});
    return () => {
      current = false;
    };
  }, [tex, display]);
  return <span ref={place} class={display ? "formula display" : "formula"}>{tex}</span>;
}

/** How the page draws formulas. */
export function drawFormula(tex: string, display: boolean): VNode {
  return <Formula key={tex} tex={tex} display={display} />;
}
