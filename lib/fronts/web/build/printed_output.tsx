/** Draws what a cell put out, on a page that cannot be touched: text, and pictures as they are at first. */

import type { VNode } from "preact";
import { OnePicture } from "../page/one_picture.tsx";
import { withoutSequences } from "../page/without_sequences.ts";
import type { Shown } from "../page/shown.ts";

/** One output; what only a learner causes, such as a verdict or a hint, is not among them. */
export function PrintedOutput({ shown }: { shown: Shown }): VNode | null {
  if (shown.type === "text") return <pre class={`output ${shown.stream}`}>{withoutSequences(shown.text)}</pre>;
  return shown.type === "picture" ? <OnePicture bundle={shown.bundle} /> : null;
}
