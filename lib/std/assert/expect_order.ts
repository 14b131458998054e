// What assertGreater and its relatives share: an order between two values.
import { AssertionError } from "./assertion_error.ts";
import { brief, suffix } from "./message.ts";

/** Throws unless the relation holds. */
export function expectOrder(holds: boolean, actual: unknown, relation: string, expected: unknown, msg?: string): void {
  if (holds) return;
  throw new AssertionError(`Expect ${brief(actual)} ${relation} ${brief(expected)}${suffix(msg)}`);
}
