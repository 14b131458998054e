/** preserveState: runs a network and puts back everything that the run changes. */
import { Dropout, type Layer } from "../layers/mod.ts";
import { withInner } from "../layers/module.ts";
import { arrayOf } from "../tensor/operations.ts";

/**
 * Calls `run` with random masks held fixed, and puts back everything that it changes in the layer: values, gradients,
 * running statistics, and what its source of masks would draw next. Only what the layers keep of their last forward is
 * lost.
 */
export function preserveState<T>(layer: Layer, run: () => T): T {
  const inner = withInner(layer);
  const dropouts = inner.filter((each) => each instanceof Dropout && !each.frozen) as Dropout[];
  const touched = [
    ...layer.parameters().flatMap(({ value, grad }) => [value, grad]),
    ...inner.flatMap((each) => each.buffers()).map(({ value }) => value),
  ];
  const kept = touched.map((tensor) => ({ tensor, data: arrayOf(tensor).slice() }));
  for (const dropout of dropouts) dropout.frozen = true;
  try {
    return run();
  } finally {
    for (const dropout of dropouts) dropout.frozen = false;
    for (const { tensor, data } of kept) arrayOf(tensor).set(data);
  }
}
