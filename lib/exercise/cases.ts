/** Answers that are tried on many cases at once: what the cases that go wrong have in common. */
import type { Trial } from "./attempt.ts";
import { isNumbers } from "./compare.ts";

/** The arguments of each case in a trial. */
export function casesIn({ inputs }: Pick<Trial, "inputs">): readonly (readonly number[])[] {
  return inputs[0] as readonly (readonly number[])[];
}

/** Something that may be true of a case. */
interface Kind {
  readonly text: string;
  is(given: readonly number[]): boolean;
}

/** In which cases an answer is wrong or right, to follow its name; undefined if they have nothing in common. */
export function whichCases(done: readonly Trial[], names: readonly string[]): string | undefined {
  const cases = done.flatMap((trial) => {
    const { got, expected } = trial;
    if (!isNumbers(got) || !isNumbers(expected)) return [];
    return casesIn(trial).map((given, i) => ({ given, right: got[i] === expected[i] }));
  });
  const wrong = cases.filter(({ right }) => !right);
  if (wrong.length === 0 || wrong.length === cases.length) return undefined;
  const kinds = kindsOf(names);
  const only = kinds.find(({ is }) => cases.every(({ given, right }) => is(given) === right));
  if (only) return `is right where ${only.text}, and wrong everywhere else`;
  const always = kinds.find(({ is }) => {
    const there = cases.filter(({ given }) => is(given));
    return there.length > 4 && there.length < 0.9 * cases.length && there.every(({ right }) => right);
  });
  if (always) return `is always right where ${always.text}: look at the other cases`;
  const never = kinds.find(({ is }) => {
    const there = cases.filter(({ given }) => is(given));
    return there.length > 4 && there.length < 0.9 * cases.length && there.every(({ right }) => !right);
  });
  return never && `is always wrong where ${never.text}, and elsewhere sometimes right`;
}

/** What may be true of cases with these arguments. */
function kindsOf(names: readonly string[]): Kind[] {
  const kinds: Kind[] = [];
  for (const [i, name] of names.entries()) {
    kinds.push({ text: `\`${name}\` is 1`, is: (given) => given[i] === 1 });
    kinds.push({ text: `\`${name}\` is 0`, is: (given) => given[i] === 0 });
    for (const value of [2, 3, 4, 28]) {
      kinds.push({
        text: `\`${name}\` is ${value}`,
        is: (given) => given[i] === value,
      });
    }
    kinds.push({ text: `\`${name}\` is odd`, is: (given) => given[i] % 2 === 1 });
    kinds.push({ text: `\`${name}\` is even`, is: (given) => given[i] % 2 === 0 });
    for (const [j, other] of names.entries()) {
      if (j > i) kinds.push({ text: `\`${name}\` and \`${other}\` are equal`, is: (given) => given[i] === given[j] });
      if (j !== i) kinds.push({ text: `\`${name}\` is larger than \`${other}\``, is: (given) => given[i] > given[j] });
    }
  }
  const single = kinds.slice();
  for (const [at, a] of single.entries()) {
    for (const b of single.slice(at + 1)) {
      if (/is [01]$/.test(a.text) && /is [01]$/.test(b.text)) {
        kinds.push({ text: `${a.text} and ${b.text}`, is: (given) => a.is(given) && b.is(given) });
      }
    }
  }
  return kinds;
}
