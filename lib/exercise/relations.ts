/** How a number that is wrong may come from the right one. */

/** What may have been done to the right numbers, to follow "Your answer is". */
export const relations: readonly (readonly [text: string, of: (right: number) => number])[] = [
  ["the square of the right one", (right) => right * right],
  ["the root of the right one", Math.sqrt],
  ["right except for its sign, which it lacks", Math.abs],
  ["one divided by the right one", (right) => 1 / right],
  ["e to the power of the right one", Math.exp],
  ["the logarithm of the right one", Math.log],
  ["one minus the right one", (right) => 1 - right],
  ["255 minus the right one", (right) => 255 - right],
  ["the right one rounded down", Math.floor],
  ["the right one rounded", Math.round],
  ["only the sign of the right one", Math.sign],
];
