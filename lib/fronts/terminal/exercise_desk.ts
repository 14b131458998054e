/** The exercises of a lesson at the terminal: the learner's file, its checks, hints, the solution. */

import { resolve } from "node:path";
import { answerFile } from "../../course/answers/answer_file.ts";
import type { Answers } from "../../course/answers/answers.ts";
import { edit, findEditor } from "./editor.ts";
import { typeCheck } from "../../course/answers/type_check.ts";
import { shortPath } from "../../course/course.ts";
import type { Engine } from "../../cells/engine/engine.ts";
import type { Code, ExerciseVerdict, LessonError } from "../../cells/engine/protocol.ts";
import type { Cell, Lesson } from "../../cells/document/document.ts";
import type { Journal } from "../../course/progress/journal.ts";
import type { ExerciseProgress, Progress } from "../../course/progress/progress.ts";
import type { Step } from "../../course/stepper.ts";
import { renderMarkdown } from "../text/markdown.ts";
import type { Stage } from "./stage.ts";

/** What the exercises of a lesson need. */
export interface DeskOptions {
  /** The name of the lesson in the progress, and its file as a URL. */
  name: string;
  url: string;
  lesson: Lesson;
  engine: Engine;
  progress: Progress;
  journal: Journal;
  answers: Answers;
  /** A folder for what type checks need. */
  scratch: string;
}

/** What was said of an answer that was run. */
export type Judged = "passed" | "open" | "wrong";

/** Holds what is known of each exercise of one lesson. */
export class ExerciseDesk {
  lesson: Lesson;
  readonly #options: DeskOptions;
  readonly #stage: Stage;
  readonly #verdicts = new Map<string, ExerciseVerdict>();
  readonly #missing = new Set<string>(); // answers whose loss has been said
  #checking?: AbortController;

  constructor(stage: Stage, options: DeskOptions) {
    this.#stage = stage;
    this.#options = options;
    this.lesson = options.lesson;
  }

  /** Which exercise a step is about: it asks it, or judges it. */
  idOf(step: Step | undefined): string | undefined {
    const cell = step?.code ?? step?.cells.at(-1);
    return cell?.id && cell.tags.some((tag) => tag === "exercise" || tag === "check") ? cell.id : undefined;
  }

  /** How far an exercise has come, over all sessions. */
  known(id: string): ExerciseProgress {
    const { progress, name } = this.#options;
    return progress.exerciseOf(progress.lesson(name), id);
  }

  /** What the last check of this session said; undefined before the first. */
  last(id: string): Judged | undefined {
    const kind = this.#verdicts.get(id)?.kind;
    return kind === undefined || kind === "passed" || kind === "open" ? kind : "wrong";
  }

  /** The code to run for a cell: the learner's answer in the place of the exercise. */
  code(cell: Cell): Code {
    const { index, source, line } = cell;
    if (!cell.tags.includes("exercise") || !cell.id) return { index, source, line, quiet: cell.tags.includes("check") };
    const answer = this.#options.answers.read(cell.id);
    if (answer === undefined) {
      this.#sayMissing(cell.id);
      return { index, source, line, exercise: true };
    }
    return { index, source: answer, line: 1, file: this.path(cell.id), exercise: true };
  }

  /** Where an answer lies. */
  path(id: string): string {
    return resolve(this.#options.answers.path(id));
  }

  /** An answer that was there, and is not: said once. */
  #sayMissing(id: string): void {
    if (!this.known(id).opened || this.#missing.has(id)) return;
    this.#missing.add(id);
    this.#stage.say(
      `Your answer ${shortPath(this.path(id))} is gone, or empty: the exercise is open again, and e makes a new file`,
    );
  }

  /** Notes what the judge says. */
  judged(verdict: ExerciseVerdict): void {
    const { progress, journal, name, answers } = this.#options;
    const { id, kind, message } = verdict;
    this.#verdicts.set(id, verdict);
    if (kind === "open") return;
    progress.exercise(name, id, ({ tries, passed }) => ({ tries: tries + 1, passed: passed || kind === "passed" }));
    journal.add({ type: "answer", id, kind, message, source: answers.read(id) ?? "" });
  }

  /** An answer that stopped before it could be judged: open if it is still a blank. */
  stopped(id: string, error: LessonError): Judged {
    const { progress, journal, name, answers } = this.#options;
    if (error.name === "BlankError") return "open";
    progress.exercise(name, id, ({ tries }) => ({ tries: tries + 1 }));
    journal.add({ type: "answer", id, kind: "error", message: error.message, source: answers.read(id) ?? "" });
    return "wrong";
  }

  /** What the answer file of an exercise begins with; undefined if the lesson has no such exercise. */
  starter(id: string): string | undefined {
    const cell = this.lesson.cells.find((found) => found.id === id && found.tags.includes("exercise"));
    if (!cell) return undefined;
    const above = this.lesson.cells[cell.index - 1];
    return answerFile(this.#options.name, cell, above?.kind === "markdown" ? above : undefined);
  }

  /**
   * Opens the learner's file, made from the starter at the first time.
   *
   * @returns Whether they have been in it and come back.
   */
  async edit(id: string): Promise<boolean> {
    const { answers, progress, name } = this.#options;
    const starter = this.starter(id);
    if (starter === undefined) {
      this.#stage.say(`There is nothing to edit here: no cell of this lesson is the exercise ${id}`);
      return false;
    }
    const path = shortPath(this.path(id));
    try {
      answers.create(id, starter);
    } catch (error) {
      const reason = (error as Error).message.replace(/, run again with.*/, "");
      this.#stage.say(`Your answer cannot be kept in ${path} (${reason}); the lesson goes on without it`);
      return false;
    }
    this.#missing.delete(id);
    if (!this.known(id).opened) progress.exercise(name, id, () => ({ opened: true }));
    const editor = findEditor();
    if (!editor) {
      this.#stage.say(
        `Open ${path} in an editor, in another window, put your code there and save: it is checked here at once. ` +
          "(No $EDITOR is set; with one, such as EDITOR=nano, e opens it)",
      );
      return false;
    }
    if (!editor.windowed) this.#stage.suspend();
    const problem = await edit(editor, path);
    if (!editor.windowed) this.#stage.resume();
    if (problem) this.#stage.say(`${problem}. Open ${path} yourself and save it: it is checked here at once`);
    else if (editor.windowed) {
      this.#stage.say(`${path} opens in ${editor.command}. Save it there, and it is checked here at once`);
    }
    return !problem && !editor.windowed;
  }

  /** Shows the next hint; after the last one, that one again. */
  async hint(id: string): Promise<void> {
    const { progress, journal, name } = this.#options;
    const { hints } = await this.#card(id) ?? { hints: [] };
    if (hints.length === 0) return this.#stage.say("There are no hints here");
    const number = Math.min(this.known(id).hints + 1, hints.length);
    progress.exercise(name, id, () => ({ hints: number }));
    journal.add({ type: "hint", id, hint: hints[number - 1] });
    this.#print(`**Hint ${number} of ${hints.length}** ${hints[number - 1]}`);
    if (number === hints.length) this.#stage.say("That was the last hint; s shows the solution");
  }

  /** Shows the solution beside the learner's answer: once that has passed, or after the last hint. */
  async solution(id: string): Promise<void> {
    const { journal, answers } = this.#options;
    const card = await this.#card(id);
    if (!card) return this.#stage.say("There is no solution here");
    const { passed, hints } = this.known(id);
    if (!passed && hints < card.hints.length) {
      const left = card.hints.length - hints;
      return this.#stage.say(
        `The solution opens once your answer passes, or after the last hint: h shows the next of ${left}`,
      );
    }
    journal.add({ type: "solution", id });
    const { renderer } = this.#stage;
    const { bold } = renderer.style;
    const own = answers.read(id)?.replace(/^(\/\/[^\n]*\n|\s*\n)+/, "").trimEnd();
    const yours = own ? `${bold("Your answer")}\n${renderer.bareCode(own)}` : "";
    this.#stage.area.settle();
    this.#stage.print(`\n${yours}${bold("The solution")}\n${renderer.bareCode(card.solution)}`);
    this.#print(card.explanation);
  }

  /** Puts the learner's answer aside; says where it lies. */
  setAside(id: string): void {
    const aside = this.#options.answers.setAside(id);
    if (!aside) return this.#stage.say("There is no answer to put aside");
    this.#verdicts.delete(id);
    this.#options.progress.exercise(this.#options.name, id, () => ({ opened: false, hints: 0 }));
    this.#stage.say(`Your answer lies in ${shortPath(resolve(aside))} now, and the exercise is open again`);
  }

  /** Looks at the types of an answer in the background; `found` gets the errors, if it was not overtaken by the next look. */
  checkTypes(id: string, found: (errors: LessonError[]) => void): void {
    this.#checking?.abort();
    const { answers, url, scratch } = this.#options;
    const cell = this.lesson.cells.find((other) => other.id === id && other.tags.includes("exercise"));
    const answer = answers.read(id);
    if (!cell || answer === undefined) return;
    const controller = this.#checking = new AbortController();
    const path = this.path(id);
    const { signal } = controller;
    typeCheck({ url, cells: this.lesson.cells, cell, answer, path, directory: scratch, signal }).then((errors) => {
      if (!signal.aborted && errors.length > 0) found(errors);
    });
  }

  /** Ends what runs in the background. */
  close(): void {
    this.#checking?.abort();
  }

  /** Hints and solution of an exercise: from its last check, or by asking for a verdict on nothing. */
  async #card(id: string): Promise<ExerciseVerdict | undefined> {
    const known = this.#verdicts.get(id);
    if (known) return known;
    let card: ExerciseVerdict | undefined;
    const { engine } = this.#options;
    const code: Code = { index: -1, source: `await check(${JSON.stringify(id)}, undefined);`, line: 1, file: "play" };
    const look = engine.aside(code, (output) => {
      if (output.type === "verdict") card = output.verdict;
    });
    await this.#stage.attend(look, () => engine.interrupt());
    return card;
  }

  #print(markdown: string): void {
    const { renderer } = this.#stage;
    this.#stage.area.settle();
    this.#stage.print("\n" + renderMarkdown(markdown, renderer.columns, renderer.style) + "\n");
  }
}
