/** Packs a few digits of each class in one small file. */

import type { ImageDataset } from "../../../../../data/mod.ts";

/**
 * The first digits of each class, compressed by gzip: for each its label, one byte, and its 784 pixels.
 *
 * @param each How many of each class.
 */
export async function packDigits(data: ImageDataset, each: number): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = data.sampleShape[1] * data.sampleShape[2];
  const counts = new Array<number>(data.classes).fill(0);
  const chosen = Array.from(data.labels, (label, i) => ({ label, i }))
    .filter(({ label }) => counts[label]++ < each);
  const bytes = new Uint8Array(chosen.length * (1 + pixels));
  chosen.forEach(({ label, i }, n) => {
    bytes[n * (1 + pixels)] = label;
    bytes.set(data.bytes.subarray(i * pixels, (i + 1) * pixels), n * (1 + pixels) + 1);
  });
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
