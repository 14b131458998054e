/** What the keys do: those of the terminal, where a browser leaves them to the page. */

import type { SessionEvent } from "../../../course/session_events.ts";

/** What a key asks for. */
type Action =
  | { type: "session"; event: SessionEvent }
  | { type: "stop" }
  | { type: "edit" }
  | { type: "reset" }
  | { type: "course" }
  | { type: "panel"; panel: "variables" | "keys" };

/** Every key, with what it does. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["Enter, Space", "run the cell, then show the next step"],
  ["b", "back: the previous step"],
  ["r", "run this cell again"],
  ["e", "write your answer; Ctrl-Enter checks it, Escape leaves the editor"],
  ["h", "the next hint"],
  ["s", "the solution: once your answer passes, or after the last hint"],
  ["p", "play: try your own code with the lesson's variables"],
  ["v", "variables: their types, shapes and numbers"],
  ["c", "continue to the end without pauses; Escape stops"],
  ["n", "the next lesson; your place in this one is saved"],
  ["l, q", "lessons: back to the course; your place is saved"],
  ["x", "reset: start the lesson over"],
  ["Escape, Ctrl-C", "stop the cell that is running, and nothing else"],
  ["?", "this list"],
];

const EVENTS: Readonly<Record<string, Action>> = {
  Enter: { type: "session", event: { type: "next" } },
  " ": { type: "session", event: { type: "next" } },
  b: { type: "session", event: { type: "back" } },
  r: { type: "session", event: { type: "again" } },
  c: { type: "session", event: { type: "goto", at: Infinity } },
  n: { type: "session", event: { type: "leave", to: "next lesson" } },
  h: { type: "session", event: { type: "hint" } },
  s: { type: "session", event: { type: "solution" } },
  p: { type: "session", event: { type: "play" } },
  e: { type: "edit" },
  v: { type: "panel", panel: "variables" },
  "?": { type: "panel", panel: "keys" },
  x: { type: "reset" },
  l: { type: "course" },
  q: { type: "course" },
};

/** What a key means; undefined for one that belongs to the browser, or to what has the focus. */
export function eventOfKey(event: KeyboardEvent, isRunning: boolean): Action | undefined {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const element = target as HTMLElement;
  if (element.closest?.("input, textarea, select, [contenteditable=true]")) return undefined;
  if (isRunning && (key === "Escape" || (ctrlKey && key === "c" && !getSelection()?.toString()))) {
    return { type: "stop" };
  }
  if (ctrlKey || metaKey || altKey) return undefined;
  if ((key === "Enter" || key === " ") && element.closest?.("button, a, summary")) return undefined;
  return Object.hasOwn(EVENTS, key) ? EVENTS[key] : undefined;
}
