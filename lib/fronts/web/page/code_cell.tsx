/** Shows the code of a cell, which can be changed in place and put back as it was. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Cell } from "../../../cells/document/document.ts";
import { Code } from "./code.tsx";
import { Editor } from "./editor.tsx";
import type { LessonModel } from "./lesson_model.ts";

/** A cell of code. A question to think about has nothing to change. */
export function CodeCell({ model, cell, index }: { model: LessonModel; cell: Cell; index: number }): VNode {
  const [code, setCode] = useState<string>();
  const [problem, setProblem] = useState("");
  const { state } = model;
  const original = model.original.cells[cell.index].source;
  const change = (source: string): void => {
    try {
      model.change(index, cell.index, source);
      setCode(undefined);
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const isBusy = state.phase === "running";
  const isChanged = cell.source !== original;
  if (code === undefined) {
    const mayEdit = state.steps[index].code === cell;
    return (
      <div class="cell">
        <Code source={cell.source} />
        {mayEdit && (
          <p class="buttons cell-buttons">
            <button type="button" class="quiet" onClick={() => setCode(cell.source)} disabled={isBusy}>Edit</button>
            {isChanged && (
              <button type="button" class="quiet" onClick={() => change(original)} disabled={isBusy}>As it was</button>
            )}
          </p>
        )}
      </div>
    );
  }
  return (
    <div class="cell">
      <Editor
        source={code}
        label={`The code of step ${index + 1}`}
        focus
        changed={setCode}
        submit={() => change(code)}
      />
      {problem && <p class="error" role="alert">{problem}</p>}
      <p class="buttons">
        <button type="button" class="main" onClick={() => change(code)} disabled={isBusy}>Run this cell</button>
        <button type="button" onClick={() => setCode(undefined)}>Cancel</button>
        {code !== original && <button type="button" class="quiet" onClick={() => setCode(original)}>As it was</button>}
      </p>
    </div>
  );
}
