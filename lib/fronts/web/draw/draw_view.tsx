/** DrawView: the pad, and everything that the network makes of what is drawn. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Drawing } from "./drawing.ts";
import { GrayCanvas } from "./gray_canvas.tsx";
import type { KnownDigits, NearDigit } from "./known_digits.ts";
import type { KnownNetwork } from "./known_network.ts";
import { type Ink, mnistImage, SIDE } from "./mnist_image.ts";
import { Pad } from "./pad.tsx";
import { readDigit, type Reading } from "./read_digit.ts";

/** A network that is less sure than this says so. */
const SURE = 0.5;
/** How many of the training digits are shown. */
const NEAREST = 5;
/** Maps in a row, by their number. */
const PER_ROW = 8;

/** What is drawn, as long as the page is open: another view shows it, too. */
export const drawn: { drawing: Drawing; image?: Float32Array } = { drawing: new Drawing() };

/** What the view is made of. */
interface DrawViewProps {
  /** The networks that can read, the first one to begin with; at least one. */
  networks: readonly KnownNetwork[];
  known: KnownDigits;
}

/** The view. */
export function DrawView({ networks, known }: DrawViewProps): VNode {
  const [chosen, choose] = useState(0);
  const [image, setImage] = useState<Float32Array | undefined>(drawn.image);
  const network = networks[chosen];
  const changed = (ink?: Ink): void => setImage(drawn.image = ink && mnistImage(ink));
  const reading = image && readDigit(network.model, image);
  return (
    <section class="draw" aria-label="Draw a digit" role="region">
      <Pad drawing={drawn.drawing} changed={changed} />
      <div class="answer-of-pad">
        <p class="says" role="status">{reading && answerOf(reading)}</p>
        <Bars reading={reading} />
        <p class="which">
          {networks.length === 1 ? network.title : (
            <label>
              Network{" "}
              <select value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
                {networks.map(({ title }, i) => <option key={i} value={i}>{title}</option>)}
              </select>
            </label>
          )}
          <span class="about">{network.about}</span>
        </p>
      </div>
      <div class="seen">
        <figure>
          <GrayCanvas
            label="What the network gets"
            data={image ?? new Float32Array(SIDE * SIDE)}
            {...{ height: SIDE, width: SIDE, most: 1, class: "given" }}
          />
          <figcaption>What the network gets: {SIDE} × {SIDE}</figcaption>
        </figure>
        {reading && <Near known={known} image={image} />}
      </div>
      {reading && <MapsOf reading={reading} />}
    </section>
  );
}

/** The answer in words. */
function answerOf({ digit, probabilities }: Reading): string {
  if (probabilities[digit] >= SURE) return `It reads ${digit}`;
  const others = Array.from(probabilities, (_, i) => i).sort((a, b) => probabilities[b] - probabilities[a]);
  return `It reads ${digit}, or perhaps ${others[1]}`;
}

function Bars({ reading }: { reading?: Reading }): VNode {
  return (
    <ol class="bars" aria-label="Probabilities">
      {Array.from({ length: 10 }, (_, digit) => {
        const part = reading?.probabilities[digit] ?? 0;
        return (
          <li key={digit} class={reading?.digit === digit ? "best" : ""}>
            <span class="digit">{digit}</span>
            <span class="track">
              <span class="bar-of" style={{ width: `${100 * part}%` }} />
            </span>
            <span class="percent">{reading ? `${(100 * part).toFixed(1)} %` : ""}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** They come a moment after the probabilities, which wait for nothing. */
function Near({ known, image }: { known: KnownDigits; image: Float32Array }): VNode {
  const [found, setFound] = useState<readonly NearDigit[]>([]);
  useEffect(() => setFound(known.nearest(image, NEAREST)), [known, image]);
  return (
    <figure>
      <div class="near">
        {found.map(({ index, label }, i) => (
          <span key={i}>
            <GrayCanvas label={`a ${label}`} data={known.image(index)} {...{ height: SIDE, width: SIDE, most: 1 }} />
            <span>{label}</span>
          </span>
        ))}
      </div>
      <figcaption>The nearest of {known.labels.length} training digits, with their labels</figcaption>
    </figure>
  );
}

function MapsOf({ reading }: { reading: Reading }): VNode {
  const shown = reading.maps.filter(({ name }) => /pool/i.test(name));
  return (
    <div class="maps">
      {(shown.length > 0 ? shown : reading.maps).map(({ name, output: { shape: [, count, height, width], data } }) => (
        <figure key={name}>
          <GrayCanvas label={`The maps of ${name}`} {...{ data, height, width, perRow: PER_ROW }} />
          <figcaption>{name}: {count} maps of {height} × {width}</figcaption>
        </figure>
      ))}
    </div>
  );
}
