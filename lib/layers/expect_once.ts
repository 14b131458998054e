/** expectOnce: a network holds each layer in one place, however deep, and none that leads back to itself. */
import { fieldsOf, type Layer } from "./layer.ts";

/** What a place in a layer is called, and the layer that stands there. */
export type NamedLayer = readonly [name: string, layer: Layer];

/**
 * Refuses a module in which a layer stands in two places, or holds what it stands in. `run` gives the places that a module
 * runs one after the other, and none for other layers. A field may be a second name for what is inside of its layer anyway.
 * @throws {RangeError} If there is such a layer.
 */
export function expectOnce(module: Layer, run: (layer: Layer) => readonly NamedLayer[]): void {
  const found = new Map<Layer, { place: string; around: readonly Layer[] }>();

  function look(layer: Layer, place: string, around: readonly Layer[]): void {
    found.set(layer, { place, around });
    const within = [...around, layer], of = place && ` of ${place}`;
    for (const [name, inner] of run(layer)) visit(inner, name + of, within, false);
    for (const [name, inner] of fieldsOf(layer)) visit(inner, name + of, within, true);
  }

  function visit(layer: Layer, place: string, around: readonly Layer[], mayBeName: boolean): void {
    const kind = layer.constructor.name;
    if (around.includes(layer)) {
      throw new RangeError(
        `Module takes no layer that leads back to itself, and ${place} is the ${kind} that it stands in: ` +
          `what a layer only has to know belongs into a private field (#name)`,
      );
    }
    const before = found.get(layer);
    if (!before) return look(layer, place, around);
    if (mayBeName && before.around.includes(around[around.length - 1])) return;
    throw new RangeError(
      `Module takes each layer once, and ${place} is ${before.place.replace(" of the list", "")} again: a layer ` +
        `remembers one forward for its backward, so make a new ${kind} for each place; a second name for it belongs ` +
        `into a private field (#name)`,
    );
  }

  look(module, "", []);
}
