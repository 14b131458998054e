/** Asks short questions: where to go, and what to start over. */

import { ask } from "./prompt.ts";
import type { TerminalUi } from "./terminal_ui.ts";

/** Asks for the number of a step, from 1 to `count`; undefined to stay. */
export async function askStep(ui: TerminalUi, count: number): Promise<number | undefined> {
  const answer = await ask(ui, { label: `step (1 to ${count}): `, keys: "Enter goes there · Esc stays here" });
  if (answer === undefined || answer.trim() === "") return undefined;
  const step = Number(answer);
  if (Number.isInteger(step) && step >= 1 && step <= count) return step;
  ui.say(`There is no step "${answer.trim()}": choose a number from 1 to ${count}`);
  return undefined;
}

/**
 * Shows the course and asks for a lesson; undefined to stay.
 *
 * @param wrong Says what is wrong with a name or number.
 */
export async function askLesson(
  ui: TerminalUi,
  list: string,
  wrong: (asked: string) => string | undefined,
): Promise<string | undefined> {
  ui.print(`\n${list}`);
  const keys = "type a number or a name · Enter goes there · Esc stays here";
  const asked = (await ask(ui, { label: "lesson: ", keys }))?.trim();
  if (!asked) return undefined;
  const problem = wrong(asked);
  if (problem === undefined) return asked;
  ui.say(problem);
  return undefined;
}

/** Asks what to start over: the lesson, or the answer, if there is one. */
export async function askReset(ui: TerminalUi, answered: boolean): Promise<"lesson" | "answer" | undefined> {
  const keys = ["x start this lesson over", ...(answered ? ["a start this answer over"] : []), "Esc cancel"];
  ui.region.statusLine = ui.keyLine(keys.join(" · "));
  const key = await ui.keys.next();
  if (key === "end") ui.keys.unread([key]);
  return key === "x" ? "lesson" : key === "a" && answered ? "answer" : undefined;
}
