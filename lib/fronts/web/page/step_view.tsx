/** Draws one step of a lesson: its text, its code, what can be done with it, and what came of it. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Cell } from "../../../cells/document/document.ts";
import { exerciseState } from "../../../course/session_state.ts";
import { exerciseOf, questionOf } from "../../../course/steps.ts";
import { CodeCell } from "./code_cell.tsx";
import { Editor } from "./editor.tsx";
import { extraOf } from "./extra_views.tsx";
import { drawFormula } from "./formula.tsx";
import { type LessonModel, STATE } from "./lesson_model.ts";
import { Markdown } from "./markdown.tsx";
import { OutputView } from "./output_view.tsx";
import { headingOf } from "./heading_of.ts";

/** The folder of the site. */
const SITE = new URL("../", import.meta.url);

/** A step. */
export function StepView({ model, index }: { model: LessonModel; index: number }): VNode {
  const { state } = model;
  const step = state.steps[index];
  const isHere = state.at === index;
  const isRunning = isHere && state.phase === "running";
  const heading = headingOf(state.steps, index);
  const exercise = exerciseOf(step);
  const stale = step.code !== undefined && state.stale.has(step.code.index);
  const classes = ["step", isHere ? "here" : index < state.reached ? "done" : "ahead", isRunning ? "running" : ""];
  return (
    <section
      class={classes.join(" ").trim()}
      id={`step-${index + 1}`}
      aria-label={`${index + 1} ${heading}`}
      aria-current={isHere ? "step" : undefined}
    >
      <StepHead model={model} index={index} note={stale ? "stale" : ""} />
      {step.cells.map((cell) => <CellView key={cell.index} model={model} cell={cell} index={index} />)}
      {extraOf(model.name, step.cells, { site: SITE, folder: STATE, since: state.reached })}
      {questionOf(step) && <Guess model={model} id={questionOf(step)!.id} isHere={isHere} />}
      {exercise !== undefined && <Help model={model} id={exercise} isHere={isHere} />}
      <div class="outputs">
        {model.shownAt(index).map((shown, i) => <OutputView key={i} shown={shown} model={model} />)}
      </div>
    </section>
  );
}

function StepHead({ model, index, note }: { model: LessonModel; index: number; note: string }): VNode {
  const { state } = model;
  const go = (): void => model.post({ type: "goto", at: index });
  return (
    <p class="step-head">
      <span class="number">{index + 1}</span>
      {note && <span class="note">{note}</span>}
      {state.at !== index && (
        <button type="button" class="quiet" onClick={go} disabled={state.phase === "running"}>
          {index > state.reached ? "Run to here" : "Go here"}
        </button>
      )}
    </p>
  );
}

function CellView({ model, cell, index }: { model: LessonModel; cell: Cell; index: number }): VNode | null {
  if (cell.kind !== "code") return <Markdown text={cell.source} formula={drawFormula} level={1} />;
  if (cell.tags.includes("exercise")) return <AnswerView model={model} cell={cell} index={index} />;
  return <CodeCell model={model} cell={cell} index={index} />;
}

/** The code of an exercise, which the learner writes. */
function AnswerView({ model, cell, index }: { model: LessonModel; cell: Cell; index: number }): VNode {
  const known = model.answerCode(cell.id) ?? cell.source;
  const [code, setCode] = useState(model.drafts.of(cell.id) ?? known);
  const [seen, setSeen] = useState(known);
  if (known !== seen) { // it was reset, or written in another window
    setSeen(known);
    setCode(known);
  }
  const check = (): void => model.check(index, code);
  const write = (text: string): void => {
    setCode(text);
    model.drafts.keep(cell.id, text === known ? undefined : text);
  };
  const { state } = model;
  const { judged, passed } = exerciseState(state, cell.id);
  const mark = judged === "passed" || (judged === undefined && passed)
    ? "✓ solved"
    : judged === "wrong"
    ? "not yet"
    : "";
  return (
    <div class="answer">
      <Editor source={code} label={`Your answer to ${cell.id}`} changed={write} submit={check} />
      <p class="buttons">
        <button type="button" class="main" onClick={check} disabled={state.phase === "running"}>Check</button>
        <span class="mark">{mark}</span>
      </p>
    </div>
  );
}

function Help({ model, id, isHere }: { model: LessonModel; id: string; isHere: boolean }): VNode | null {
  if (!isHere) return null;
  const { state } = model;
  const busy = state.phase === "running" || model.attending;
  const hasAnswer = model.answerCode(id) !== undefined;
  const startOver = (): void => {
    model.drafts.keep(id, undefined);
    model.post({ type: "reset", what: "answer" });
  };
  return (
    <p class="buttons">
      <button type="button" onClick={() => model.post({ type: "hint" })} disabled={busy}>Hint</button>
      <button type="button" onClick={() => model.post({ type: "solution" })} disabled={busy}>Solution</button>
      {hasAnswer && (
        <button
          type="button"
          class="quiet"
          onClick={startOver}
          disabled={busy}
        >
          Start my answer over
        </button>
      )}
    </p>
  );
}

/** Asks for a guess, before the answer is there. */
function Guess({ model, id, isHere }: { model: LessonModel; id: string; isHere: boolean }): VNode | null {
  const [text, setText] = useState("");
  const asks = isHere && model.question?.type === "guess" && model.question.id === id;
  const known = model.state.guesses[id];
  if (!asks) {
    return known === undefined ? null : (
      <p class="guesses">
        <strong>Your guess:</strong> {known}
      </p>
    );
  }
  const answer = (given?: string): void => model.answer({ type: "guess", id, text: given });
  return (
    <form
      class="guess"
      onSubmit={(event) => {
        event.preventDefault();
        answer(text);
      }}
    >
      <label>
        Your guess: <input value={text} onInput={(event) => setText(event.currentTarget.value)} autocomplete="off" />
      </label>
      <button type="submit" class="main">Save</button>
      <button type="button" onClick={() => answer()}>Skip</button>
    </form>
  );
}
