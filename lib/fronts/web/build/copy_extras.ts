/** Copies what the views beside the lessons need: their styles, a network, and digits to compare with. */

import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("..", import.meta.url));

/** Where each file of the site comes from. */
const FILES = {
  "draw/draw.css": "draw/draw.css",
  "draw/model.safetensors": "draw/shipped/model.safetensors",
  "draw/digits.gz": "draw/shipped/digits.gz",
  "inside/inside.css": "inside/inside.css",
} as const;

/** Copies them into the folder of the site. */
export function copyExtras(out: string): void {
  for (const folder of ["draw", "inside"]) Deno.mkdirSync(`${out}/${folder}`, { recursive: true });
  for (const [to, from] of Object.entries(FILES)) Deno.copyFileSync(`${WEB}/${from}`, `${out}/${to}`);
}
