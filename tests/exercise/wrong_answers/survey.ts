/** survey: how every wrong answer to an exercise is judged, over many inputs. */
import { judge, type Verdict } from "../../../lib/exercise/mod.ts";
import * as library from "../../../mod.ts";
import { exerciseIn, wrongAnswers } from "./every.ts";

/** How one wrong answer was judged with one seed. */
export interface Surveyed {
  readonly answer: string;
  readonly seed: number;
  readonly verdict: Verdict;
  /** The reply of the listed mistake that it was taken for. */
  readonly named?: string;
}

/** Judges all wrong answers to the exercise in this file, with the seeds from 1 on. */
export async function survey(file: string, seeds: number): Promise<Surveyed[]> {
  const exercise = await exerciseIn(file), source = await sourceOf(file), found: Surveyed[] = [];
  for (const [answer, wrong] of Object.entries(wrongAnswers[file])) {
    for (let seed = 1; seed <= seeds; seed++) {
      const sources = { source, library, budget: 10_000 }; // the same replies on a slow machine
      const verdict = await judge(exercise, wrong, new library.Random(seed), sources);
      const named = verdict.mistake === undefined ? undefined : exercise.mistakes[verdict.mistake].reply;
      found.push({ answer, seed, verdict, named });
    }
  }
  return found;
}

/** Whether a reply says where or what, and not only what came out and what should have. */
export function saysMore({ kind, grounds }: Verdict): boolean {
  return kind === "error" || kind === "open" || (grounds !== undefined && grounds !== "numbers");
}

async function sourceOf(file: string): Promise<string> {
  return (await import(`../../../lessons/exercises/${file}.ts`, { with: { type: "text" } })).default;
}
