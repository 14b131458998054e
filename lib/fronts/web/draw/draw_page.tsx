/** DrawPage and DrawPanel: the pad as a view of its own, and the pad in a lesson. */

/// <reference lib="dom" />
import type { VNode } from "preact";
import { DrawView } from "./draw_view.tsx";
import { useNetworks } from "./use_networks.ts";

/** Where the pad finds what it needs. */
export interface DrawProps {
  /** The address of the site's folder. */
  site: URL;
  /** The learner's folder. */
  folder: string;
  /** Something that changes when the learner may have trained a network. */
  since?: number;
}

/** The pad in a page of its own. */
export function DrawPage(props: DrawProps): VNode {
  return (
    <main class="draw-page">
      <h1>Draw a digit</h1>
      <p>
        Your drawing is brought to 28 × 28 pixels as the digits of MNIST were, and the network reads it at every move of
        the pen. <a href="#/inside">Look inside the network</a> to see how it came to its answer.
      </p>
      <DrawPanel {...props} />
    </main>
  );
}

/** The pad. */
export function DrawPanel({ site, folder, since }: DrawProps): VNode {
  const { networks, known, problem } = useNetworks(site, folder, since);
  return (
    <>
      <link rel="stylesheet" href={new URL("draw/draw.css", site).href} />
      {problem
        ? <p class="notice" role="alert">The pad has no network: {problem}. Reload the page</p>
        : known === undefined
        ? <p>Loading the network …</p>
        : <DrawView networks={networks} known={known} />}
    </>
  );
}
