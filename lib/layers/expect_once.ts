/** expectOnce: a network holds each layer in one place, at any depth, and no layer contains itself. */
import { fieldsOf, type Layer } from "./layer.ts";

/** A layer inside another, with the name of its place there. */
export type NamedLayer = readonly [name: string, layer: Layer];

/**
 * Refuses a module in which a layer is in two places, or contains itself. `run` gives the layers that a module runs one
 * after the other, and nothing for other layers. A field may be a second name for a layer that its owner contains
 * anyway.
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
        `Module takes layers that do not contain themselves and got ${place}, which is the ${kind} around it: ` +
          `keep a layer that another one only refers to in a private field (#name)`,
      );
    }
    const before = found.get(layer);
    if (!before) return look(layer, place, around);
    if (mayBeName && before.around.includes(around[around.length - 1])) return;
    throw new RangeError(
      `Module takes each layer once and got the same ${kind} as ${before.place} and as ${place}: a layer ` +
        `remembers one forward for its backward, so make a new ${kind} for each place; keep a second name for a layer ` +
        `in a private field (#name)`,
    );
  }

  look(module, "", []);
}
