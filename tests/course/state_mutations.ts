// Damages every kind of state file many times. By hand: deno run --allow-read --allow-write=/tmp FILE [TIMES] [SEED]
import { format as formatSize } from "@std/fmt/bytes";
import { format as formatTime } from "@std/fmt/duration";
import { readOrExit } from "../../lib/commands/read_words.ts";
import { Random } from "../../mod.ts";
import { mutate } from "./mutate.ts";
import { stateCases } from "./state_cases.ts";

/** What was measured for one kind of file. */
export interface Measured {
  name: string;
  times: number;
  /** The slowest, in milliseconds. */
  slowest: number;
  /** All of them. */
  total: number;
}

/**
 * Uses damaged files of every kind.
 *
 * @param directory An empty folder.
 * @param timesOf How many files of each kind.
 * @throws What the first file that is not borne throws; the message says how to get the file again.
 */
export async function mutateStates(
  directory: string,
  timesOf: (name: string) => number,
  seed: number,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { name, whole, use } of await stateCases(directory)) {
    const times = timesOf(name);
    let [slowest, total] = [0, 0];
    for (let i = -1; i < times; i++) {
      const random = new Random(seed + i);
      const damaged = i < 0
        ? whole
        : random.uniform() < 0.7
        ? mutate(whole, random)
        : mutate(mutate(whole, random), random);
      const folder = `${directory}/${name}-${i}`;
      Deno.mkdirSync(folder);
      const start = performance.now();
      try {
        await use(damaged, folder);
      } catch (cause) {
        throw new Error(
          `${name}, seed ${seed + i}: ${(cause as Error).message}\n${
            JSON.stringify(new TextDecoder().decode(damaged))
          }`,
          { cause },
        );
      }
      const took = performance.now() - start;
      slowest = Math.max(slowest, took);
      total += took;
      Deno.removeSync(folder, { recursive: true });
    }
    measured.push({ name, times, slowest, total });
  }
  return measured;
}

if (import.meta.main) {
  const [times = "1000", seed = "1"] = readOrExit(Deno.args, { flags: [], values: {} }).rest;
  const directory = Deno.makeTempDirSync(), took = (ms: number) => formatTime(Math.round(ms), { ignoreZero: true });
  for (const { name, slowest, total } of await mutateStates(directory, () => Number(times), Number(seed))) {
    console.log(
      `${name}: ${times} damaged files in ${took(total)}, the slowest ${took(slowest)}`,
    );
  }
  console.log(formatSize(Deno.memoryUsage().rss));
  Deno.removeSync(directory, { recursive: true });
}
