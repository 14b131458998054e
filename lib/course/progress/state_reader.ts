/** Reads values of state files, in which anything can be: what is wrong is left out and noted, and the rest is kept. */

import { isRecord } from "../../cells/ipynb/notebook.ts";

/** The parts of a file that were wrong. */
export class Faults {
  count = 0;
  /** Where the first one is: `lessons.04_linear.kept`. */
  first = "";

  /** Notes a wrong part; returns undefined, as a reader does for it. */
  note(place: string): undefined {
    if (this.count++ === 0) this.first = place;
    return undefined;
  }
}

/** Reads one value. Returns undefined, and notes the place, if the value is wrong. */
export type Reader<T> = (found: unknown, place: string, faults: Faults) => T | undefined;

/** A text. */
export const text: Reader<string> = valueThat((found) => typeof found === "string");

/** True or false. */
export const flag: Reader<boolean> = valueThat((found) => typeof found === "boolean");

/** A whole number from 0, such as an index. */
export const count: Reader<number> = valueThat((found) => Number.isSafeInteger(found) && (found as number) >= 0);

/** A number that is not negative, such as a duration. */
export const amount: Reader<number> = valueThat((found) => Number.isFinite(found) && (found as number) >= 0);

function valueThat<T>(isRight: (found: unknown) => boolean): Reader<T> {
  return (found, place, faults) => isRight(found) ? found as T : faults.note(place);
}

/** A list. Items that are wrong are left out. */
export function listOf<T>(item: Reader<T>): Reader<T[]> {
  return (found, place, faults) => {
    if (!Array.isArray(found)) return faults.note(place);
    return found.flatMap((each, i) => item(each, `${place}[${i}]`, faults) ?? []);
  };
}

/** Values by name. Those that are wrong are left out. */
export function recordOf<T>(item: Reader<T>): Reader<Record<string, T>> {
  return (found, place, faults) => {
    if (!isRecord(found)) return faults.note(place);
    const entries = Object.entries(found).map(([name, each]) => [name, item(each, placeIn(place, name), faults)]);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  };
}

/** The rules for an object besides its fields. */
interface ObjectRules<T> {
  /** Stands for fields that are missing or wrong; such a field without a default is left out. */
  defaults?: Partial<T>;
  /** Without one of these fields, the whole object is wrong. */
  required?: readonly (keyof T & string)[];
}

/**
 * An object with these fields. Fields that are not listed here belong to other versions of the course: they are kept.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const exercise = objectOf<{ tries: number; [other: string]: unknown }>({ tries: count }, { defaults: { tries: 0 } });
 * const faults = new Faults();
 * assertEquals(exercise({ tries: "two", color: "red" }, "exercise", faults), { tries: 0, color: "red" });
 * assertEquals(faults.first, "exercise.tries");
 * ```
 */
export function objectOf<T extends object>(
  fields: { readonly [K in keyof T]?: Reader<T[K]> },
  { defaults = {}, required = [] }: ObjectRules<T> = {},
): Reader<T> {
  const readers = Object.entries(fields) as [string, Reader<unknown>][];
  return (found, place, faults) => {
    if (!isRecord(found)) return faults.note(place);
    const kept = new Map<string, unknown>(Object.entries({ ...defaults, ...found }));
    for (const [name, read] of readers) {
      if (!Object.hasOwn(found, name)) continue;
      const value = read(found[name], placeIn(place, name), faults) ?? (defaults as Record<string, unknown>)[name];
      if (value === undefined) kept.delete(name);
      else kept.set(name, value);
    }
    if (required.some((name) => !kept.has(name))) return faults.note(place);
    return Object.fromEntries(kept) as T;
  };
}

/** A place for a message: a name from the file is shown only if it looks like one of ours. */
function placeIn(place: string, name: string): string {
  const shown = /^[\w-]{1,60}$/.test(name) ? name : "…";
  return place === "" ? shown : `${place}.${shown}`;
}
