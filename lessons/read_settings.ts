/** Reads the settings of a lesson from the command line of a plain `deno run`. */
import { type Options, readOptions } from "../lib/commands/lesson/options.ts";
import { UsageError } from "../lib/commands/usage_error.ts";
import type { LessonSettings } from "../lib/contract/contract.ts";

/**
 * Reads the command line of a lesson that runs as a script.
 *
 * @throws {UsageError} For an unknown option, a value that is not allowed, or something that only `deno task lesson` knows.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(readSettings(["--full", "--seed=3"]), { mode: "full", seed: 3 });
 * assertThrows(() => readSettings(["--ful"]), Error, "did you mean --full?");
 * ```
 */
export function readSettings(args: readonly string[]): LessonSettings {
  const options: Options = readOptions(args);
  const { lesson, recap, list, lessons, help } = options;
  const foreign = lesson ??
    (recap ? "recap" : list ? "--list" : lessons !== undefined ? "--lessons" : help ? "--help" : undefined);
  if (foreign !== undefined) {
    throw new UsageError(
      `a lesson takes --quick, --full, --seed N, --data DIR, --kernel NAME or --threads N and got ${foreign}; ` +
        `use deno task lesson for the rest`,
    );
  }
  return options.settings;
}
