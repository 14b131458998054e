/** Keeps trained models in `.gradually/checkpoints/<lesson>`, so that a learner who comes back need not train them again. */

import { checksum } from "../../cells/document/checksum.ts";
import type { LessonSettings } from "../../contract/contract.ts";
import { writeWhole } from "./write_file.ts";

/** What the checkpoints of a lesson may take, however often its cells save. */
interface CheckpointLimits {
  /** Checkpoints of one name: for quick and full runs, and for a few seeds. */
  perName: number;
  /** Files in the folder; the oldest ones are removed. A lesson of this course uses at most three names. */
  files: number;
  /** Bytes of one checkpoint; a larger one is not saved. The largest network of this course has 3 MB. */
  size: number;
  /** Bytes in the folder; the oldest files are removed. */
  total: number;
  /** How often one opened lesson may save; after that, nothing more is saved. */
  saves: number;
  /** Characters of a name; nothing is saved under a longer one. */
  name: number;
}

/** The limits of a lesson. */
export const CHECKPOINT_LIMITS: CheckpointLimits = {
  perName: 4,
  files: 64,
  size: 32 * 2 ** 20,
  total: 128 * 2 ** 20,
  saves: 1000,
  name: 100,
};

/** The checkpoint that a file holds, by its name: `<name>-<what produced it>-<checksum>.safetensors`. */
const FILE = /^(.*)-([0-9a-f]{16})-([0-9a-f]{16})\.safetensors$/;
/** Also a file of an earlier version, which had no checksum. */
const OURS = /\.safetensors$/;

/**
 * The checkpoints of one lesson. Each is found by what produced it: the settings, and the code of all cells up to the one that trained.
 * A file whose bytes do not match its checksum does not count: the work is done again. Nothing here throws.
 */
export class CheckpointStore {
  readonly #directory: string;
  readonly #settings: string;
  readonly #limits: CheckpointLimits;
  #saves = 0;

  /** @param directory `.gradually/checkpoints/<lesson>`. */
  constructor(directory: string, { mode, seed, data, kernel }: LessonSettings, limits = CHECKPOINT_LIMITS) {
    this.#directory = directory;
    this.#settings = JSON.stringify({ mode, seed, data, kernel });
    this.#limits = limits;
  }

  /** @param made The code that produced the state, in order: checkpoints from different code do not count. */
  load(name: string, made: readonly string[]): Uint8Array | undefined {
    try {
      const stem = this.#stem(name, made);
      const { name: file } = this.#files().find(({ name: file }) => file.startsWith(`${stem}-`)) ?? {};
      const sum = FILE.exec(file ?? "")?.[3];
      const path = `${this.#directory}/${file}`;
      if (sum === undefined || Deno.statSync(path).size > this.#limits.size) return undefined;
      const bytes = Deno.readFileSync(path);
      return checksum(bytes, 16) === sum ? bytes : undefined;
    } catch {
      return undefined; // never trained, or not with this code
    }
  }

  /** Saves a checkpoint. If that fails, or exceeds a limit, a learner who comes back trains again, but nothing is lost. */
  save(name: string, made: readonly string[], bytes: Uint8Array): void {
    const { saves, size, name: longest } = this.#limits;
    if (bytes.length > size || name.length > longest || ++this.#saves > saves) return;
    try {
      Deno.mkdirSync(this.#directory, { recursive: true });
      const stem = this.#stem(name, made);
      const file = `${stem}-${checksum(bytes, 16)}.safetensors`;
      writeWhole(`${this.#directory}/${file}`, bytes);
      this.#prune(file, stem, name);
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

  /** The name of a file without its checksum. */
  #stem(name: string, made: readonly string[]): string {
    return `${safe(name)}-${checksum([this.#settings, name, ...made].join("\0"), 16)}`;
  }

  /** The files, the newest first. */
  #files(): { name: string; size: number; time: number }[] {
    return [...Deno.readDirSync(this.#directory)]
      .filter(({ name, isFile }) => isFile && OURS.test(name))
      .map(({ name }) => {
        const { size, mtime } = Deno.statSync(`${this.#directory}/${name}`);
        return { name, size, time: Number(mtime) };
      })
      .sort((a, b) => b.time - a.time);
  }

  /** Removes what the file that was just written replaces, and what exceeds a limit. */
  #prune(written: string, stem: string, name: string): void {
    const { perName, files, total } = this.#limits;
    const [first, others] = [true, false].map((is) => this.#files().filter((file) => (file.name === written) === is));
    let [kept, sameName, bytes] = [0, 0, 0];
    for (const file of [...first, ...others]) {
      const replaced = !FILE.test(file.name) || file.name.startsWith(`${stem}-`);
      const isSame = FILE.exec(file.name)?.[1] === safe(name);
      const fits = kept < files && bytes + file.size <= total && !(isSame && sameName >= perName);
      if (file.name !== written && (replaced || !fits)) Deno.removeSync(`${this.#directory}/${file.name}`);
      else {
        kept++;
        bytes += file.size;
        if (isSame) sameName++;
      }
    }
  }
}

function safe(name: string): string {
  return name.replace(/[^\w-]/g, "_");
}
