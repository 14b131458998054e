/** oneSample: whether an answer that is one number for many samples is already wrong for a single one of them. */
import { Tensor } from "../tensor/tensor.ts";
import { onlySamples, samplesIn } from "./as_if_inputs.ts";
import { type Attempt, run } from "./attempt.ts";
import { isNumberPart, isNumbers, partsOf, samePart } from "./compare.ts";
import { formatNumber, nameOf } from "./words.ts";

/** At most so many samples are tried. */
const most = 60;

/** What a single sample shows about this part of the answer; undefined if there are no samples, or something throws. */
export async function oneSample(attempt: Attempt, path: string): Promise<string | undefined> {
  const { exercise, answer, done, tolerance, names } = attempt;
  const { inputs } = done.find(({ got, expected }) =>
    !samePart(partsOf(got).get(path), partsOf(expected).get(path), tolerance)
  )!;
  const length = samplesIn(inputs);
  if (length === undefined || length < 2 || names.length === 0) return undefined;
  for (let n = 0; n < Math.min(length, most); n++) {
    const one = onlySamples(inputs, n, n + 1);
    try {
      const expected = await run(exercise, exercise.solution, one), got = await run(exercise, answer, one, expected);
      const [right, mine] = [partsOf(expected).get(path), partsOf(got).get(path)];
      if (!isNumberPart(right) || !isNumberPart(mine) || right.numbers.length !== 1) return undefined;
      if (samePart(mine, right, tolerance) || !Number.isFinite(right.numbers[0])) continue;
      const [is, should] = [formatNumber(mine.numbers[0]), formatNumber(right.numbers[0])];
      return `Already for a single sample ${nameOf(path).replace("Your", "your")} is ${is} and should be ${should}: ${
        shown(one, names)
      }`;
    } catch {
      return undefined;
    }
  }
  return `For each sample alone ${
    nameOf(path).replace("Your", "your")
  } is right, and for several together it is wrong: ` +
    "what has to be different for the second sample: an index, or something that starts again?";
}

/** The inputs of a single sample. */
function shown(inputs: readonly unknown[], names: readonly string[]): string {
  return names.flatMap((name, i) => {
    const input = inputs[i];
    if (typeof input === "number") return [`${name} is ${formatNumber(input)}`];
    const numbers = input instanceof Tensor ? input.data : isNumbers(input) ? input : undefined;
    if (!numbers || numbers.length > 12) return [];
    return [`${name} is [${Array.from(numbers, (value) => String(Number(value.toPrecision(3)))).join(", ")}]`];
  }).join(", ");
}
