/** Builds the site of this project, unless the last one is still right. */

import { fileURLToPath } from "node:url";
import { buildSite } from "../build/build_site.ts";

const PROJECT = fileURLToPath(new URL("../../../../", import.meta.url));
/** What a site is made of. */
const PARTS = ["lib", "lessons", "data", "mod.ts", "deno.json"];
/** Says when the newest file was written of which the site was made. */
const MARK = ".made-of";

/** The folder of the site. */
export async function freshSite(lessons: string, out: string): Promise<string> {
  const newest = String(Math.max(...PARTS.map((part) => newestIn(PROJECT + part))));
  if (readMark(out) === newest) return out;
  await buildSite({ lessons, out });
  Deno.writeTextFileSync(`${out}/${MARK}`, newest);
  return out;
}

function readMark(out: string): string | undefined {
  try {
    return Deno.readTextFileSync(`${out}/${MARK}`);
  } catch {
    return undefined;
  }
}

/** When the newest file in a folder was written. */
function newestIn(path: string): number {
  try {
    const { isDirectory, mtime } = Deno.lstatSync(path);
    const own = Number(mtime);
    if (!isDirectory) return own;
    const inside = Array.from(
      Deno.readDirSync(path),
      ({ name }) => name.startsWith(".") ? 0 : newestIn(`${path}/${name}`),
    );
    return Math.max(own, ...inside);
  } catch {
    return 0;
  }
}
