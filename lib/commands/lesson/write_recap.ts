/** The command `deno task lesson recap`: writes what the learner ran, guessed and answered. */

import { Answers } from "../../course/answers/answers.ts";
import { type CourseEntry, readLesson } from "../../course/catalog.ts";
import { Journal } from "../../course/progress/journal.ts";
import type { Progress } from "../../course/progress/progress.ts";
import { type RecapLesson, recapOf } from "../../course/progress/recap.ts";
import { writeWhole } from "../../course/progress/write_file.ts";
import { write } from "../../fronts/text/write.ts";
import { complain } from "../output.ts";
import { journalPath, STATE } from "./state_folder.ts";

/** Writes the recap to a file and says where; if that fails, prints it. */
export function writeRecap(entries: readonly CourseEntry[], progress: Progress): number {
  const lessons = entries.map((entry): RecapLesson => ({
    number: entry.number,
    lesson: readLesson(entry).lesson,
    journal: new Journal(journalPath(entry.name)),
    progress: progress.lesson(entry.name),
    answer: (id) => new Answers(`${STATE}/answers/${entry.name}`).read(id),
  }));
  for (const { journal } of lessons) for (const notice of journal.notices.splice(0)) complain(notice);
  const text = recapOf(lessons, progress);
  try {
    Deno.mkdirSync(STATE, { recursive: true });
    writeWhole(`${STATE}/recap.md`, text);
    write(`What you ran, guessed and answered is now in ${STATE}/recap.md\n`);
  } catch {
    write(text);
  }
  return 0;
}
