/** What a thread that stands still and the Worker that listens for it say to each other. */

import type { Address } from "./kernel_connection.ts";

/** What is asked. */
export interface EchoRequest {
  address: Address;
  echo: string;
  /** One number, `WAITING`, which the Worker changes into one of the others. */
  state: Int32Array<SharedArrayBuffer>;
}

export const WAITING = 0;
export const HEARD = 1;
export const NOT_HEARD = 2;
