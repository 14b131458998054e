/** count-bright: a count that leaves out the last row, which the picture in the lesson does not show. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function countBright(picture: number[][]): number {
  let count = 0;
  for (let r = 0; r < picture.length; r++) { // it was picture.length - 1
    for (let c = 0; c < picture[r].length; c++) {
      if (picture[r][c] > 0.5) count++;
    }
  }
  return count;
}

type Picture = number[][];

/** Counts the dots for which `isCounted` holds. */
const counting =
  (isCounted: (dot: number, of: { r: number; c: number; rows: number; columns: number }) => boolean) =>
  (picture: Picture): number =>
    picture.reduce(
      (count, row, r) =>
        count + row.filter((dot, c) => isCounted(dot, { r, c, rows: picture.length, columns: row.length })).length,
      0,
    );

/** One dot exactly at the border: it is not above 0.5. */
function withBorder(picture: Picture, random: Random): Picture {
  picture[random.integer(picture.length)][random.integer(picture[0].length)] = 0.5;
  return picture;
}

export default exercise({
  // Many small pictures per trial: the count of one alone is often right by luck. About every sixth dot is exactly 1.
  inputs: (random: Random): [Picture[]] => [
    Array.from({ length: 20 }, (_, n) => {
      const [rows, columns] = n % 2 ? [2, 3 + random.integer(3)] : [3 + random.integer(3), 2];
      const picture = Array.from(
        { length: rows },
        () => Array.from({ length: columns }, () => Math.min(1, Number(random.uniform(0.01, 1.2).toFixed(2)))),
      );
      return withBorder(picture, random);
    }),
  ],
  use: (answer: typeof countBright, pictures: Picture[]): number[] => pictures.map((picture) => answer(picture)),
  cases: true,
  planted: counting((dot, { r, rows }) => dot > 0.5 && r < rows - 1),
  evidence: (answer, pictures) => {
    const wrong = pictures.filter((picture) => answer(picture) !== countBright(picture));
    const [picture] = wrong.sort((a, b) => a.flat().length - b.flat().length);
    // A block of code in Markdown, so that the rows stay rows.
    const rows = picture.map((row) => `    ${row.map((dot) => dot.toFixed(2)).join("  ")}`).join("\n");
    return `For example, the number of bright dots here is ${countBright(picture)}, and you count ${
      answer(picture)
    }:\n\n${rows}`;
  },
  solution: countBright,
  explanation:
    "The rows of a picture with 7 rows are 0 to 6, so r < picture.length ends at the last one. With - 1 the loop " +
    "ends one row earlier. The last row of the seven is dark: nothing is missing there, and the bug stays hidden.",
  mistakes: [
    {
      answer: counting((dot, { r, c, rows, columns }) => dot > 0.5 && r < rows - 1 && c < columns - 1),
      reply:
        "Now the last column is left out, too. Which numbers does c take in your inner loop, and r in the outer one?",
    },
    {
      answer: counting((dot, { c, columns }) => dot > 0.5 && c < columns - 1),
      reply: "All rows are counted now, but the last column is left out",
    },
    {
      answer: counting((dot, { r }) => dot > 0.5 && r > 0),
      reply: "The last row is counted now, but the first one is left out: where does r begin?",
    },
    {
      answer: counting((dot, { r, rows }) => dot > 0.5 && r > 0 && r < rows - 1),
      reply: "Now the first row and the last row are both left out. Rows are numbered from 0",
    },
    {
      answer: counting((dot) => dot >= 0.5),
      reply: "All rows are counted now. But a dot of exactly 0.5 is not above 0.5",
    },
    {
      answer: counting((dot) => dot < 0.5),
      reply: "You count the dark dots, those below 0.5",
    },
    {
      answer: counting(() => true),
      reply: "You count all dots, whether they are bright or not",
    },
    {
      answer: counting((dot, { c, rows }) => dot > 0.5 && c < rows),
      reply: "You use the number of rows for the columns, too. These pictures are not square",
    },
    {
      answer: (picture) => picture.flat().reduce((sum, dot) => sum + dot, 0),
      reply: "You add up the brightness of all dots. Count them instead: each bright dot counts 1",
    },
    {
      answer: (picture) => picture.flat().reduce((sum, dot) => dot > 0.5 ? sum + dot : sum, 0),
      reply: "You add up how bright the bright dots are. Count them instead: each one counts 1",
    },
    {
      answer: (picture) => picture.at(-1)!.filter((dot) => dot > 0.5).length,
      reply: "You count only the last row. Is count set back to 0 in each row?",
    },
    {
      answer: (picture) => picture[0].filter((dot) => dot > 0.5).length,
      reply: "You count only the first row: does your function return before the loop has reached the others?",
    },
    {
      answer: counting((dot) => dot === 1),
      reply: "You count only dots of exactly 1. A dot is bright when it is above 0.5",
    },
    {
      answer: (picture) => countBright(picture) + 1,
      reply: "You always count one too many. All rows should be visited, and count should begin at 0",
    },
  ],
  hints: [
    "Which dots does it miss? Look at the picture in the reply, and count its bright dots row by row",
    "Which numbers does r take in a picture with 3 rows? Write them down, from the first line with for",
    "r should reach the last row, picture.length - 1. So what must r be smaller than?",
  ],
});
