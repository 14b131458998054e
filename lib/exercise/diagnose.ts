/** diagnose: what can be said of a wrong answer, from the most telling to the plain numbers. */
import type { Random } from "../tensor/random.ts";
import { asIfInputs } from "./as_if_inputs.ts";
import { type Attempt, run, type Trial, valuesOf } from "./attempt.ts";
import { casesIn, whichCases } from "./cases.ts";
import { changeThatExplains, solutionWithLimit, type Sources } from "./changes/change_that_explains.ts";
import { isNumberPart, type NumberPart, partsOf, sameAnswer, samePart } from "./compare.ts";
import { describeValueWrong, numbersOf, wrongShape } from "./explain.ts";
import { direction } from "./direction.ts";
import { explains, mayExplain } from "./explains.ts";
import { factorOfInput, factorOfTrial } from "./factor.ts";
import { oneSample } from "./one_sample.ts";
import { patternIn } from "./pattern_in.ts";
import { places, type TrialPart } from "./places.ts";
import { listOf } from "./since.ts";
import { sideBySide } from "./side_by_side.ts";
import { smallest } from "./smallest.ts";
import { typeMismatch } from "./type_mismatch.ts";
import { unusedInputs } from "./unused_inputs.ts";
import { nameOf, namesOf, sizesIn } from "./words.ts";

/** On what a reply is based, the most telling first. */
export type Grounds = "mistake" | "kind" | "pattern" | "change" | "unused" | "place" | "direction" | "numbers";

/** What is said of a wrong answer. */
interface Diagnosis {
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
  const listed = await listedMistake(attempt);
  if (listed) return listed;
  const context = { names: attempt.names, made: exercise.use !== undefined, cases: exercise.cases };
  const odd = done.find(({ got, expected }) => typeMismatch(got, expected));
  if (odd) return { message: describeValueWrong(odd, context), grounds: "kind" };

  const path = pathOfWrong(attempt), parts = partsAt(attempt, path);
  if (!parts) {
    const wrong = done.find(({ got, expected }) => !sameAnswer(got, expected, tolerance))!;
    return { message: describeValueWrong(wrong, context), grounds: "kind" };
  }
  const said = await findings(attempt, path, parts, sources), others = otherParts(attempt, path);
  const shown = exercise.cases ? undefined : await picture(attempt, path, random);
  if (said) return { ...said, message: said.message + others, picture: shown };
  const { text, someRight, odd: infinite } = numbersOf(nameOf(path), parts, tolerance, context);
  const fact = exercise.use !== undefined && isFact(path, parts); // its name says what is wrong
  const grounds = infinite ? "kind" : (someRight && shown) || others || fact ? "place" : "numbers";
  return { message: text + others, grounds, picture: shown };
}

/** The listed mistake that explains the answer. */
async function listedMistake(attempt: Attempt): Promise<Diagnosis | undefined> {
  const { done, exercise, tolerance } = attempt;
  // An answer that returns nothing is not a listed mistake, even if one of these reads past the end and returns
  // nothing, too.
  if (!done.some(({ got }) => got !== undefined)) return undefined;
  let partly: Diagnosis | undefined;
  for (const [mistake, { answer, reply, always }] of exercise.mistakes.entries()) {
    const values = await valuesOf(attempt, answer, undefined, (value, trial) => mayExplain(value, trial, tolerance));
    if (!values || !explains(values, done, tolerance, { always })) continue;
    const found: Diagnosis = { message: reply, grounds: "mistake", mistake };
    if (done.every(({ got }, i) => sameAnswer(got, values[i], tolerance))) return found; // and nothing else is wrong
    // What the exercise computes from an answer is about one and the same thing: only all of it tells a mistake.
    if (!exercise.use) partly ??= { ...found, message: reply + stillWrong(attempt, values) };
  }
  return partly;
}

/** Which parts a listed mistake leaves unexplained. */
function stillWrong({ done, tolerance }: Attempt, values: readonly unknown[]): string {
  const paths = [...partsOf(done[0].expected).keys()].filter((path) => path.startsWith("."));
  const rest = paths.filter((path) =>
    done.some(({ got }, i) => !samePart(partsOf(got).get(path), partsOf(values[i]).get(path), tolerance))
  );
  return rest.length ? `. ${listOf(rest)} ${rest.length > 1 ? "are" : "is"} wrong in another way` : "";
}

/** Everything that says more than numbers, in order. */
async function findings(
  attempt: Attempt,
  path: string,
  parts: readonly TrialPart[],
  sources?: Sources,
): Promise<Diagnosis | undefined> {
  const { exercise, done, names, tolerance } = attempt, name = nameOf(path);
  const pattern = patternIn(name, parts, tolerance, { names, cases: exercise.cases });
  if (pattern) return { message: pattern, grounds: "pattern" };
  const other = await asIf(attempt, path, sources && await solutionWithLimit(attempt, sources));
  if (other) return { message: `${name} comes out as if ${other}`, grounds: "change" };
  const sameShapes = !wrongShape(name, parts);
  const input = sameShapes ? factorOfInput(parts, tolerance, names) : undefined;
  if (input) return { message: `${name} ${input}`, grounds: "pattern" };
  const change = sources && await changeThatExplains(attempt, path, sources);
  if (change) {
    const message = `${nameOf(change.path)} comes out as if ${change.as}: look at that place in your code`;
    return { message, grounds: "change" };
  }
  const shape = wrongShape(name, parts);
  if (shape) return { message: shape, grounds: "kind" };
  if (numbersOf(name, parts, tolerance, { names, cases: exercise.cases }).odd) return undefined; // NaN has its own causes
  const where = exercise.cases ? whichCases(done, namesOf(exercise.solution)) : places(parts, tolerance, names);
  const unused = await unusedInputs(attempt, path);
  if (unused) return { message: where ? `${unused}. ${name} ${where}` : unused, grounds: "unused" };
  if (where) return { message: `${name} ${where}`, grounds: "place" };
  const one = await oneSample(attempt, path);
  if (one) return { message: one, grounds: "place" };
  const way = factorOfTrial(parts, tolerance) ?? direction(parts, tolerance);
  if (!way) return undefined;
  const { text } = numbersOf(name, parts, tolerance, { names, cases: exercise.cases });
  return { message: `${name} ${way}. ${text}`, grounds: "direction" };
}

/** Whether a part is a count of something that its name describes: "number of images that are in both". */
function isFact(path: string, parts: readonly TrialPart[]): boolean {
  const whole = ({ shape, numbers }: NumberPart): boolean => shape.length === 0 && Number.isInteger(numbers[0]);
  return path.includes(" ") && parts.every(({ expected }) => whole(expected));
}

/** Which other parts of an answer with names are right, and which are wrong, too. */
function otherParts({ done, tolerance }: Attempt, path: string): string {
  const paths = [...partsOf(done[0].expected).keys()].filter((each) => /^\.\w+$/.test(each) && each !== path);
  if (paths.length === 0 || !path.startsWith(".")) return "";
  const right = paths.filter((each) =>
    done.every(({ got, expected }) => samePart(partsOf(got).get(each), partsOf(expected).get(each), tolerance))
  );
  const wrong = paths.filter((each) => !right.includes(each));
  return [
    right.length ? `. ${listOf(right)} ${right.length > 1 ? "are" : "is"} right` : "",
    wrong.length ? `. ${listOf(wrong)} ${wrong.length > 1 ? "are" : "is"} wrong, too` : "",
  ].join("");
}

/** Whether a second call with the same inputs gives something else. */
async function keepsSomething({ exercise, answer, done }: Attempt): Promise<string | undefined> {
  for (const { inputs, got, expected } of done.slice(0, 2)) {
    try {
      const again = await run(exercise, answer, inputs, expected);
      if (sameAnswer(again, got, 0)) continue;
      return "Called twice with the same inputs, your code gives two different answers: something from the call before is " +
        "still there. Does a variable outside the function collect it?";
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/**
 * The inputs for which the solution gives what the answer gave, in this part.
 *
 * @param guarded The solution with a limit for its loops: with it, inputs may be smaller than any that it is made for.
 */
async function asIf(attempt: Attempt, path: string, guarded?: unknown): Promise<string | undefined> {
  const { exercise, done, tolerance } = attempt, { cases } = exercise;
  const names = cases ? namesOf(exercise.solution) : attempt.names;
  const trials = cases ? done.flatMap(casesIn) : done.map(({ inputs }) => inputs);
  for (const { as, inputs, result = (value: unknown) => value } of asIfInputs(names, trials, guarded !== undefined)) {
    const inputsOf = (trial: Trial): readonly unknown[] | undefined => {
      if (!cases) return inputs(trial.inputs, trial.expected);
      const all = casesIn(trial).map((each) => inputs(each));
      return all.includes(undefined) ? undefined : [all];
    };
    const given = new Map(done.map((trial) => [trial, inputsOf(trial)]));
    if ([...given.values()].includes(undefined)) continue;
    const values = await valuesOf(
      attempt,
      guarded ?? exercise.solution,
      (trial) => given.get(trial)!,
      (value, trial) => mayExplain(result(value), trial, tolerance, path),
    );
    if (values && explains(values.map(result), done, tolerance, { only: path })) return as;
  }
  return undefined;
}

/** The first part that is wrong in any trial. */
function pathOfWrong({ done, tolerance }: Attempt): string {
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
async function picture(attempt: Attempt, path: string, random: Random): Promise<string | undefined> {
  const { inputs, got, expected } = await smallest(attempt, path, random);
  const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
  if (!isNumberPart(mine) || !isNumberPart(right)) return undefined;
  const lines = sideBySide(mine, right, attempt.tolerance), sizes = sizesIn(inputs, attempt.names);
  return lines && [...sizes ? [`  ${sizes}`] : [], ...lines].join("\n");
}
