// How assertions print values, and append the message of the caller.
import { inspect } from "node:util";

/** ": msg" if the caller passed one, else a period. */
export function suffix(msg?: string): string {
  return msg ? `: ${msg}` : ".";
}

/** A value in one line, for sentences. */
export function brief(value: unknown): string {
  return inspect(value, { breakLength: Infinity });
}
