/** describe: what an unexpected value is, for the "and got …" of an error. */

/** The class of an object, the type of anything else: `Float32Array`, `an object`, `string`, `null`. */
export function describe(value: unknown): string {
  return value === null ? "null" : typeof value === "object" ? value.constructor?.name ?? "an object" : typeof value;
}
