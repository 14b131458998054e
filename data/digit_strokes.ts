/**
 * The ten digits as a pen writes them: several forms of each digit, each of a few strokes, each stroke of a few points.
 */

/** A point of a stroke. The digit has height 1: y runs down from 0 to 1, and x is 0 on the vertical axis. */
export type Point = readonly [x: number, y: number];

/** Points that the pen passes in one smooth movement; a repeated point is a sharp corner. */
export type Stroke = readonly Point[];

/** One way of writing a digit. */
export interface DigitForm {
  /** How often people write it this way, relative to the other forms of the same digit. */
  readonly weight: number;
  /** Its strokes. */
  readonly strokes: readonly Stroke[];
}

/**
 * Points on an ellipse around (cx, cy), from one angle to another in degrees: 0 is right, 90 is down, as on the screen.
 * A decreasing angle runs counterclockwise, the way most people draw a circle.
 */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 30));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = (from + (to - from) * i / steps) * Math.PI / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

function form(weight: number, ...strokes: Stroke[]): DigitForm {
  return { weight, strokes };
}

const ZERO: DigitForm[] = [
  form(5, arc(0, 0.5, 0.34, 0.5, -80, -440)),
  form(3, arc(0, 0.5, 0.25, 0.5, -70, -425)),
  form(2, [...arc(0, 0.5, 0.32, 0.48, -110, -430), [0.02, 0.1], [-0.12, 0.05]]), // the end crosses the start
  form(1, arc(0, 0.52, 0.36, 0.46, -50, -390)), //                                  not quite closed
];

const ONE: DigitForm[] = [
  form(6, [[0, 0], [0, 0.5], [0, 1]]),
  form(3, [[-0.22, 0.24], [-0.08, 0.14], [0.02, 0], [0.02, 0], [0.02, 0.5], [0.02, 1]]), // with a flag
  form(1, [[-0.2, 0.2], [-0.06, 0.12], [0, 0], [0, 0], [0, 0.5], [0, 1]], [[-0.24, 1], [0, 0.99], [0.24, 1]]), // and a foot
];

const TWO: DigitForm[] = [
  form(4, [...arc(0, 0.28, 0.3, 0.28, 190, 375), [0.12, 0.6], [-0.32, 1], [-0.32, 1], [0, 0.98], [0.36, 0.98]]),
  form(3, [ // a loop in the lower left corner
    ...arc(0, 0.27, 0.3, 0.27, 200, 380),
    [0.08, 0.66],
    [-0.22, 0.96],
    [-0.34, 0.86],
    [-0.2, 0.78],
    [0.04, 0.92],
    [0.38, 0.96],
  ]),
  form(2, [[-0.3, 0.16], [-0.08, 0.01], [0.24, 0.06], [0.26, 0.3], [0.04, 0.6], [-0.32, 0.94], [-0.1, 0.93], [
    0.36,
    1,
  ]]),
  form(1, [[-0.3, 0.06], [0, 0.02], [0.3, 0.04], [0.3, 0.04], [-0.3, 0.97], [-0.3, 0.97], [0, 0.96], [0.34, 0.96]]), // like a Z
];

const THREE: DigitForm[] = [
  form(5, [...arc(-0.02, 0.25, 0.28, 0.25, 205, 435), [-0.06, 0.48], ...arc(-0.02, 0.73, 0.34, 0.27, -75, 155)]),
  form(2, [ // the middle pulled into a point
    ...arc(-0.04, 0.24, 0.3, 0.24, 210, 420),
    [-0.16, 0.5],
    [-0.16, 0.5],
    ...arc(-0.02, 0.74, 0.32, 0.26, -65, 150),
  ]),
  form(2, [
    [-0.28, 0.02],
    [0.28, 0.02],
    [0.28, 0.02],
    [-0.02, 0.4],
    [-0.02, 0.4],
    ...arc(-0.02, 0.71, 0.32, 0.29, -60, 155),
  ]),
  form(1, [...arc(-0.04, 0.24, 0.3, 0.22, 200, 425), [0.04, 0.5], ...arc(-0.06, 0.72, 0.3, 0.28, -50, 135)]),
];

const FOUR: DigitForm[] = [
  form(4, [[-0.26, 0], [-0.3, 0.28], [-0.3, 0.52], [-0.3, 0.52], [0, 0.53], [0.38, 0.5]], [[0.22, 0.02], [0.2, 0.5], [
    0.18,
    1,
  ]]), // open
  form(3, [[0.18, 1], [0.18, 0.5], [0.18, 0], [0.18, 0], [-0.36, 0.64], [-0.36, 0.64], [0, 0.64], [0.4, 0.64]]), // closed
  form(2, [[-0.28, 0.04], [-0.32, 0.36], [-0.2, 0.52], [0.04, 0.52], [0.24, 0.38], [0.28, 0.02], [0.28, 0.02], [
    0.26,
    0.5,
  ], [0.22, 1]]),
  form(1, [[0.02, 0], [-0.34, 0.58], [-0.34, 0.58], [0, 0.6], [0.38, 0.56]], [[0.16, 0.3], [0.14, 0.64], [0.1, 1]]),
];

const FIVE: DigitForm[] = [
  form(4, [[-0.22, 0.04], [-0.26, 0.42], [-0.26, 0.42], ...arc(-0.02, 0.68, 0.32, 0.31, -110, 150)], [[-0.22, 0.04], [
    0.06,
    0.03,
  ], [0.36, 0]]),
  form(3, [
    [0.34, 0.02],
    [0, 0.03],
    [-0.2, 0.05],
    [-0.2, 0.05],
    [-0.26, 0.44],
    [-0.26, 0.44],
    ...arc(-0.02, 0.69, 0.3, 0.3, -95, 145),
  ]),
  form(2, [[0.32, 0.01], [0.06, 0.02], [-0.18, 0.1], [-0.2, 0.34], [0, 0.46], [0.24, 0.6], [0.24, 0.86], [0, 0.99], [
    -0.3,
    0.94,
  ]]), // like an S
  form(
    1,
    [[-0.2, 0.08], [-0.22, 0.46], [-0.22, 0.46], [0.06, 0.44], [0.28, 0.62], [0.2, 0.9], [-0.1, 1], [-0.3, 0.9]],
    [[-0.2, 0.06], [0.34, 0.02]],
  ),
];

const SIX: DigitForm[] = [
  form(5, [[0.2, 0], [-0.04, 0.12], [-0.24, 0.4], [-0.3, 0.7], ...arc(0, 0.73, 0.29, 0.27, 150, -170)]),
  form(3, [[0.08, 0], [-0.12, 0.28], [-0.26, 0.62], ...arc(-0.02, 0.78, 0.25, 0.22, 165, -160)]), // a small circle
  form(2, [[0.26, 0.1], [0.06, 0.01], [-0.2, 0.16], [-0.3, 0.5], ...arc(0, 0.7, 0.3, 0.3, 165, -150)]),
  form(1, [[-0.18, 0], [-0.24, 0.4], [-0.26, 0.74], ...arc(0, 0.76, 0.27, 0.24, 160, -165)]), // a straight stem
];

const SEVEN: DigitForm[] = [
  form(5, [[-0.32, 0.06], [0, 0.04], [0.32, 0.02], [0.32, 0.02], [0.1, 0.46], [-0.06, 1]]),
  form(3, [[-0.32, 0.05], [0, 0.04], [0.32, 0.03], [0.32, 0.03], [0.1, 0.48], [-0.04, 1]], [
    [-0.18, 0.52],
    [0.06, 0.5],
    [0.3, 0.48],
  ]), // with a bar
  form(2, [[-0.34, 0.2], [-0.33, 0.04], [-0.33, 0.04], [0, 0.05], [0.3, 0.02], [0.3, 0.02], [0.14, 0.4], [0.06, 1]]), // with a serif
  form(2, [[-0.34, 0.12], [-0.12, 0.02], [0.16, 0.06], [0.3, 0.02], [0.24, 0.26], [0.06, 0.58], [0.02, 1]]), // rounded
];

const EIGHT: DigitForm[] = [
  form(5, [ // one movement
    [0.24, 0.12],
    [0, 0],
    [-0.24, 0.14],
    [-0.14, 0.38],
    [0.14, 0.56],
    [0.28, 0.8],
    [0, 1],
    [-0.28, 0.8],
    [-0.12, 0.56],
    [0.14, 0.38],
    [0.26, 0.14],
    [0.2, 0.06],
  ]),
  form(3, arc(0, 0.24, 0.24, 0.24, -90, -450), arc(0, 0.73, 0.3, 0.26, -90, -450)), // two circles
  form(2, [ // narrow, and open at the top
    [0.24, 0.06],
    [0.02, 0.02],
    [-0.2, 0.18],
    [0, 0.44],
    [0.22, 0.74],
    [0.04, 1],
    [-0.2, 0.84],
    [-0.04, 0.52],
    [0.24, 0.14],
  ]),
];

const NINE: DigitForm[] = [
  form(4, [[0.27, 0.2], ...arc(0, 0.27, 0.28, 0.26, -40, -340), [0.28, 0.16], [0.28, 0.16], [0.26, 0.56], [0.2, 1]]),
  form(2, [
    [0.26, 0.2],
    ...arc(-0.02, 0.26, 0.28, 0.25, -50, -335),
    [0.27, 0.16],
    [0.27, 0.16],
    [0.28, 0.5],
    [0.2, 0.86],
    [0, 1],
    [-0.2, 0.92],
  ]), // a tail
  form(2, [[0.2, 0.1], ...arc(-0.03, 0.25, 0.24, 0.23, -50, -340), [0.22, 0.1], [0.22, 0.1], [0.14, 0.6], [-0.02, 1]]),
  form(1, [...arc(0, 0.26, 0.27, 0.26, -20, -370)], [[0.28, 0.04], [0.28, 0.5], [0.28, 1]]), // with a separate stem
];

/** The forms of each digit, 0…9. */
export const DIGIT_FORMS: readonly (readonly DigitForm[])[] = [
  ZERO,
  ONE,
  TWO,
  THREE,
  FOUR,
  FIVE,
  SIX,
  SEVEN,
  EIGHT,
  NINE,
];
