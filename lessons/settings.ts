/** How this lesson runs: quick or full, from which seed, on which data. The step-through decides, or the command line of a plain `deno run`. */
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
export const settings: Settings = fromFrontEnd() ?? await fromCommandLine();
if (settings.kernel !== undefined || settings.threads !== undefined) useKernel(settings);

function fromFrontEnd(): Settings | undefined {
  const found = shared[SETTINGS];
  return found && complete(found);
}

/** Loaded only here: a notebook may lie where the packages that read a command line are not known. */
async function fromCommandLine(): Promise<Settings> {
  const { readSettings } = await import("./read_settings.ts");
  try {
    return complete(readSettings(Deno.args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

function complete(given: LessonSettings): Settings {
  return { ...given, quick: given.mode === "quick" };
}
