/** How this lesson runs: quick or full, from which seed, on which data. The step-through decides, or the command line of a plain `deno run`. */
import { type Options, readOptions } from "../lib/commands/lesson/options.ts";
import { UsageError } from "../lib/commands/usage_error.ts";
import { useKernel } from "../mod.ts";
import { type LessonSettings, SETTINGS, shared } from "../lib/contract/contract.ts";

/** What a lesson reads before it decides how much to do. */
export interface Settings extends LessonSettings {
  /** Whether the mode is "quick": little data, few epochs, no cell longer than 30 s. */
  readonly quick: boolean;
}

/**
 * The settings of this run: those that a front end left in `globalThis[Symbol.for("gradually.settings")]`, otherwise
 * those of the command line (`deno run lessons/04_linear_regression.ts --full --seed 3 --data DIR`), otherwise quick with
 * seed 1. A wrong command line ends the program with one line and exit code 2. Kernel and threads take effect as soon as
 * this file is loaded, whether or not the lesson reads them.
 */
export const settings: Settings = fromFrontEnd() ?? fromCommandLine();
if (settings.kernel !== undefined || settings.threads !== undefined) useKernel(settings);

/**
 * Reads the command line of a lesson that runs as a script.
 *
 * @throws {UsageError} For an unknown option, a value that is not allowed, or something that only `deno task lesson` knows.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(readSettings(["--full", "--seed=3"]), { mode: "full", seed: 3, quick: false });
 * assertThrows(() => readSettings(["--ful"]), Error, "did you mean --full?");
 * ```
 */
export function readSettings(args: readonly string[]): Settings {
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
  return complete(options.settings);
}

function fromFrontEnd(): Settings | undefined {
  const found = shared[SETTINGS];
  return found && complete(found);
}

function fromCommandLine(): Settings {
  try {
    return readSettings(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

function complete(given: LessonSettings): Settings {
  return { ...given, quick: given.mode === "quick" };
}
