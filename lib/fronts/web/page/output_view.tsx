/** Draws what stands below the code of a step. */

import type { VNode } from "preact";
import type { CellError } from "../../../cells/engine/protocol.ts";
import { GUESS_LABEL } from "../../../contract/help.ts";
import type { ExerciseVerdict } from "../../../course/verdict.ts";
import { Code } from "./code.tsx";
import { drawFormula } from "./formula.tsx";
import { Markdown } from "./markdown.tsx";
import { Picture } from "./picture.tsx";
import type { Shown } from "./shown.ts";
import type { LessonModel } from "./lesson_model.ts";
import { withoutSequences } from "./without_sequences.ts";

/** One thing that is shown. */
export function OutputView({ shown, model }: { shown: Shown; model: LessonModel }): VNode {
  switch (shown.type) {
    case "text":
      return <pre class={`output ${shown.stream}`} tabIndex={0}>{withoutSequences(shown.text)}</pre>;
    case "picture":
      return <Picture bundle={shown.bundle} frames={shown.frames} engine={model.engine} />;
    case "verdict":
      return <VerdictView verdict={shown.verdict} />;
    case "error":
      return <ErrorView error={shown.error} />;
    case "notice":
      return <p class="notice" role="status">{shown.text}</p>;
    case "hint":
      return (
        <div class="hint" role="status">
          <strong>Hint {shown.number} of {shown.total}</strong>
          <Markdown text={shown.text} formula={drawFormula} level={2} />
        </div>
      );
    case "solution":
      return (
        <div class="solution" role="status">
          <strong>The solution</strong>
          <Code source={shown.help.solution} />
          <Markdown text={shown.help.explanation} formula={drawFormula} level={2} />
        </div>
      );
    case "guesses":
      return (
        <div class="guesses">
          {shown.guesses.map((guess) => (
            <p>
              <strong>{GUESS_LABEL}</strong> {guess}
            </p>
          ))}
        </div>
      );
  }
}

const SIGNS: Record<ExerciseVerdict["kind"], string> = { passed: "✓", open: "○", error: "✗", mistake: "✗", wrong: "✗" };

function VerdictView({ verdict }: { verdict: ExerciseVerdict }): VNode {
  const { kind, message, picture, error, attempt } = verdict;
  return (
    <div class={`verdict ${kind === "passed" || kind === "open" ? kind : "wrong"}`} role="status">
      <span class="sign" aria-hidden="true">{SIGNS[kind]}</span>
      <div>
        <Markdown text={message} formula={drawFormula} level={2} />
        {picture && <pre class="output" tabIndex={0}>{picture}</pre>}
        {error && <ErrorView error={error} />}
        {attempt !== undefined && attempt > 1 && kind !== "open" && <p class="attempt">try {attempt}</p>}
      </div>
    </div>
  );
}

/** An error, with the learner's own line. */
function ErrorView({ error }: { error: CellError }): VNode {
  const { name, message, place, excerpt } = error;
  const at = place && `${place.file.replace(/^\//, "")}:${place.line}:${place.column}`;
  return (
    <div class="error" role="alert">
      <p>
        <strong>{name}:</strong> {withoutSequences(message)}
      </p>
      {excerpt && <pre class="excerpt" tabIndex={0}>{withoutSequences(excerpt)}</pre>}
      {at && <p class="place">{at}</p>}
    </div>
  );
}
