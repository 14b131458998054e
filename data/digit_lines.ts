/** The lines of one digit as somebody writes it: a form is picked, then bent and slanted as a hand would. */
import type { Random } from "../lib/tensor/random.ts";
import { DIGIT_FORMS, type DigitForm, type Point } from "./digit_strokes.ts";
import { smoothLine } from "./pen.ts";

/**
 * The strokes of a digit as smooth lines.
 *
 * @param digit Which digit, 0..9.
 * @param random The source of all choices.
 * @returns A line for each stroke: closely spaced points, x and y in turn; the digit is about 1 high.
 */
export function digitLines(digit: number, random: Random): Float64Array[] {
  const hand = handwriting(random);
  return choose(DIGIT_FORMS[digit], random).strokes.map((stroke) => smoothLine(stroke.map(hand)));
}

function choose(forms: readonly DigitForm[], random: Random): DigitForm {
  let rest = random.uniform() * forms.reduce((sum, form) => sum + form.weight, 0);
  return forms.find((form) => (rest -= form.weight) < 0) ?? forms[0];
}

/**
 * The handwriting of one person at one moment, as a map of the plane: it slants, rotates and squeezes the whole digit,
 * and bends it by a few slow waves. Points that coincide stay together, so no stroke breaks off.
 */
function handwriting(random: Random): (point: Point) => Point {
  const lean = random.normal(0.12, 0.18);
  const turn = random.normal(0, 0.1);
  const width = 0.65 + 0.6 * random.uniform();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const bendX = waves(random);
  const bendY = waves(random);
  return ([x, y]) => {
    const bentX = width * (x + bendX(x, y)) - lean * (y - 0.5);
    const bentY = y - 0.5 + bendY(x, y);
    return [cos * bentX - sin * bentY, sin * bentX + cos * bentY];
  };
}

/** A smooth random function of the plane: three waves about as long as the digit is high. */
function waves(random: Random): (x: number, y: number) => number {
  const parts = Array.from({ length: 3 }, () => ({
    height: random.normal(0, 0.04),
    fx: random.normal(0, 4),
    fy: random.normal(0, 4),
    phase: 2 * Math.PI * random.uniform(),
  }));
  return (x, y) => {
    let sum = 0;
    for (const { height, fx, fy, phase } of parts) sum += height * Math.sin(fx * x + fy * y + phase);
    return sum;
  };
}
