/** Shows a picture of `show` as it is. */

import type { VNode } from "preact";

/** The forms of a picture, by MIME type. */
export type Bundle = Record<string, string>;

/** A picture. An SVG is shown as an image: whatever a cell has put into it, nothing in it runs. */
export function OnePicture({ bundle }: { bundle: Bundle }): VNode {
  const svg = bundle["image/svg+xml"];
  const text = bundle["text/plain"] ?? "";
  if (svg === undefined) return <pre class="output" tabIndex={0}>{text}</pre>;
  const label = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "picture";
  return <img class="picture" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={label} />;
}
