/** LayersView: a network as pictures, one layer below the other, with the number that was clicked explained. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Module } from "../../../layers/mod.ts";
import type { Tensor } from "../../../tensor/mod.ts";
import { explainValue } from "./explain_value.ts";
import { ExplanationView } from "./explanation_view.tsx";
import { type LayerOutput, layerOutputs } from "./layer_outputs.ts";
import { MapCanvas } from "./map_canvas.tsx";
import type { Mark } from "./plane_layout.ts";

/** A number of a layer that was clicked. */
interface Chosen {
  layer: number;
  at: number;
}

/** The layers, as one sample passes through them. */
export function LayersView({ model, x }: { model: Module; x: Tensor }): VNode {
  const [chosen, choose] = useState<Chosen>();
  const outputs = layerOutputs(model, x);
  const step = chosen && outputs[chosen.layer];
  const explained = step && chosen.at < step.output.size && explainValue(step.layer, step.input, chosen.at);
  const looked = explained ? explained.windows.map(markOf) : [];
  return (
    <ol class="layers">
      <li>
        <h3>
          the image <Shape of={x.shape} />
        </h3>
        <MapCanvas label="The image" {...{ shape: x.shape, data: x.data, marks: chosen?.layer === 0 ? looked : [] }} />
      </li>
      {outputs.map(({ name, layer, output }, i) => (
        <li key={name}>
          <h3>
            {name} <span class="kind">{layer.constructor.name}</span> <Shape of={output.shape} />
          </h3>
          <MapCanvas
            label={`The output of ${name}`}
            {...{ shape: output.shape, data: output.data, marks: chosen?.layer === i + 1 ? looked : [] }}
            chosen={chosen?.layer === i ? chosen.at : undefined}
            choose={(at) => choose({ layer: i, at })}
          />
          {chosen?.layer === i && explained && (
            <ExplanationView
              of={explained}
              place={placeOf(outputs[i], chosen.at)}
            />
          )}
        </li>
      ))}
    </ol>
  );
}

function Shape({ of }: { of: readonly number[] }): VNode {
  return <span class="shape">[{of.slice(1).join(", ")}]</span>;
}

function markOf(
  { channel, top, left, values }: {
    channel: number;
    top: number;
    left: number;
    values: readonly (readonly number[])[];
  },
): Mark {
  return { plane: channel, top, left, height: values.length, width: values[0].length };
}

/** What a number is called: `conv1[0, 13, 7]`. */
function placeOf({ name, output: { shape } }: LayerOutput, at: number): string {
  const indices: number[] = [];
  for (let axis = shape.length - 1, rest = at; axis > 0; rest = Math.floor(rest / shape[axis--])) {
    indices.unshift(rest % shape[axis]);
  }
  return `${name}[${indices.join(", ")}]`;
}
