/** A Worker that listens for an echo while the thread that needs it is blocked. */

import { type EchoRequest, HEARD, NOT_HEARD } from "./echo_request.ts";
import { hearEcho } from "./output_echo.ts";

declare const self: { onmessage: (event: MessageEvent<EchoRequest>) => void };

self.onmessage = async ({ data: { address, echo, state } }) => {
  const heard = await hearEcho(address, echo, () => {});
  Atomics.store(state, 0, heard ? HEARD : NOT_HEARD);
  Atomics.notify(state, 0);
};
