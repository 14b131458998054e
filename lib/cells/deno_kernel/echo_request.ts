/** The message from a blocked thread to the Worker that listens on its behalf, and the states of the answer. */

import type { Address } from "./kernel_connection.ts";

/** The request. */
export interface EchoRequest {
  address: Address;
  echo: string;
  /** One number: `WAITING`, until the Worker sets it to one of the others. */
  state: Int32Array<SharedArrayBuffer>;
}

export const WAITING = 0;
export const HEARD = 1;
export const NOT_HEARD = 2;
