/** What the course expects of a front end: it shows what the session says, and asks the session's questions. */

import type { CellError, Output } from "../cells/engine/protocol.ts";
import type { View } from "./session_events.ts";
import type { SessionState } from "./session_state.ts";

/** A front end. It reports what the learner does as events. */
export interface Front {
  /**
   * Shows something, or asks for something; events wait until it is done. After a step, the front end posts `shown` once the learner has seen
   * all of it; after a question, it posts the event with the answer.
   */
  view(view: View, state: SessionState): void | Promise<void>;
  /** Called after each event: what the learner can do now may have changed. */
  changed(state: SessionState): void;
  /**
   * Waits for something that may take long.
   *
   * @param stop Stops the work early.
   */
  attend<T>(work: Promise<T>, stop: () => void): Promise<T>;
  /**
   * Lets the learner write the answer to an exercise.
   *
   * @param path The file, which exists.
   * @returns Whether the learner has opened it and come back.
   */
  edit(path: string): boolean | Promise<boolean>;
  /** The outputs as text, for the journal; also as `ansi` if colors say more. */
  transcribe(outputs: readonly Output[], error?: CellError): { text: string; ansi?: string };
}
