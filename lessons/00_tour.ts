// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: Deno
//     language: typescript
//     name: deno
//   gradually:
//     title: The tour
//     minutes: 5
//     part: First numbers
//     permissions: []
// ---
// %% [markdown]
// # The tour
// Welcome! In this course you build a program that reads handwritten digits. You write every piece of it, and you prove
// each piece right before you use it. This tour shows how a lesson works, in five minutes.
//
// A lesson is a list of **cells**. This one is text. Press Enter, and the next one appears; in a notebook, press
// Shift-Enter. To skip the tour, press `n` for the next lesson.

// %% [markdown]
// ## A cell of code
// In a terminal you see the code first, and Enter runs it. What it prints or draws appears below. The first cell of
// each lesson imports what the lesson needs:

// %%
import { image, show } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";

// %% [markdown]
// The next one makes a small picture. A `#` is a bright dot, a `.` is a dark one.

// %%
const drawing = [
  "#####",
  "....#",
  "...#.",
  "..##.",
  "..#..",
  "..#..",
  ".....",
];
const brightness = (dot: string) => dot === "#" ? 1 : 0;
const picture = drawing.map((line) => [...line].map(brightness));
function draw(dots: number[][]) {
  return show(image(dots.flat(), { width: dots[0].length }));
}

await draw(picture);

// %% [markdown]
// A cell can use everything that earlier cells made. Here is what a program sees instead of a seven:

// %%
for (const row of picture) console.log(row.join(" "));

// %% [markdown]
// ## A guess
// Now and then a lesson asks a question before it shows the answer. Type your guess and press Enter; in a notebook,
// write it into the last line of the cell. Nobody grades it. It is kept, and shown beside the answer.

// %% tags=["predict"] id="how-many-numbers"
// How many numbers is the picture made of?

// %%
const [rows, columns] = [picture.length, picture[0].length];
console.log(`${rows} rows of ${columns} numbers: ${rows * columns}`);

// %% [markdown]
// The digits that you will read later are larger, but they are made in the same way.
//
// ## Play
// All variables are yours to try things with. Press `p` and type:
//
//     picture[4][1] = 0.5
//     await draw(picture)
//
// Enter runs a line, and Esc takes you back to the lesson. Then `k` keeps your changes, and `d` drops them. In a
// notebook, add a cell of your own. `v` lists all variables, and `b` goes back one step.

// %% [markdown]
// ## An exercise
// Press `e`: your editor opens a file with the task. Replace `blank(…)` with your code and save the file. The lesson
// checks it at once, on numbers that you have not seen.
//
// `h` shows a hint, and then the next one. `s` shows the solution, after the last hint or when your answer is right.
// You can also go on with Enter, and come back later.
//
// In a notebook, write in the cell, run it, and run the cell below it. `await check.hint("negative-row")` shows a
// hint.

// %% [markdown]
// ## Your first exercise: the negative
// In the negative of a picture, bright is dark and dark is bright: 1 becomes 0, 0 becomes 1, and 0.2 becomes 0.8. Write
// it for one row, with any numbers from 0 to 1. Wrong answers are welcome: most of them get a reply of their own. Try
// `row.map((dot) => -dot)` first, and read what it says.

// %% tags=["exercise"] id="negative-row"
// Returns a new row, as long as this one.
function negativeRow(row: number[]): number[] {
  return blank(row);
}

// %% tags=["check"] id="negative-row"
await check("negative-row", negativeRow);

// %% [markdown]
// Whether your answer passed or is still open, the lesson goes on with code of its own:

// %%
const negative = picture.map((row) => row.map((dot) => 1 - dot));

await draw(negative);

// %% [markdown]
// ## Find the bug
// Some exercises hand you code that runs, but is wrong. This function should count the bright dots: the numbers above
// 0.5. For our seven its answer is right. The check draws other pictures, of other sizes, and there it is often wrong.
// Which line is it, and why did the seven not notice?

// %% tags=["exercise"] id="count-bright"
// Returns how many numbers of the picture are above 0.5.
function countBright(picture: number[][]): number {
  let count = 0;
  for (let r = 0; r < picture.length - 1; r++) {
    for (let c = 0; c < picture[r].length; c++) {
      if (picture[r][c] > 0.5) count++;
    }
  }
  return count;
}

// %% tags=["check"] id="count-bright"
await check("count-bright", countBright);

// %%
const bright = picture.flat().filter((dot) => dot > 0.5).length;
console.log("Bright dots of the seven:", bright);

// %% [markdown]
// The last row was left out. In the seven it is dark, so nothing was missing. One right answer proves little: try
// other inputs, of other sizes. It is the same with networks.

// %% [markdown]
// ## The keys
// | key | what it does |
// | --- | --- |
// | Enter | runs a cell, or goes on |
// | b, r | goes back; runs this cell again |
// | e, h, s | your answer, a hint, the solution |
// | p, v | play; the variables |
// | l, g | another lesson; another step |
// | x | starts this lesson, or one answer, over |
// | Ctrl-C | stops a cell that takes too long |
// | q | leaves: your place is saved |
// | ? | shows all keys |
//
// After a reset with `x` your old answer is still there, in a file beside the new one.

// %% [markdown]
// ## What you know now
// - A lesson is a list of cells: read, guess, run, look.
// - In an exercise you write the missing piece, or find a bug. Hints and the solution are one key away.
// - Nothing breaks: play as much as you like, and start over when you want.
//
// A picture is a grid of numbers. How a program stores such grids, and how it multiplies them, is lesson 1.
