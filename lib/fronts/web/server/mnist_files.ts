/** Finds the four files of MNIST where a lesson under Deno would find them. */

import { fileURLToPath } from "node:url";
import { findData } from "../build/copy_data.ts";

const CACHE = fileURLToPath(new URL("../../../../data/cache", import.meta.url));

/** The files, by name; none if one of them is missing. */
export function mnistFiles(): ReadonlyMap<string, string> {
  for (const folder of [Deno.env.get("MNIST_DIR"), CACHE]) {
    const found = folder ? findData(folder) : undefined;
    if (found && "names" in found) return new Map(found.names.map((name) => [name, `${folder}/${name}`]));
  }
  return new Map();
}
