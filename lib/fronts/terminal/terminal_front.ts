/** The front end for the terminal: shows what the session says, and asks the session's questions. */

import type { Engine } from "../../cells/engine/engine.ts";
import type { CellError, Output } from "../../cells/engine/protocol.ts";
import { shortPath } from "../../course/catalog.ts";
import type { Front } from "../../course/front.ts";
import type { Journal } from "../../course/progress/journal.ts";
import type { Help, SessionEvent, View } from "../../course/session_events.ts";
import type { SessionState } from "../../course/session_state.ts";
import { GUESS_LABEL } from "../../contract/help.ts";
import { highlight } from "../text/highlight.ts";
import { renderMarkdown } from "../text/markdown.ts";
import { transcript } from "../text/transcript.ts";
import { visibleLine } from "../text/visible.ts";
import { edit, findEditor } from "./editor.ts";
import { isComplete } from "./is_complete.ts";
import { keysNow } from "./key_line.ts";
import { noticeText } from "./notices.ts";
import { ask } from "./prompt.ts";
import type { StepView } from "./step_view.ts";
import type { TerminalUi } from "./terminal_ui.ts";
import { walkFrames } from "./walk_frames.ts";

/** What the front end for the terminal needs. */
interface TerminalFrontOptions {
  ui: TerminalUi;
  steps: StepView;
  engine: Engine;
  /** The journal, which has the code typed in earlier plays. */
  journal: Journal;
  /** The learner's answer to an exercise. */
  answer(id: string): string | undefined;
  post(event: SessionEvent): void;
}

const PLAY_LABEL = "› ";
const PLAY_KEYS = "Enter runs · Alt-Enter new line · ↑ earlier · Esc back to the lesson";

/** Draws one lesson in the terminal. */
export class TerminalFront implements Front {
  readonly #options: TerminalFrontOptions;
  readonly #ui: TerminalUi;
  #printed = false; //     whether the running cell has output something
  #typed: string[] = []; // the code typed in play, oldest first

  constructor(options: TerminalFrontOptions) {
    this.#options = options;
    this.#ui = options.ui;
  }

  async view(view: View, state: SessionState): Promise<void> {
    const { steps, post } = this.#options;
    const { renderer } = this.#ui;
    switch (view.type) {
      case "step":
        this.#printed = false;
        steps.show(state);
        if (!steps.more) post({ type: "shown" });
        return;
      case "answer":
        return steps.showAnswer(view.id);
      case "output":
        return this.#output(view.output, state);
      case "settle":
        this.#printed = false;
        return this.#ui.settle();
      case "errors":
        for (const error of view.errors) this.#ui.print("\n" + renderer.error(error));
        return;
      case "notice":
        return this.#ui.say(noticeText(view.notice));
      case "hint":
        return this.#markdown(`**Hint ${view.number} of ${view.total}** ${view.text}`);
      case "solution":
        return this.#solution(view.id, view.help);
      case "guesses":
        for (const guess of view.guesses) {
          const line = renderer.text(`${renderer.style.bold(GUESS_LABEL)} ${visibleLine(guess)}`);
          this.#ui.print(`${view.answered ? "\n" : ""}${line}`);
        }
        return;
      case "frames":
        return await walkFrames(this.#ui, this.#options.engine, view.frames);
      case "ask guess":
        return await this.#askGuess(view.id);
      case "ask code":
        return await this.#askCode(view.first);
      case "ask keep":
        return await this.#askKeep();
    }
  }

  changed(state: SessionState): void {
    if (state.phase === "running") this.#options.steps.release(); // code that is run is shown in full
    const { columns } = this.#ui.terminal;
    this.#ui.region.statusLine = this.#ui.keyLine(keysNow(state, this.#options.steps.more, columns));
  }

  async attend<T>(work: Promise<T>, stop: () => void): Promise<T> {
    this.#ui.region.statusLine = this.#ui.keyLine("Ctrl-C stops");
    return await this.#ui.attend(work, stop);
  }

  async edit(path: string): Promise<boolean> {
    const file = shortPath(path);
    const editor = findEditor();
    if (!editor) {
      this.#ui.say(
        `Open ${file} in an editor in another window, write your code there and save it: it is checked here at once. ` +
          "(If you set $EDITOR, for example EDITOR=nano, e opens the file)",
      );
      return false;
    }
    if (!editor.hasWindow) this.#ui.suspend();
    const problem = await edit(editor, file);
    if (!editor.hasWindow) this.#ui.resume();
    if (problem) this.#ui.say(`${problem}. Open ${file} yourself and save it: it is checked here at once`);
    else if (editor.hasWindow) {
      this.#ui.say(`${file} opens in ${editor.command}. Save it there, and it is checked here at once`);
    }
    return !problem && !editor.hasWindow;
  }

  transcribe(outputs: readonly Output[], error?: CellError): { text: string; ansi?: string } {
    return transcript(outputs, error, this.#ui.renderer);
  }

  #output(output: Output, { play }: SessionState): void {
    if (!this.#printed && !play) this.#ui.print("\n");
    this.#printed = true;
    this.#ui.output(output);
  }

  /** Shows the solution below the learner's answer. */
  #solution(id: string, { solution, explanation }: Help): void {
    const { renderer, region } = this.#ui;
    const { bold } = renderer.style;
    const own = this.#options.answer(id)?.replace(/^(\/\/[^\n]*\n|\s*\n)+/, "").trimEnd();
    const yours = own ? `${bold("Your answer")}\n${renderer.bareCode(own)}` : "";
    region.settle();
    this.#ui.print(`\n${yours}${bold("The solution")}\n${renderer.bareCode(solution)}`);
    this.#markdown(explanation);
  }

  async #askGuess(id: string): Promise<void> {
    const text = await ask(this.#ui, { label: "Your guess: ", keys: "Enter saves it · Esc skips" });
    this.#options.post({ type: "guess", id, text });
  }

  async #askCode(first: boolean): Promise<void> {
    const { renderer, region } = this.#ui;
    if (first) {
      const { entries } = this.#options.journal;
      this.#typed = entries.flatMap((entry) => entry.type === "play" ? [entry.source] : []);
      region.settle();
      this.#ui.print(`\n${renderer.rule("play", "the lesson's variables are here")}`);
    }
    const source = await ask(this.#ui, { label: PLAY_LABEL, keys: PLAY_KEYS, history: this.#typed, isComplete });
    if (source?.trim()) {
      if (this.#typed.at(-1) !== source) this.#typed.push(source);
      const lines = highlight(source, renderer.style).split("\n");
      this.#ui.print(lines.map((line, i) => (i === 0 ? PLAY_LABEL : "· ") + line + "\n").join(""));
    }
    this.#options.post({ type: "code", source });
  }

  async #askKeep(): Promise<void> {
    const { keys, region } = this.#ui;
    region.statusLine = this.#ui.keyLine("k keep your changes · d drop them: the lesson is as it was before");
    let key = await keys.next();
    while (key !== "k" && key !== "d" && key !== "end") key = await keys.next();
    if (key === "end") keys.unread([key]);
    this.#options.post({ type: "keep", kept: key !== "d" });
  }

  #markdown(text: string): void {
    const { renderer, region } = this.#ui;
    region.settle();
    this.#ui.print("\n" + renderMarkdown(text, renderer.columns, renderer.style) + "\n");
  }
}
