/** Lists the variables of the lesson: types, shapes, and what their numbers are like. */

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Variable } from "../../../cells/engine/protocol.ts";
import type { LessonModel } from "./lesson_model.ts";
import { Picture } from "./picture.tsx";

/** The panel. */
export function VariablesPanel({ model, close }: { model: LessonModel; close(): void }): VNode {
  const [variables, setVariables] = useState<readonly Variable[]>();
  const [picture, setPicture] = useState<{ name: string; bundle: Record<string, string> }>();
  const { phase, at } = model.state;
  useEffect(() => {
    if (phase !== "running") void model.engine.variables().then(setVariables);
  }, [phase, at]);
  const show = async (name: string): Promise<void> => {
    const bundle = await model.engine.picture(name);
    if (bundle) setPicture({ name, bundle });
  };
  return (
    <aside class="panel" role="region" aria-label="Variables">
      <p class="panel-head">
        <strong>Variables</strong>
        <button type="button" onClick={close}>Close</button>
      </p>
      {variables?.length === 0 && <p>No variables yet: run a cell first</p>}
      <div class="wide" tabIndex={0} role="group" aria-label="List of variables">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Shape</th>
              <th scope="col">Numbers</th>
            </tr>
          </thead>
          <tbody>
            {variables?.map((variable) => (
              <tr>
                <th scope="row">
                  <button type="button" class="quiet" onClick={() => show(variable.name)}>{variable.name}</button>
                </th>
                <td>{variable.type}</td>
                <td>{variable.shape?.join(" × ")}</td>
                <td>{numbersOf(variable)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {picture && (
        <div>
          <p>
            <strong>{picture.name}</strong>
          </p>
          <Picture bundle={picture.bundle} engine={model.engine} />
        </div>
      )}
    </aside>
  );
}

function numbersOf({ numbers, preview }: Variable): string {
  if (!numbers || numbers.min === numbers.max) return preview;
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const nan = numbers.nan > 0 ? `, ${numbers.nan} NaN` : "";
  return `${short(numbers.min)} … ${short(numbers.max)}, mean ${short(numbers.mean)}${nan}`;
}
