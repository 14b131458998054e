/** Changes to a text, each at its own place. */

/** Replaces what is between two places; where they are the same, it inserts. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all changes made. They must not overlap. */
export function splice(text: string, changes: readonly Splice[]): string {
  let result = "", at = 0;
  for (const change of changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}
