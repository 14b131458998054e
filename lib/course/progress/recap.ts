/** Writes the recap: what the learner ran, guessed and answered, as Markdown that reads well by itself. */

import type { Cell } from "../../cells/document/document.ts";
import type { Lesson } from "../lesson.ts";
import type { Dated, Journal } from "./journal.ts";
import type { LessonProgress, Progress } from "./progress.ts";

/** A lesson with everything that was recorded while the learner worked through it. */
export interface RecapLesson {
  number: string;
  lesson: Lesson;
  journal: Journal;
  progress: LessonProgress | undefined;
  /** The learner's answer to an exercise, as it is now. */
  answer(id: string): string | undefined;
}

/** Outputs with more lines than this are cut in the middle. */
const MOST_LINES = 40;

/**
 * The recap of some lessons.
 *
 * @param learner The learner's progress, for the exercises.
 */
export function recapOf(lessons: readonly RecapLesson[], learner: Progress): string {
  const begun = lessons.filter(({ progress, journal }) => progress || journal.entries.length > 0);
  const rows = begun.map(({ number, lesson, progress }) => {
    const exercises = lesson.cells.filter(({ tags, id }) => tags.includes("exercise") && id);
    const passed = exercises.filter(({ id }) => learner.exerciseOf(progress, id).passed).length;
    const state = progress?.done ? "done" : `at cell ${(progress?.cell ?? 0) + 1} of ${lesson.cells.length}`;
    const solved = exercises.length > 0 ? `, ${passed} of ${exercises.length} exercises solved` : "";
    return `- Lesson ${Number(number)}, ${lesson.title}: ${state}${solved}`;
  });
  const parts = ["# What I did in Gradually", rows.join("\n") || "Nothing yet."];
  return [...parts, ...begun.map((each) => lessonText(each, learner))].join("\n\n") + "\n";
}

function lessonText(recap: RecapLesson, learner: Progress): string {
  const { number, lesson, journal, progress } = recap;
  const parts = [`## Lesson ${Number(number)}: ${lesson.title}`];
  let heading = "";
  for (const cell of lesson.cells) {
    if (cell.kind === "markdown") heading = /^#+\s+(.*)$/m.exec(cell.source)?.[1] ?? heading;
    const text = cellText(cell, recap, learner);
    if (!text) continue;
    if (heading) parts.push(`### ${heading}`);
    heading = "";
    parts.push(text);
  }
  const plays = journal.entries.filter((entry): entry is Dated & { type: "play" } => entry.type === "play");
  if (plays.length > 0) {
    parts.push("### Play", ...plays.map(({ source, text }) => fence(source, "ts") + output(text)));
  }
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(progress?.updated ?? "") ?? [];
  if (day) parts.push(`_Last worked on ${day}, ${time} UTC._`);
  return parts.join("\n\n");
}

function cellText(cell: Cell, recap: RecapLesson, learner: Progress): string | undefined {
  if (cell.tags.includes("predict")) return guessText(cell, recap);
  if (cell.tags.includes("exercise")) return exerciseText(cell, recap, learner);
  if (cell.kind !== "code" || cell.tags.includes("check")) return undefined;
  const run = recap.journal.lastRun(cell.index, cell.source);
  if (!run) return undefined;
  const title = cell.title ? `**${cell.title}**\n\n` : "";
  const ended = run.status === "done" ? "" : `\n\n_(${run.status})_`;
  return title + fence(cell.source, "ts") + output(run.text) + ended;
}

function guessText(cell: Cell, { progress, journal }: RecapLesson): string | undefined {
  const written = journal.entries.findLast((entry) => entry.type === "guess" && entry.id === cell.id);
  const guesses = progress?.guesses ?? {};
  const guess = Object.hasOwn(guesses, cell.id)
    ? guesses[cell.id]
    : (written?.type === "guess" ? written.guess : undefined);
  if (guess === undefined) return undefined;
  const question = cell.source.split("\n").map((line) => line.replace(/^\/\/ ?/, "")).join(" ").trim();
  return `> ${question}\n>\n> My guess: **${guess}**`;
}

function exerciseText(cell: Cell, { progress, journal, answer }: RecapLesson, learner: Progress): string | undefined {
  const { tries, hints, passed, opened } = learner.exerciseOf(progress, cell.id);
  if (!opened && tries === 0 && hints === 0) return undefined;
  const state = passed ? "solved" : "still open";
  const help = journal.entries.some((entry) => entry.type === "solution" && entry.id === cell.id)
    ? ", solution seen"
    : "";
  const tried = tries === 1 ? "1 try" : `${tries} tries`;
  const helped = hints === 1 ? "1 hint" : `${hints} hints`;
  const head = `**Exercise ${cell.id}: ${state}** (${tried}, ${helped}${help})`;
  const code = answer(cell.id)?.replace(/^(\/\/[^\n]*\n|\s*\n)+/, "").trimEnd();
  const said = journal.entries.findLast((entry) => entry.type === "answer" && entry.id === cell.id);
  const verdict = said?.type === "answer" ? `\n\n${said.kind === "passed" ? "✓" : "✗"} ${said.message}` : "";
  return head + (code ? `\n\n${fence(code, "ts")}` : "") + verdict;
}

/** Code or output between fences that are longer than any fence in it. */
function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${text.trimEnd()}\n${marks}`;
}

function output(text: string): string {
  const lines = text.trimEnd().split("\n");
  if (text.trim() === "") return "";
  const half = MOST_LINES >> 1;
  const shown = lines.length <= MOST_LINES ? lines : [
    ...lines.slice(0, half),
    `… ${lines.length - 2 * half} more lines …`,
    ...lines.slice(-half),
  ];
  return `\n\n${fence(shown.join("\n"), "text")}`;
}
