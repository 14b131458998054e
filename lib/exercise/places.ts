/** places: where an answer is wrong, if the wrong numbers have something in common that they share in every trial. */
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumbers, type NumberPart, tellingIndices } from "./compare.ts";

/** One part of the answer in one trial. */
export interface TrialPart {
  readonly inputs: readonly unknown[];
  readonly got: NumberPart;
  readonly expected: NumberPart;
}

/** A kind of places. */
interface Kind {
  /** Names the places: "row 0", "where x is negative". */
  readonly text: string;
  /** Whether the number at this index is at such a place. */
  has(index: number, part: TrialPart): boolean;
}

/** How many numbers must be of a kind before something is said of it that may be chance for fewer. */
const many = 15;

/** Where it is wrong, or where only it is right, to follow the name of the part; undefined if there is no such place. */
export function places(parts: readonly TrialPart[], tolerance: number, names: readonly string[]): string | undefined {
  const [{ expected: { shape } }] = parts;
  if (shape.length === 0 || parts.some(({ got, expected }) => !sameShape(got.shape, expected.shape))) return undefined;
  const trials = parts.map((part) => ({ part, wrong: new Set(tellingIndices(part.got, part.expected, tolerance)) }))
    .filter(({ wrong }) => wrong.size > 0);
  const all = ({ expected }: TrialPart) => Array.from(expected.numbers, (_, i) => i);
  const mixed = trials.filter(({ part, wrong }) => wrong.size < part.expected.numbers.length);
  if (trials.length < 2 || mixed.length < 2) return undefined;
  const count = (of: (trial: typeof trials[number]) => number): number =>
    trials.reduce((sum, each) => sum + of(each), 0);
  const kinds = kindsOf(shape.length, parts[0], names);
  const exactly = kinds.find(({ has }) =>
    trials.every(({ part, wrong }) => all(part).every((i) => has(i, part) === wrong.has(i)))
  );
  if (exactly) return `is wrong ${exactly.text}, and right everywhere else`;
  const only = kinds.find(({ has }) =>
    trials.every(({ part, wrong }) => all(part).every((i) => has(i, part) !== wrong.has(i)))
  );
  if (only) return `is right ${only.text}, and wrong everywhere else`;
  const within = kinds.find(({ has }) =>
    mixed.length === trials.length &&
    trials.every(({ part, wrong }) =>
      [...wrong].every((i) => has(i, part)) &&
      all(part).filter((i) => has(i, part)).length <= 0.7 * part.expected.numbers.length
    )
  );
  if (within) return `is wrong only ${within.text}, in some of these places`;
  const always = kinds.find(({ has }) =>
    trials.every(({ part, wrong }) => {
      const there = all(part).filter((i) => has(i, part));
      return there.length > 0 && there.every((i) => wrong.has(i));
    }) && count(({ part }) => all(part).filter((i) => has(i, part)).length) >= many &&
    count(({ part, wrong }) => all(part).filter((i) => !has(i, part) && !wrong.has(i)).length) >= many
  );
  return always && `is always wrong ${always.text}, and elsewhere right in some places`;
}

/** All kinds of places in a tensor with that many axes. */
function kindsOf(axes: number, { inputs }: TrialPart, names: readonly string[]): Kind[] {
  const along = (text: string, axis: number, is: (at: number, size: number) => boolean): Kind => ({
    text,
    has: (index, { expected: { shape } }) => is(placeOf(index, shape)[axis], shape[axis]),
  });
  const kinds: Kind[] = [];
  for (let axis = 0; axis < axes; axis++) {
    const [one, of] = axes === 1
      ? ["", ""]
      : axis === axes - 1
      ? [" column", ""]
      : axis === axes - 2
      ? [" row", ""]
      : ["", ` along axis ${axis}`];
    const first = one ? `in the first${one}` : `at the first place${of}`,
      last = one ? `in the last${one}` : `at the last place${of}`;
    kinds.push(along(first, axis, (at) => at === 0), along(last, axis, (at, size) => at === size - 1));
    for (let from = 1; from < 8; from++) {
      kinds.push(along(one ? `from${one} ${from} on` : `from place ${from} on${of}`, axis, (at) => at >= from));
      kinds.push(along(one ? `in${one} ${from}` : `at place ${from}${of}`, axis, (at) => at === from));
    }
  }
  if (axes >= 2) {
    kinds.push({ text: "at the very first number", has: (index) => index === 0 });
    kinds.push({
      text: "at the very last number",
      has: (index, { expected }) => index === expected.numbers.length - 1,
    });
    kinds.push({
      text: "on the border",
      has: (index, { expected: { shape } }) =>
        placeOf(index, shape).slice(-2).some((at, i) => at === 0 || at === shape[shape.length - 2 + i] - 1),
    });
  }
  if (axes === 2) {
    kinds.push({
      text: "on the diagonal",
      has: (index, { expected: { shape } }) => placeOf(index, shape)[0] === placeOf(index, shape)[1],
    });
  }
  const at = (text: string, is: (index: number, part: TrialPart) => boolean) => kinds.push({ text, has: is });
  at("where it should be 0", (i, { expected }) => expected.numbers[i] === 0);
  at("where it should not be 0", (i, { expected }) => expected.numbers[i] !== 0);
  at("where it should be negative", (i, { expected }) => expected.numbers[i] < 0);
  for (const [i, name] of names.entries()) {
    const given = (is: (value: number) => boolean) => (index: number, { inputs, expected }: TrialPart) => {
      const input = inputs[i];
      return input instanceof Tensor && sameShape(input.shape, expected.shape) && is(input.data[index]);
    };
    if (inputs[i] instanceof Tensor) {
      at(`where \`${name}\` is negative`, given((value) => value < 0));
      at(`where \`${name}\` is positive`, given((value) => value > 0));
      at(`where \`${name}\` is not positive`, given((value) => value <= 0));
      at(`where \`${name}\` is 0`, given((value) => value === 0));
      at(`where \`${name}\` is between 0 and 1`, given((value) => value > 0 && value < 1));
    }
    if (axes === 2 && isNumbers(inputs[i])) {
      at(`at column \`${name}[n]\` of row n`, (index, { inputs, expected: { shape } }) => {
        const [row, column] = placeOf(index, shape);
        return (inputs[i] as ArrayLike<number>)[row] === column;
      });
    }
  }
  return kinds;
}

/** The place of an index along each axis. */
function placeOf(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  for (const size of shape.toReversed()) {
    place.unshift(index % size);
    index = Math.floor(index / size);
  }
  return place;
}

/** A place in brackets: `[1, 2]`. */
export function formatPlace(index: number, shape: readonly number[]): string {
  return formatShape(placeOf(index, shape));
}
