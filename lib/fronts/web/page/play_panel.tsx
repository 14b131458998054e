/** Play: the learner's own code in the middle of a lesson. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Editor } from "./editor.tsx";
import type { LessonModel } from "./lesson_model.ts";

/** The panel; its outputs stand below the step. */
export function PlayPanel({ model }: { model: LessonModel }): VNode {
  const [code, setCode] = useState("");
  const run = (): void => {
    if (code.trim() === "") return;
    model.answer({ type: "code", source: code });
    setCode("");
  };
  if (model.question?.type === "keep") {
    const keep = (kept: boolean) => (): void => model.answer({ type: "keep", kept });
    return (
      <aside class="panel" role="region" aria-label="Play">
        <p>Keep what your code has changed, or drop it: then the lesson is as it was before</p>
        <p class="buttons">
          <button type="button" class="main" onClick={keep(true)}>Keep</button>
          <button type="button" onClick={keep(false)}>Drop</button>
        </p>
      </aside>
    );
  }
  return (
    <aside class="panel" role="region" aria-label="Play">
      <p class="panel-head">
        <strong>Play</strong> the lesson's variables are here
      </p>
      <Editor source={code} label="Your own code" focus changed={setCode} submit={run} />
      <p class="buttons">
        <button type="button" class="main" onClick={run}>Run my code</button>
        <button type="button" onClick={() => model.answer({ type: "code" })}>Back to the lesson</button>
      </p>
    </aside>
  );
}
