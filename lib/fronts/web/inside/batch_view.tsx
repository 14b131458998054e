/** BatchView: a batch of training digits, sent forward and backward one layer at a time. */

import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Module } from "../../../layers/mod.ts";
import { Tensor } from "../../../tensor/mod.ts";
import { trace, type TraceStep } from "../../../training/mod.ts";
import { GrayCanvas } from "../draw/gray_canvas.tsx";
import type { KnownDigits } from "../draw/known_digits.ts";
import { SIDE } from "../draw/mnist_image.ts";
import { text } from "./explanation_view.tsx";
import { MapCanvas } from "./map_canvas.tsx";
import { walkPlace } from "./walk_place.ts";

/** How many digits are in the batch. */
const BATCH = 8;

/** The batch, and the layers that it has passed. */
export function BatchView({ model, known }: { model: Module; known: KnownDigits }): VNode {
  const [start, setStart] = useState(0);
  const [taken, setTaken] = useState(0);
  const [shown, show] = useState(0);
  const { labels, images, walked } = useMemo(() => {
    const chosen = Array.from({ length: BATCH }, (_, i) => (start + i) % known.labels.length);
    const images = chosen.map((i) => known.image(i));
    const x = Tensor.from(images.flatMap((image) => Array.from(image)), [BATCH, 1, SIDE, SIDE]);
    const labels = chosen.map((i) => known.labels[i]);
    return { labels, images, walked: trace(model, x, { labels }) };
  }, [model, known, start]);
  const place = walkPlace(walked, taken);
  const go = (to: number): void => setTaken(walkPlace(walked, to).taken);
  return (
    <section class="batch" aria-label="One batch, forward and backward">
      <h2>One batch, forward and backward</h2>
      <p>
        {BATCH}{" "}
        training digits with their labels. Click one to see its numbers; the ranges and gradients of parameters are
        those of the whole batch.
      </p>
      <p class="digits">
        {images.map((image, i) => (
          <button
            key={i}
            type="button"
            class={i === shown ? "main" : ""}
            aria-pressed={i === shown}
            onClick={() => show(i)}
          >
            <GrayCanvas label={`a ${labels[i]}`} data={image} {...{ height: SIDE, width: SIDE, most: 1 }} />
            <span>{labels[i]}</span>
          </button>
        ))}
      </p>
      <p class="buttons">
        <button type="button" onClick={() => go(taken - 1)} disabled={place.taken === 0}>Step back</button>
        <button type="button" class="main" onClick={() => go(taken + 1)} disabled={place.taken === place.count}>
          Step
        </button>
        <button type="button" onClick={() => go(place.taken === place.count ? 0 : place.count)}>
          {place.taken === place.count ? "Start over" : "To the end"}
        </button>
        <button type="button" onClick={() => (setStart(start + BATCH), go(0))}>Another batch</button>
        <span class="place" role="status">{place.says}</span>
      </p>
      <ol class="layers passed">
        {walked.steps.slice(0, place.forward).map((step, i) => (
          <PassedLayer key={step.name} step={step} sample={shown} isBack={i >= place.backward} />
        ))}
      </ol>
    </section>
  );
}

function PassedLayer({ step, sample, isBack }: { step: TraceStep; sample: number; isBack: boolean }): VNode {
  const { name, kind, output, outputRange, gradOut, gradOutRange, parameters } = step;
  return (
    <li>
      <h3>
        {name} <span class="kind">{kind}</span>
      </h3>
      <div class="both">
        <Numbers title="output" of={output.slice(sample)} range={outputRange} />
        {isBack && <Numbers title="gradient of the loss" of={gradOut.slice(sample)} range={gradOutRange} />}
      </div>
      {isBack && parameters.length > 0 && (
        <p class="numbers">
          {parameters.map((each) => `∂loss / ∂${each.name}: ${text(each.range.min)} … ${text(each.range.max)}`).join(
            ", ",
          )}
        </p>
      )}
    </li>
  );
}

function Numbers({ title, of, range }: { title: string; of: Tensor; range: { min: number; max: number } }): VNode {
  return (
    <figure>
      <MapCanvas label={title} {...{ shape: of.shape, data: of.data }} />
      <figcaption>
        {title}: {text(range.min)} … {text(range.max)}
      </figcaption>
    </figure>
  );
}
