/** negative-row: the first exercise of the course; bright becomes dark, and dark becomes bright. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function negativeRow(row: number[]): number[] {
  return row.map((dot) => 1 - dot);
}

export default exercise({
  // Gray dots, one that is black and one that is white.
  inputs: (random: Random): [number[]] => {
    const length = [3, 4, 6, 7, 8][random.integer(5)]; // never 5, as in the lesson
    const row = Array.from({ length }, (_, i) => i < 2 ? i : random.uniform(0.05, 0.95));
    return [random.shuffle(row)];
  },
  solution: negativeRow,
  explanation:
    "A dot and its negative add up to 1: 0.2 and 0.8, 1 and 0. So the negative of a dot is 1 − dot. map calls the " +
    "function for each number of the row and makes a new row of the results; the old row stays as it was.",
  mistakes: [
    {
      answer: (row) => row.map((dot) => -dot),
      reply: "This turns 0.2 into −0.2, and it should become 0.8. What do a dot and its negative add up to?",
    },
    {
      answer: (row) => row.map((dot) => dot - 1),
      reply: "All your numbers are negative: 0.2 becomes −0.8. Which of the two do you subtract from which?",
    },
    {
      answer: (row) => row.map((dot) => dot > 0.5 ? 0 : 1),
      reply: "You return only 0 and 1. But a dot can be gray: 0.2 should become 0.8",
    },
    {
      answer: (row) => row.map((dot) => dot === 1 ? 0 : 1),
      reply: "Every dot that is not exactly 1 becomes 1 here. But a dot can be gray: 0.2 should become 0.8",
    },
    {
      answer: (row) => row.map((dot) => dot === 0 ? 1 : 0),
      reply: "Every dot that is not exactly 0 becomes 0 here. But a dot can be gray: 0.2 should become 0.8",
    },
    {
      answer: (row) => row.toReversed(),
      reply: "That is the mirror image: each dot keeps its brightness and moves. Here it should stay and change",
    },
    {
      answer: (row) => row,
      reply: "The row comes back as it was. Return a new row: row.map((dot) => …) makes one",
    },
    {
      answer: (row) => row.map((dot) => 255 - dot),
      reply: "Many image files count from 0 to 255. Here the brightest dot is 1",
    },
    {
      answer: (row) => row.map((dot) => 1 / dot),
      reply: "1 / 0.2 is 5, brighter than the brightest dot. Do you want to divide?",
    },
    {
      answer: (row) => row.map((dot, i) => i === 0 ? 1 - dot : dot),
      reply: "The first dot is right, and the others are unchanged: do it for each dot of the row",
    },
    {
      answer: (row) => row.map((dot) => 1 - dot).slice(0, -1),
      reply: "The numbers are right, but the last dot is missing: where does your loop end?",
    },
  ],
  hints: [
    "0 becomes 1, 1 becomes 0, 0.2 becomes 0.8. Add each dot to what it becomes: what do you get?",
    "A dot and its negative add up to 1. So how do you compute one from the other?",
    "row.map((dot) => …) makes a new row: write what a dot becomes after the arrow",
  ],
});
