/** What a front end is to the course: it shows what the session says, and asks what the session asks. */

import type { CellError, Output } from "../cells/engine/protocol.ts";
import type { View } from "./session_events.ts";
import type { SessionState } from "./session_state.ts";

/** A front end. What it learns from the learner comes back as events. */
export interface Front {
  /**
   * Shows something, or asks for something; events wait until it is done. After a step, the front end posts `shown` once all of it was seen;
   * after a question, the event that answers it.
   */
  view(view: View, state: SessionState): void | Promise<void>;
  /** Is called after each event: what can be done now may have changed. */
  changed(state: SessionState): void;
  /**
   * Waits for something that may take long.
   *
   * @param stop Stops it early.
   */
  attend<T>(work: Promise<T>, stop: () => void): Promise<T>;
  /**
   * Lets the learner write the answer to an exercise.
   *
   * @param path The file, which exists.
   * @returns Whether they have been there and come back.
   */
  edit(path: string): boolean | Promise<boolean>;
  /** What was put out as text, for the journal; `ansi` where colors say more. */
  transcribe(outputs: readonly Output[], error?: CellError): { text: string; ansi?: string };
}
