// Reads damaged inputs until the time is over: only documented errors, none slow, and no memory that grows.
import { Random } from "../../mod.ts";
import type { Format } from "./formats.ts";

/** What came of it. */
export interface Fuzzed {
  readonly inputs: number;
  /** How many were read without an error. */
  readonly read: number;
  /** The slowest, in milliseconds. */
  readonly slowest: number;
  /** How much resident memory it took at most, beyond what the process had before, in bytes. */
  readonly memory: number;
}

const SLOWEST_MS = 2000, MOST_MEMORY = 500e6;

/**
 * @param until After how many inputs, or seconds, it ends.
 * @throws {Error} For the first input that is not borne, with its seed.
 */
export async function fuzz(format: Format, until: { inputs?: number; seconds?: number }, seed = 1): Promise<Fuzzed> {
  const { inputs: most = Infinity, seconds = Infinity } = until;
  const started = performance.now();
  const before = Deno.memoryUsage().rss; // the tests before this one may have left much
  let [inputs, read, slowest, memory] = [0, 0, 0, 0];
  for (; inputs < most && performance.now() - started < seconds * 1000; inputs++) {
    const bytes = format.draw(new Random(seed * 1e9 + inputs));
    const start = performance.now();
    try {
      await format.use(bytes);
      read++;
    } catch (error) {
      if (!format.documented(error)) {
        throw new Error(`${format.name}, seed ${seed}, input ${inputs}: ${error}`, { cause: error });
      }
    }
    slowest = Math.max(slowest, performance.now() - start);
    if (slowest > SLOWEST_MS) throw new Error(`${format.name}, seed ${seed}, input ${inputs} took ${slowest} ms`);
    if (inputs % 500 > 0) continue;
    await new Promise((resolve) => setTimeout(resolve)); // the memory of a node:zlib call that failed is freed only in a turn (Deno 2.9.6)
    memory = Math.max(memory, Deno.memoryUsage().rss - before);
    if (memory > MOST_MEMORY) {
      throw new Error(`${format.name}, seed ${seed}, input ${inputs}: ${memory} bytes of memory`);
    }
  }
  return { inputs, read, slowest, memory };
}
