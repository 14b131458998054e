/** Puts the session's messages into words that name the keys of the terminal. */

import { shortPath } from "../../course/catalog.ts";
import { sharedNoteText, sharedNoticeText } from "../../course/notice_text.ts";
import type { Notice } from "../../course/session_events.ts";
import type { Note } from "../../course/session_state.ts";

/** A notice as a sentence. */
export function noticeText(notice: Notice): string {
  switch (notice.type) {
    case "other output":
      return "Not the same as before: r runs the cell with the variables as they are now, and random numbers go on from " +
        "where they were. For the first output, start the lesson over with x";
    case "last hint":
      return "That was the last hint; s shows the solution";
    case "solution locked":
      return "You can see the solution once your answer passes, or after the last hint: " +
        `h shows the next hint (${notice.hintsLeft} left)`;
    case "answer missing":
      return `Your answer ${
        shortPath(notice.path)
      } is gone or empty: the exercise is open again, and e creates a new file`;
    case "answer reset":
      return `Your answer is now in ${shortPath(notice.backup)}, and the exercise is open again`;
    case "answer not kept":
      return `Your answer cannot be saved in ${
        shortPath(notice.path)
      } (${notice.reason}); the lesson continues without it`;
    case "lesson reset":
      return "The lesson starts over. Your answers are kept in their files";
    case "lesson changed":
      return `The lesson's file has changed, from step ${notice.step + 1} on`;
    case "cells stale":
      return "The results of the later cells are stale: Enter runs them again, step by step";
    default:
      return sharedNoticeText(notice);
  }
}

/** A note for the line of keys; "" if there is none. */
export function noteText(note: Note | undefined): string {
  switch (note?.type) {
    case "stopping":
      return note.now ? "stopping now" : "stopping after this batch · Ctrl-C again stops at once";
    case "nothing to stop":
      return "q leaves the lesson";
    default:
      return sharedNoteText(note);
  }
}
