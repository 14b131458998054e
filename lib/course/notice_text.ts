/** Puts those of the session's messages into words that name neither a key nor a button: every front end says them alike. */

import type { Notice } from "./session_events.ts";
import type { Note } from "./session_state.ts";

/** The notices whose words are the same everywhere. */
type SharedNotice = Extract<Notice, {
  type:
    | "interrupted"
    | "killed"
    | "no exercise here"
    | "no hints"
    | "no solution"
    | "no answer"
    | "nothing to edit"
    | "play kept"
    | "play dropped"
    | "play killed"
    | "text";
}>;

/** A notice as a sentence. */
export function sharedNoticeText(notice: SharedNotice): string {
  switch (notice.type) {
    case "interrupted":
      return "Stopped; the variables are kept as they are";
    case "killed":
      return "Stopped. The cells before this one will be run again, silently, when they are needed";
    case "no exercise here":
      return "There is no exercise in this step";
    case "no hints":
      return "There are no hints here";
    case "no solution":
      return "There is no solution here";
    case "no answer":
      return "There is no answer to start over";
    case "nothing to edit":
      return `There is nothing to edit here: this lesson has no cell for the exercise ${notice.id}`;
    case "play kept":
      return "Kept: your changes are now part of the lesson";
    case "play dropped":
      return "Dropped: the variables are restored";
    case "play killed":
      return "Stopped. The earlier code will be run again, silently, when it is needed";
    case "text":
      return notice.text;
  }
}

/** A note on what goes on; "" if there is none. */
export function sharedNoteText(note: Extract<Note, { type: "replaying" | "saved" }> | undefined): string {
  if (note === undefined) return "";
  return note.type === "replaying"
    ? `running the earlier cells again: ${note.done + 1} of ${note.total}`
    : `saved ${note.id}; it is checked in its step`;
}
