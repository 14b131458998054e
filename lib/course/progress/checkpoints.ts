/** Keeps trained models in `.gradually/checkpoints/<lesson>`, so that a learner who comes back need not train them again. */

import { createHash } from "node:crypto";
import type { LessonSettings } from "../../contract/contract.ts";
import { writeWhole } from "./write_file.ts";

/** How many checkpoints are kept for each name: for quick and full runs, and for a few seeds. */
const MAX_KEPT = 4;

/** The checkpoints of one lesson. Each is found by what produced it: the settings, and the code of all cells up to the one that trained. */
export class CheckpointStore {
  readonly #directory: string;
  readonly #settings: string;

  /** @param directory `.gradually/checkpoints/<lesson>`. */
  constructor(directory: string, { mode, seed, data, kernel }: LessonSettings) {
    this.#directory = directory;
    this.#settings = JSON.stringify({ mode, seed, data, kernel });
  }

  /** @param made The code that produced the state, in order: checkpoints from different code do not count. */
  load(name: string, made: readonly string[]): Uint8Array | undefined {
    try {
      return Deno.readFileSync(this.#path(name, made));
    } catch {
      return undefined; // never trained, or not with this code
    }
  }

  /** Saves a checkpoint. If that fails, a learner who comes back trains again, but nothing is lost. */
  save(name: string, made: readonly string[], bytes: Uint8Array): void {
    try {
      Deno.mkdirSync(this.#directory, { recursive: true });
      writeWhole(this.#path(name, made), bytes);
      this.#prune(name);
    } catch {
      // No space, or no permission.
    }
  }

  /** Deletes all checkpoints, as when a lesson is started over. */
  clear(): void {
    try {
      Deno.removeSync(this.#directory, { recursive: true });
    } catch {
      // There are none.
    }
  }

  #path(name: string, made: readonly string[]): string {
    const key = hash([this.#settings, name, ...made].join("\0"));
    return `${this.#directory}/${safe(name)}-${key}.safetensors`;
  }

  #prune(name: string): void {
    const files = [...Deno.readDirSync(this.#directory)]
      .filter((file) => file.name.startsWith(`${safe(name)}-`))
      .map((file) => `${this.#directory}/${file.name}`)
      .sort((a, b) => Number(Deno.statSync(b).mtime) - Number(Deno.statSync(a).mtime));
    for (const path of files.slice(MAX_KEPT)) Deno.removeSync(path);
  }
}

function safe(name: string): string {
  return name.replace(/[^\w-]/g, "_");
}

/** A short text that differs when the text differs. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
