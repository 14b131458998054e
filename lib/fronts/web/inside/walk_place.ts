/** walkPlace: where a batch is on its way through a network and back, after some steps. */

import type { Trace } from "../../../training/mod.ts";

/** What a step shows. */
interface WalkPlace {
  /** How many steps were taken, from 0. */
  readonly taken: number;
  /** How many there are. */
  readonly count: number;
  /** In words: `forward, 3 of 12: relu1`. */
  readonly says: string;
  /** How many layers the batch has passed forward. */
  readonly forward: number;
  /** The first layer that the gradient has reached; the number of layers before it has begun. */
  readonly backward: number;
}

/** Where a batch is after some steps: through each layer, then the loss, then back through each of them. */
export function walkPlace({ steps, loss }: Trace, taken: number): WalkPlace {
  const layers = steps.length, count = 2 * layers + 1;
  const now = Math.max(0, Math.min(count, taken));
  const forward = Math.min(now, layers);
  const backward = layers - Math.max(0, now - layers - 1);
  const says = now === 0
    ? "the batch is ready"
    : now <= layers
    ? `forward, ${now} of ${layers}: ${steps[now - 1].name}`
    : now === layers + 1
    ? `the loss: ${loss?.toFixed(4)}`
    : `backward, ${now - layers - 1} of ${layers}: ${steps[backward].name}`;
  return { taken: now, count, says, forward, backward };
}
