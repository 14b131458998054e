// A front end for tests: it answers the session's questions, records what the session shows, and needs no terminal.
import type { CellError, Output } from "../../lib/cells/engine/protocol.ts";
import type { TypeChecker } from "../../lib/course/answers/type_checker.ts";
import { Answers } from "../../lib/course/answers/answers.ts";
import { SessionController } from "../../lib/course/controller.ts";
import type { Front } from "../../lib/course/front.ts";
import { type Lesson, parseLesson } from "../../lib/course/lesson.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { LessonStores } from "../../lib/course/lesson_stores.ts";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import type { SessionEvent, View } from "../../lib/course/session_events.ts";
import type { SessionState } from "../../lib/course/session_state.ts";
import { verdictOf } from "../../lib/course/verdict.ts";
import { courseGrants } from "../../lessons/permissions.ts";

/** What a test front end has seen. */
export interface Seen {
  /** The type of each view; for a notice, the type of the notice. */
  views: string[];
  outputs: Output[];
  errors: CellError[];
  /** The verdicts on answers: "relu-backward: open". */
  verdicts: string[];
}

/** One lesson, played without a screen. */
export class TestFront implements Front {
  readonly controller: SessionController;
  readonly stores: LessonStores & { progress: Progress; journal: Journal };
  readonly seen: Seen = { views: [], outputs: [], errors: [], verdicts: [] };
  /** Its answers: a guess, code for play, whether to keep the changes from play, and the text of an exercise's answer. */
  replies = { guess: "a guess", code: [] as string[], keep: true, answer: undefined as string | undefined };

  /**
   * @param path The lesson file.
   * @param directory The folder for progress, journal and answers.
   * @param dataFolders Folders that may have the data.
   * @param types What checks the types of answers; without it, nothing does.
   */
  constructor(path: string, directory: string, dataFolders: readonly string[] = [], types?: TypeChecker) {
    const lesson: Lesson = parseLesson(Deno.readTextFileSync(path), path);
    const url = new URL(`file://${Deno.realPathSync(path)}`).href;
    const name = path.replace(/^.*\/|\.ts$/g, "");
    const [progress, journal] = [new Progress(directory), new Journal(`${directory}/journal.jsonl`)];
    const answers = new Answers(`${directory}/answers`);
    this.stores = Object.assign(new LessonStores(name, { answers, progress, journal }), { progress, journal });
    const engine = lessonEngine({
      ...{ lesson, url, settings: { mode: "quick", seed: 1 }, grants: courseGrants(url, dataFolders) },
      screen: { columns: 80, rows: 24, colors: "none" },
    });
    this.controller = new SessionController({ lesson, name, engine, stores: this.stores, front: this, types });
    this.controller.start();
  }

  view(view: View, _state: SessionState): void {
    const { seen, replies, controller } = this;
    seen.views.push(view.type === "notice" ? view.notice.type : view.type);
    if (view.type === "step") controller.post({ type: "shown" });
    else if (view.type === "output") this.#output(view.output);
    else if (view.type === "errors") seen.errors.push(...view.errors);
    else if (view.type === "ask guess") controller.post({ type: "guess", id: view.id, text: replies.guess });
    else if (view.type === "ask code") controller.post({ type: "code", source: replies.code.shift() });
    else if (view.type === "ask keep") controller.post({ type: "keep", kept: replies.keep });
  }

  changed(): void {}

  attend<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  edit(path: string): boolean {
    if (this.replies.answer === undefined) return false;
    Deno.writeTextFileSync(path, this.replies.answer);
    return true;
  }

  transcribe(outputs: readonly Output[]): { text: string } {
    return { text: outputs.map((output) => output.type === "text" ? output.text : "").join("") };
  }

  /** Posts events, and waits until nothing is running. */
  async do(...events: SessionEvent[]): Promise<SessionState> {
    for (const event of events) {
      this.controller.post(event);
      await this.controller.settle();
      while (this.controller.state.phase === "running" || this.controller.state.until !== undefined) {
        await this.controller.ready();
        await this.controller.settle();
      }
    }
    return this.controller.state;
  }

  /** Continues until the lesson reaches the next step or its end. */
  async next(): Promise<SessionState> {
    const { at } = this.controller.state;
    let state = this.controller.state;
    for (let i = 0; i < 3 && state.at === at && !state.destination; i++) state = await this.do({ type: "next" });
    return state;
  }

  [Symbol.dispose](): void {
    this.controller.close();
  }

  #output(output: Output): void {
    this.seen.outputs.push(output);
    const verdict = verdictOf(output);
    if (verdict) this.seen.verdicts.push(`${verdict.id}: ${verdict.kind}`);
  }
}
