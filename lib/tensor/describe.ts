/** describe, found and foundName: what an unexpected value is, for the "and got …" of an error. */

/** Characters of a text in an error. */
const maxLength = 40;

/**
 * The class of an object, the kind and the value of anything else: `Float32Array`, `the text "784"`, `the number 5`,
 * `null`. Without its kind, the text `784` would look like the number that was asked for.
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the text ${JSON.stringify(value.length > maxLength ? `${value.slice(0, maxLength)}…` : value)}`;
    case "bigint":
      return `the bigint ${value}n`;
    case "boolean":
    case "number":
      return `the ${typeof value} ${value}`;
    case "object":
      return value === null ? "null" : value.constructor?.name ?? "an object";
    default:
      return typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
  }
}

/** The same where a number is asked for: then a number needs no kind. */
export function found(value: unknown): string {
  return typeof value === "number" ? String(value) : describe(value);
}

/** The same where a name is asked for: then a text needs no kind. */
export function foundName(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : describe(value);
}
