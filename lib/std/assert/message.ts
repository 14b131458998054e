// How assertions write values and join their own sentence with the caller's.
import { inspect } from "node:util";

/** ": msg" where the caller gave one, a full stop where not. */
export function suffix(msg?: string): string {
  return msg ? `: ${msg}` : ".";
}

/** A value in one line, for sentences. */
export function brief(value: unknown): string {
  return inspect(value, { breakLength: Infinity });
}
