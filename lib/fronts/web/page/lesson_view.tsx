/** Draws an open lesson: its steps, and the bar with what can be done now. */

import type { VNode } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import { exerciseState } from "../../../course/session_state.ts";
import type { SessionState } from "../../../course/session_state.ts";
import { stepOf } from "../../../course/steps.ts";
import { eventOfKey, KEYS } from "./keys.ts";
import type { LessonModel } from "./lesson_model.ts";
import { noteText } from "./notice_text.ts";
import { StepView } from "./step_view.tsx";
import { VariablesPanel } from "./variables_panel.tsx";
import { PlayPanel } from "./play_panel.tsx";

/** A lesson. */
export function LessonView(
  { model, number, nextTitle }: { model: LessonModel; number: string; nextTitle?: string },
): VNode {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [panel, setPanel] = useState<"variables" | "keys" | undefined>();
  useEffect(() => model.subscribe(() => redraw(undefined)), [model]);
  const { state } = model;
  const { at, steps } = state;
  useEffect(() => reveal(at), [at]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = eventOfKey(event, state.phase === "running");
      if (!action) return;
      event.preventDefault();
      if (action.type === "stop") model.stop();
      else if (action.type === "panel") setPanel((open) => open === action.panel ? undefined : action.panel);
      else if (action.type === "edit") document.querySelector<HTMLElement>(".step.here .cm-content")?.focus();
      else if (action.type === "reset") askReset(model);
      else if (action.type === "course") location.hash = "#/";
      else model.act(action.event);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <main class="lesson">
      <h1>
        <span class="number">{number}</span> {state.lesson.title}
      </h1>
      {steps.map((_, index) => <StepView key={index} model={model} index={index} />)}
      {at >= steps.length && <LessonEnd model={model} nextTitle={nextTitle} />}
      {(model.question?.type === "code" || model.question?.type === "keep") && <PlayPanel model={model} />}
      {panel === "variables" && <VariablesPanel model={model} close={() => setPanel(undefined)} />}
      {panel === "keys" && <KeyList close={() => setPanel(undefined)} />}
      <Bar
        model={model}
        state={state}
        showVariables={() => setPanel((open) => open === "variables" ? undefined : "variables")}
      />
    </main>
  );
}

function Bar(
  { model, state, showVariables }: { model: LessonModel; state: SessionState; showVariables(): void },
): VNode {
  const { at, steps, phase, note } = state;
  const isRunning = phase === "running" || model.attending;
  const step = steps[at];
  const post = (type: "next" | "back" | "again") => () => model.act({ type });
  return (
    <nav class="bar" aria-label="Lesson">
      <button type="button" onClick={post("back")} disabled={isRunning || at === 0}>Back</button>
      <button type="button" onClick={post(phase === "waiting" ? "next" : "again")} disabled={isRunning || !step?.code}>
        Run
      </button>
      <button type="button" class="main" onClick={post("next")} disabled={isRunning}>Next</button>
      <button type="button" onClick={() => model.stop()} disabled={!isRunning && note?.type !== "replaying"}>
        Stop
      </button>
      <span class="place" role="status">
        {isRunning
          ? noteText(note) || "running …"
          : noteText(note) || (step ? `${at + 1} of ${steps.length}` : "the end")}
      </span>
      <button type="button" onClick={showVariables} disabled={isRunning}>Variables</button>
      <button
        type="button"
        onClick={() => model.post({ type: "play" })}
        disabled={isRunning || model.question?.type === "code"}
      >
        Play
      </button>
      <button type="button" onClick={() => askReset(model)} disabled={isRunning}>Reset</button>
    </nav>
  );
}

function LessonEnd({ model, nextTitle }: { model: LessonModel; nextTitle?: string }): VNode {
  const { state } = model;
  const open = state.lesson.cells.filter(({ tags, id }) =>
    tags.includes("exercise") && !exerciseState(state, id).passed
  );
  return (
    <section class="step here end" aria-label="The end">
      {open.length === 0
        ? (
          <p class="verdict passed">
            <span class="sign">✓</span> This lesson is done
          </p>
        )
        : (
          <p>
            You have read all of it. Still open: {open.map(({ id, index }) => (
              <button
                type="button"
                class="quiet"
                onClick={() => model.post({ type: "goto", at: stepOf(state.steps, index) })}
              >
                {id}
              </button>
            ))}
          </p>
        )}
      {nextTitle && <p>Next: {nextTitle}</p>}
    </section>
  );
}

function KeyList({ close }: { close(): void }): VNode {
  return (
    <aside class="panel" role="region" aria-label="Keys">
      <p class="panel-head">
        <strong>Keys</strong>
        <button type="button" onClick={close}>Close</button>
      </p>
      <dl>{KEYS.map(([key, what]) => [<dt key={key}>{key}</dt>, <dd key={what}>{what}</dd>])}</dl>
    </aside>
  );
}

function askReset(model: LessonModel): void {
  if (confirm("Start this lesson over? Your answers are kept")) model.post({ type: "reset", what: "lesson" });
}

/** Brings the step into view, unless its head is there already. */
function reveal(at: number): void {
  const step = document.querySelector(`#step-${at + 1}, .step.end`);
  if (!step) return;
  const { top } = step.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.6) step.scrollIntoView({ block: "start" });
}
