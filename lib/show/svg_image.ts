/** Puts an SVG document into a page as an image: what cleans a page, as nbconvert does, removes SVG elements and keeps images. */
import { base64 } from "./base64.ts";

/**
 * The image, no wider than the page. Its title is what is read out instead of it.
 *
 * @param svg A document from `svgDocument`.
 */
export function svgImage(svg: string): string {
  const label = /<title>(.*?)<\/title>/s.exec(svg)?.[1] ?? "";
  const data = base64(new TextEncoder().encode(svg));
  return `<img src="data:image/svg+xml;base64,${data}" alt="${label}" style="max-width:100%;height:auto">`;
}
