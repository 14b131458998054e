/** Puts the session's messages into words that name the buttons of the page. */

import type { Notice } from "../../../course/session_events.ts";
import type { Note } from "../../../course/session_state.ts";

/** A notice as a sentence. */
export function noticeText(notice: Notice): string {
  switch (notice.type) {
    case "interrupted":
      return "Stopped; the variables are kept as they are";
    case "killed":
      return "Stopped. The cells before this one will be run again, silently, when they are needed";
    case "other output":
      return "Not the same as before: Run uses the variables as they are now, and random numbers go on from where they " +
        "were. For the first output, start the lesson over with Reset";
    case "no exercise here":
      return "There is no exercise in this step";
    case "no hints":
      return "There are no hints here";
    case "last hint":
      return "That was the last hint; Solution shows the solution";
    case "no solution":
      return "There is no solution here";
    case "solution locked":
      return "You can see the solution once your answer passes, or after the last hint: " +
        `Hint shows the next one (${notice.hintsLeft} left)`;
    case "answer missing":
      return "Your answer is gone or empty: the exercise is open again";
    case "answer reset":
      return "Your answer was put aside, and the exercise is open again";
    case "no answer":
      return "There is no answer to start over";
    case "answer not kept":
      return `Your answer cannot be saved (${notice.reason}); the lesson continues without it`;
    case "nothing to edit":
      return `There is nothing to edit here: this lesson has no cell for the exercise ${notice.id}`;
    case "lesson reset":
      return "The lesson starts over. Your answers are kept";
    case "lesson changed":
      return `The lesson has changed, from step ${notice.step + 1} on`;
    case "cells stale":
      return "The results of the later cells are stale: Next runs them again, step by step";
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

/** A note for the bar at the bottom; "" if there is none. */
export function noteText(note: Note | undefined): string {
  switch (note?.type) {
    case undefined:
      return "";
    case "replaying":
      return `running the earlier cells again: ${note.done + 1} of ${note.total}`;
    case "stopping":
      return note.now ? "stopping now" : "stopping after this batch; Stop again stops at once";
    case "nothing to stop":
      return "nothing is running";
    case "saved":
      return `saved ${note.id}; it is checked in its step`;
  }
}
