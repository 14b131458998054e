/** What the kernel's thread and the Worker that listens to its outputs share: numbers in shared memory, and messages. */

import type { CellProblem } from "./cell_problem.ts";
import type { Address } from "./kernel_connection.ts";

/** The indices of the shared numbers. */
export const LinkState = {
  /** The number of the newest echo that was heard. */
  ECHO: 0,
  /** How many messages were heard. */
  HEARD: 1,
  /** How many cells were looked at before they ran. */
  LOOKED_AT: 2,
  /** Whether the newest of them does not parse. */
  BROKEN: 3,
  /** Whether the kernel has got a cell that was not looked at yet. */
  LOOKING: 4,
  LENGTH: 5,
} as const;

/** How the display of an echo is named: the name, and its number. */
export const ECHO_NAME = "gradually-echo-";

/** The first message to the Worker. */
export interface LinkStart {
  address: Address;
  /** What makes the echoes of this kernel different from a cell's. */
  secret: string;
  numbers: Int32Array<SharedArrayBuffer>;
  /** The problem of the newest cell that does not parse, as JSON in UTF-8, with its length in front. */
  problem: SharedArrayBuffer;
  /** The code of the newest cell, in the same form. */
  code: SharedArrayBuffer;
}

/** What the Worker reports. */
export type LinkReport =
  | { type: "listening" }
  /** The echo with this number was heard, and so was everything that was sent before it. */
  | { type: "echo"; number: number }
  /** The kernel has got a cell; so many were looked at before it. */
  | { type: "busy"; before: number }
  /** This is the cell. */
  | { type: "cell"; code: string; problem?: CellProblem }
  /** The kernel is done with the cell. */
  | { type: "idle"; before: number }
  /** The cell was done before its problem was told: a front end may have missed that. */
  | { type: "too late" };
