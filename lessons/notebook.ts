/** What the first cell of a notebook calls: the settings of the run, the calls of the exercises, and a kernel prepared for the course. */
import { type Guesses, guesses, type Helper, type Verdict } from "../lib/exercise/mod.ts";
import { useKernel } from "../mod.ts";
import { prepareKernel } from "../lib/cells/deno_kernel/prepare_kernel.ts";
import { needDeno } from "../lib/course/notebook/version.ts";
import { INTERRUPT, type LessonSettings, SETTINGS, shared, VERDICT } from "../lib/contract/contract.ts";
import { gradingVerdict } from "./classroom/grading.ts";
import { hint, solution } from "./course_exercises.ts";

/** What a notebook may set; the rest is as in the terminal: quick, seed 1, the data wherever it lies. */
export type NotebookSettings = Partial<LessonSettings>;

/** The calls that every notebook has. */
export interface NotebookCalls {
  /** Shows the next hint of an exercise. */
  readonly hint: Helper;
  /** Shows its solution, after passing or after the last hint. */
  readonly solution: Helper;
  /** Keeps a guess and shows it beside the answer. */
  readonly predict: Guesses["predict"];
}

const { predict, cellEnded } = guesses();

/**
 * Begins a lesson in a notebook: `const course = await begin({ mode: "quick", seed: 1 })`. The calls come as one value, because a lesson
 * may well have a function `predict` of its own.
 *
 * @throws {RangeError} When the mode is neither quick nor full, or the seed is no whole number.
 * @throws {Error} When the kernel is an older Deno than the course needs.
 */
export async function begin(given: NotebookSettings = {}): Promise<NotebookCalls> {
  const { mode = "quick", seed = 1 } = given;
  if (mode !== "quick" && mode !== "full") {
    throw new RangeError(`the mode is "quick" or "full", and got ${JSON.stringify(mode)}`);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`the seed is a whole number from 0 up, and got ${JSON.stringify(seed)}`);
  }
  needDeno(Deno.version.deno);
  const interrupt = prepareKernel({ root: new URL("../", import.meta.url), afterCell: cellEnded, hides: isVerdict });
  if (interrupt) shared[INTERRUPT] = interrupt.slots;
  const threads = Number(Deno.env.get("GRADUALLY_THREADS")) || undefined; // a classroom shares its cores
  const chosen: LessonSettings = { ...(threads ? { threads } : {}), ...given, mode, seed };
  shared[SETTINGS] = chosen;
  if (Deno.env.get("GRADUALLY_GRADING")) shared[VERDICT] = gradingVerdict;
  // Changed and run again, the first cell changes the settings that the lesson has already imported.
  const { settings } = await import("./settings.ts");
  Object.assign(settings, chosen, { quick: mode === "quick" });
  if (chosen.kernel !== undefined || chosen.threads !== undefined) useKernel(chosen);
  return { hint, predict, solution };
}

/** `check` gives what it has just said; a script may want it, and a notebook would say it twice. */
function isVerdict(value: unknown): boolean {
  const { kind, message } = (value ?? {}) as Partial<Verdict>;
  return typeof message === "string" && ["passed", "open", "error", "mistake", "wrong"].includes(kind ?? "");
}
