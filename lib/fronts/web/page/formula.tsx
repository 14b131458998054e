/** Sets a formula: KaTeX, which is loaded when the first formula is drawn, makes MathML of it. */

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A formula. Until KaTeX is there, and where it fails, its source is shown. */
function Formula({ tex, display }: { tex: string; display: boolean }): VNode {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let current = true;
    import("katex").then(({ default: katex }) => {
      // MathML: every browser sets it, a screen reader reads it, and it needs neither fonts nor styles, which the page's policy would refuse.
      const options = { displayMode: display, output: "mathml", throwOnError: false } as const;
      if (current && place.current) katex.render(tex, place.current, options);
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
