/** diagnose: what can be said of a wrong answer, from the most telling to the plain numbers. */
import type { Random } from "../tensor/random.ts";
import { asIfInputs } from "./as_if_inputs.ts";
import { type Attempt, run, valuesOf } from "./attempt.ts";
import { changeThatExplains, type Sources } from "./changes/change_that_explains.ts";
import { isNumberPart, partsOf, sameAnswer, samePart } from "./compare.ts";
import { describeValueWrong, numbersOf, wrongShape } from "./explain.ts";
import { explains, mayExplain } from "./explains.ts";
import { patternIn } from "./pattern_in.ts";
import { places, type TrialPart } from "./places.ts";
import { sideBySide } from "./side_by_side.ts";
import { smallest } from "./smallest.ts";
import { typeMismatch } from "./type_mismatch.ts";
import { unusedInputs } from "./unused_inputs.ts";
import { nameOf } from "./words.ts";

/** On what a reply is based, the most telling first. */
export type Grounds = "mistake" | "kind" | "pattern" | "change" | "unused" | "place" | "numbers";

/** What is said of a wrong answer. */
export interface Diagnosis {
  readonly message: string;
  readonly grounds: Grounds;
  /** The answer and the right one side by side, as text of equally wide characters. */
  readonly picture?: string;
  /** The index of a listed mistake. */
  readonly mistake?: number;
}

/** Finds out what is wrong with an answer. */
export async function diagnose(attempt: Attempt, random: Random, sources?: Sources): Promise<Diagnosis> {
  const { done, exercise, tolerance } = attempt;
  const left = await keepsSomething(attempt);
  if (left) return { message: left, grounds: "kind" };
  // An answer that returns nothing is not a listed mistake, even if one of these reads past the end and returns
  // nothing, too.
  if (done.some(({ got }) => got !== undefined)) {
    for (const [mistake, { answer, reply, always }] of exercise.mistakes.entries()) {
      const values = await valuesOf(attempt, answer, undefined, (value, trial) => mayExplain(value, trial, tolerance));
      if (!values || !explains(values, done, tolerance, always)) continue;
      return { message: reply, grounds: "mistake", mistake };
    }
  }
  const context = { names: attempt.names, made: exercise.use !== undefined, cases: exercise.cases };
  const odd = done.find(({ got, expected }) => typeMismatch(got, expected));
  if (odd) return { message: describeValueWrong(odd, context), grounds: "kind" };

  const path = pathOfWrong(attempt), parts = partsAt(attempt, path);
  if (!parts) {
    return {
      message: describeValueWrong(done.find(({ got, expected }) => !sameAnswer(got, expected, tolerance))!, context),
      grounds: "kind",
    };
  }
  const said = await findings(attempt, path, parts, sources);
  const show = exercise.cases ? undefined : await picture(attempt, path, random);
  if (said) return { ...said, picture: show?.text };
  const { text, someRight } = numbersOf(nameOf(path), parts, tolerance, context);
  return { message: text, grounds: someRight && show ? "place" : "numbers", picture: show?.text };
}

/** Everything that says more than numbers, in order. */
async function findings(
  attempt: Attempt,
  path: string,
  parts: readonly TrialPart[],
  sources?: Sources,
): Promise<Diagnosis | undefined> {
  const { exercise, names, tolerance } = attempt, name = nameOf(path);
  const pattern = patternIn(name, parts, tolerance, { names, cases: exercise.cases });
  if (pattern) return { message: pattern, grounds: "pattern" };
  const other = await asIf(attempt);
  if (other) return { message: `${name} comes out as if ${other}`, grounds: "change" };
  const change = sources && await changeThatExplains(attempt, sources);
  if (change) {
    return { message: `${name} comes out as if ${change}: look at that place in your code`, grounds: "change" };
  }
  const shape = wrongShape(name, parts);
  if (shape) return { message: shape, grounds: "kind" };
  const where = places(parts, tolerance, names);
  const unused = await unusedInputs(attempt);
  if (unused) return { message: where ? `${unused}. ${name} ${where}` : unused, grounds: "unused" };
  return where ? { message: `${name} ${where}`, grounds: "place" } : undefined;
}

/** Whether a second call with the same inputs gives something else. */
async function keepsSomething({ exercise, answer, done }: Attempt): Promise<string | undefined> {
  for (const { inputs, got, expected } of done.slice(0, 2)) {
    try {
      const again = await run(exercise, answer, inputs, expected);
      if (sameAnswer(again, got, 0)) continue;
      return "Called twice with the same inputs, your code gives two different answers: something from the call before is " +
        "still there. Does a variable outside of the function collect it?";
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** The inputs for which the solution gives what the answer gave. */
async function asIf(attempt: Attempt): Promise<string | undefined> {
  const { exercise, done, names, tolerance } = attempt, found: string[] = [];
  for (const { as, inputs } of asIfInputs(names, done[0].inputs)) {
    if (done.some((trial) => inputs(trial.inputs) === undefined)) continue;
    const values = await valuesOf(
      attempt,
      exercise.solution,
      (trial) => inputs(trial.inputs)!,
      (value, trial) => mayExplain(value, trial, tolerance),
    );
    if (values && explains(values, done, tolerance)) found.push(as);
  }
  return found[0];
}

/** The first part that is wrong in any trial. */
export function pathOfWrong({ done, tolerance }: Attempt): string {
  for (const { got, expected } of done) {
    const mine = partsOf(got);
    for (const [path, part] of partsOf(expected)) if (!samePart(mine.get(path), part, tolerance)) return path;
  }
  return "";
}

/** This part in every trial; undefined where it does not consist of numbers. */
function partsAt({ done }: Attempt, path: string): TrialPart[] | undefined {
  const parts = done.flatMap(({ inputs, got, expected }) => {
    const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
    return isNumberPart(mine) && isNumberPart(right) ? [{ inputs, got: mine, expected: right }] : [];
  });
  return parts.length === done.length ? parts : undefined;
}

/** The smallest trial that shows it, as a picture. */
async function picture(attempt: Attempt, path: string, random: Random): Promise<{ text: string } | undefined> {
  const { inputs, got, expected } = await smallest(attempt, path, random);
  const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
  if (!isNumberPart(mine) || !isNumberPart(right)) return undefined;
  const lines = sideBySide(mine, right, attempt.tolerance);
  return lines && { text: [...headOf(inputs, attempt.names), ...lines].join("\n") };
}

/** The inputs that are plain numbers, or few. */
function headOf(inputs: readonly unknown[], names: readonly string[]): string[] {
  const known = names.flatMap((name, i) => {
    const input = inputs[i];
    if (typeof input === "number") return [`${name} = ${Number(input.toPrecision(4))}`];
    const part = partsOf(input).get("");
    if (isNumberPart(part)) return [`${name} [${part.shape.join(", ")}]`];
    return typeof input === "object" && input !== null &&
        Object.values(input).every((value) => typeof value === "number")
      ? [`${name} = { ${Object.entries(input).map(([key, value]) => `${key}: ${value}`).join(", ")} }`]
      : [];
  });
  return known.length ? [`  ${known.join(", ")}`] : [];
}
