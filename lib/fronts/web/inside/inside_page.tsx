/** InsidePage: a network opened: its layers as pictures, what spoke for a class, and a batch forward and backward. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Tensor } from "../../../tensor/mod.ts";
import { drawn } from "../draw/draw_view.tsx";
import type { KnownDigits } from "../draw/known_digits.ts";
import type { KnownNetwork } from "../draw/known_network.ts";
import { SIDE } from "../draw/mnist_image.ts";
import { useNetworks } from "../draw/use_networks.ts";
import { BatchView } from "./batch_view.tsx";
import { ClassView } from "./class_view.tsx";
import { LayersView } from "./layers_view.tsx";

/** The page. */
export function InsidePage({ site, folder }: { site: URL; folder: string }): VNode {
  const { networks, known, problem } = useNetworks(site, folder);
  return (
    <main class="inside">
      {["draw", "inside"].map((name) => (
        <link key={name} rel="stylesheet" href={new URL(`${name}/${name}.css`, site).href} />
      ))}
      <h1>Inside the network</h1>
      {problem
        ? <p class="notice" role="alert">There is no network to look into: {problem}. Reload the page</p>
        : known === undefined
        ? <p>Loading the network …</p>
        : <InsideView networks={networks} known={known} />}
    </main>
  );
}

function InsideView({ networks, known }: { networks: readonly KnownNetwork[]; known: KnownDigits }): VNode {
  const [chosen, choose] = useState(0);
  const [index, setIndex] = useState(0);
  const [ownDigit, setOwnDigit] = useState(drawn.image !== undefined);
  const image = ownDigit ? drawn.image! : known.image(index);
  const x = useMemo(() => Tensor.from(image, [1, 1, SIDE, SIDE]), [image]);
  const { model } = networks[chosen];
  const another = (): void => {
    if (!ownDigit) setIndex((index + 1) % known.labels.length);
    setOwnDigit(false);
  };
  return (
    <>
      <p>
        Red is above 0, blue below; the stronger the color, the larger the number. Click a pixel of any layer, or move
        with the arrow keys, to see from which numbers it came.
      </p>
      <p class="buttons">
        {drawn.image && !ownDigit
          ? <button type="button" onClick={() => setOwnDigit(true)}>Your drawing</button>
          : <a href="#/draw">{drawn.image ? "Draw on" : "Draw a digit"}</a>}
        <button type="button" onClick={another}>{ownDigit ? "A training digit" : "Another digit"}</button>
        <label>
          Network{" "}
          <select value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {networks.map(({ title }, i) => <option key={i} value={i}>{title}</option>)}
          </select>
        </label>
        <span>{ownDigit ? "your drawing" : `a ${known.labels[index]} of the training set`}</span>
      </p>
      <ClassView model={model} image={image} x={x} key={`${chosen} ${index} ${ownDigit}`} />
      <h2>Layer by layer</h2>
      <LayersView model={model} x={x} key={chosen} />
      <BatchView model={model} known={known} />
    </>
  );
}
