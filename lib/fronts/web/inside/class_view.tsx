/** ClassView: the scores of the classes, and what spoke for the one that is clicked. */

import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { FC, type Module } from "../../../layers/mod.ts";
import type { Tensor } from "../../../tensor/mod.ts";
import { readDigit } from "../draw/read_digit.ts";
import { explainValue } from "./explain_value.ts";
import { ExplanationView, text } from "./explanation_view.tsx";
import { layerOutputs } from "./layer_outputs.ts";
import { MapCanvas } from "./map_canvas.tsx";
import { spokeFor } from "./spoke_for.ts";

/** The classes. */
export function ClassView({ model, image, x }: { model: Module; image: Float32Array; x: Tensor }): VNode {
  const { probabilities, digit } = readDigit(model, image);
  const [clicked, click] = useState<number>();
  const chosen = clicked ?? digit;
  const spoke = useMemo(() => spokeFor(model, x, chosen), [model, image, chosen]);
  const last = layerOutputs(model, x).at(-1)!;
  const explained = last.layer instanceof FC ? explainValue(last.layer, last.input, chosen) : undefined;
  return (
    <section class="classes" aria-label="What spoke for a class">
      <h2>What spoke for a class</h2>
      <p class="buttons">
        {Array.from(
          probabilities,
          (part, c) => (
            <button
              key={c}
              type="button"
              class={c === chosen ? "main" : ""}
              aria-pressed={c === chosen}
              onClick={() => click(c)}
            >
              {c} <small>{(100 * part).toFixed(part < 0.0995 ? 1 : 0)} %</small>
            </button>
          ),
        )}
      </p>
      <div class="spoke">
        <figure>
          <MapCanvas label={`What spoke for ${chosen}`} {...{ shape: x.shape, data: spoke }} />
          <figcaption>
            Pixel × gradient of the score of {chosen}: red ink spoke for it, blue ink against it. The sum is{" "}
            {text(spoke.reduce((sum, v) => sum + v, 0))}
          </figcaption>
        </figure>
        {explained && <ExplanationView of={explained} place={`score of ${chosen}`} />}
      </div>
    </section>
  );
}
