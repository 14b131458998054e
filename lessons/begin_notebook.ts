/** Begins a lesson in a notebook: the settings of the run, the call that takes a guess, and a kernel prepared for the course. */
import { collectShown } from "../lib/contract/already_shown.ts";
import { type Guesses, guesses, type Verdict } from "../lib/exercise/mod.ts";
import { useKernel } from "../mod.ts";
import { prepareKernel } from "../lib/cells/deno_kernel/prepare_kernel.ts";
import { needDeno } from "../lib/course/notebook/version.ts";
import { INTERRUPT, type LessonSettings, SETTINGS, shared, STALE_ANSWER, VERDICT } from "../lib/contract/contract.ts";
import { gradingVerdict } from "./classroom/grading.ts";

/** What a notebook can set; the defaults are the terminal's: quick, seed 1, and the data wherever it is found. */
export type NotebookSettings = Partial<LessonSettings>;

/** The calls that are available in every notebook. */
export interface NotebookCalls {
  /** Keeps a guess and shows it beside the answer. */
  readonly predict: Guesses["predict"];
}

const { predict, cellEnded } = guesses();
const shownByCell = collectShown();

/**
 * Begins a lesson in a notebook: `const course = await begin({ mode: "quick", seed: 1 })`. The calls come as one value, because a lesson
 * may define its own function `predict`.
 *
 * @throws {RangeError} If the mode is neither quick nor full, or the seed is not a whole number from 0 up.
 * @throws {Error} If the kernel is a Deno older than the course needs.
 */
export async function begin(given: NotebookSettings = {}): Promise<NotebookCalls> {
  const { mode = "quick", seed = 1 } = given;
  if (mode !== "quick" && mode !== "full") {
    throw new RangeError(`begin takes the mode "quick" or "full" and got ${JSON.stringify(mode)}`);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`begin takes a whole number from 0 up as its seed and got ${JSON.stringify(seed)}`);
  }
  needDeno(Deno.version.deno);
  const kernel = prepareKernel({
    root: new URL("../", import.meta.url),
    afterCell: cellEnded,
    hides: (value) => shownByCell(value) || isVerdict(value),
  });
  if (kernel) {
    shared[INTERRUPT] = kernel.interrupt.slots;
    shared[STALE_ANSWER] = kernel.staleReason;
  }
  const threads = Number(Deno.env.get("GRADUALLY_THREADS")) || undefined; // a classroom shares its cores
  const chosen: LessonSettings = { ...(threads ? { threads } : {}), ...given, mode, seed };
  shared[SETTINGS] = chosen;
  if (Deno.env.get("GRADUALLY_GRADING")) shared[VERDICT] = gradingVerdict;
  // If the first cell is edited and run again, this changes the settings that the lesson has already imported.
  const { settings } = await import("./settings.ts");
  Object.assign(settings, chosen, { quick: mode === "quick" });
  if (chosen.kernel !== undefined || chosen.threads !== undefined) useKernel(chosen);
  return { predict };
}

/** `check` returns what it has just printed. A script may want that; a notebook would print it twice. */
function isVerdict(value: unknown): boolean {
  const { kind, message } = (value ?? {}) as Partial<Verdict>;
  return typeof message === "string" && ["passed", "open", "error", "mistake", "wrong"].includes(kind ?? "");
}
