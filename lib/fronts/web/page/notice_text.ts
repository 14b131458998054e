/** Puts the session's messages into words that name the buttons of the page. */

import { sharedNoteText, sharedNoticeText } from "../../../course/notice_text.ts";
import type { Notice } from "../../../course/session_events.ts";
import type { Note } from "../../../course/session_state.ts";

/** A notice as a sentence. */
export function noticeText(notice: Notice): string {
  switch (notice.type) {
    case "other output":
      return "Not the same as before: Run uses the variables as they are now, and random numbers go on from where they " +
        "were. For the first output, start the lesson over with Reset";
    case "last hint":
      return "That was the last hint; Solution shows the solution";
    case "solution locked":
      return "You can see the solution once your answer passes, or after the last hint: " +
        `Hint shows the next one (${notice.hintsLeft} left)`;
    case "answer missing":
      return "Your answer is gone or empty: the exercise is open again";
    case "answer reset":
      return "Your answer was put aside, and the exercise is open again";
    case "answer not kept":
      return `Your answer cannot be saved (${notice.reason}); the lesson continues without it`;
    case "lesson reset":
      return "The lesson starts over. Your answers are kept";
    case "lesson changed":
      return `The lesson has changed, from step ${notice.step + 1} on`;
    case "cells stale":
      return "The results of the later cells are stale: Next runs them again, step by step";
    default:
      return sharedNoticeText(notice);
  }
}

/** A note for the bar at the bottom; "" if there is none. */
export function noteText(note: Note | undefined): string {
  switch (note?.type) {
    case "stopping":
      return note.now ? "stopping now" : "stopping after this batch; Stop again stops at once";
    case "nothing to stop":
      return "nothing is running";
    default:
      return sharedNoteText(note);
  }
}
