/** Keeps what models have learnt in `.gradually/checkpoints/<lesson>`, so that coming back to a lesson need not train them again. */

import type { Checkpoints } from "../../cells/engine/engine.ts";
import type { LessonSettings } from "../../cells/engine/protocol.ts";

/** Of each name, so many are kept: of quick and full runs, of a few seeds. */
const MOST = 4;

/** The checkpoints of one lesson, found by what they were made of: the settings, and the code of all cells up to the one that trained. */
export class CheckpointStore implements Checkpoints {
  readonly #directory: string;
  readonly #settings: string;

  /** @param directory `.gradually/checkpoints/<lesson>`. */
  constructor(directory: string, { mode, seed, data, kernel }: LessonSettings) {
    this.#directory = directory;
    this.#settings = JSON.stringify({ mode, seed, data, kernel });
  }

  load(name: string, made: readonly string[]): Uint8Array | undefined {
    try {
      return Deno.readFileSync(this.#path(name, made));
    } catch {
      return undefined; // never trained, or not by this code
    }
  }

  /** Where it cannot be kept, coming back trains again: nothing is lost. */
  save(name: string, made: readonly string[], bytes: Uint8Array): void {
    const path = this.#path(name, made);
    const temporary = `${path}.${Deno.pid}.tmp`;
    try {
      Deno.mkdirSync(this.#directory, { recursive: true });
      Deno.writeFileSync(temporary, bytes);
      Deno.renameSync(temporary, path);
      this.#prune(name);
    } catch {
      try {
        Deno.removeSync(temporary);
      } catch {
        // It was not made.
      }
    }
  }

  /** Forgets all, as when a lesson is started anew. */
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
    for (const path of files.slice(MOST)) Deno.removeSync(path);
  }
}

function safe(name: string): string {
  return name.replace(/[^\w-]/g, "_");
}

/** 64 bits that differ where the text differs: FNV-1a. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
