/** Refuses what is not a number, or not in range: text from a file or a prompt looks like a number and is none. */
import { describe, found } from "./describe.ts";

/**
 * The error for a value that is not the number that was asked for: a RangeError for another number, a TypeError for
 * another kind of value.
 *
 * @param said What is asked for: "fit takes epochs as a whole number of at least 0".
 * @param advice What to do instead; text with a number in it gets advice of its own.
 */
export function refusal(said: string, value: unknown, advice = ""): RangeError | TypeError {
  if (typeof value === "number") return new RangeError(`${said} and got ${value}${advice && `: ${advice}`}`);
  return new TypeError(`${said} and got ${describe(value)}${adviceOn(value) ?? (advice && `: ${advice}`)}`);
}

/** Refuses an option that is not a whole number of at least `min`. */
export function expectInteger(kind: string, option: string, value: unknown, min = 1): number {
  if (Number.isInteger(value) && (value as number) >= min) return value as number;
  throw refusal(`${kind} takes ${option} as a whole number of at least ${min}`, value);
}

/** Refuses an option that is not a number; it may be infinite or NaN. */
export function expectNumber(kind: string, option: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw refusal(`${kind} takes ${option} as a number`, value);
}

/** Refuses options that are given and are not numbers. */
export function expectNumbers(kind: string, options: Record<string, unknown>): void {
  for (const [option, value] of Object.entries(options)) if (value !== undefined) expectNumber(kind, option, value);
}

/** Whether a value is a number within `[min, max]`. */
export function within(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}

/** A list of numbers in an error, each with its kind if it is not a number: `[2, the text "3"]`. */
export function formatNumbers(list: readonly unknown[]): string {
  return `[${list.map(found).join(", ")}]`;
}

function adviceOn(value: unknown): string | undefined {
  const numeric = typeof value === "bigint" ||
    typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  return numeric ? ": convert it with Number(…)" : undefined;
}
