/** Listens to the kernel's own outputs for a moment, as a front end does, to know that all of them have been sent. */

import type { Address } from "./kernel_connection.ts";

export type Broadcast = (type: string, content: unknown) => unknown;

/** What a listener sends in ZMTP 3.0, as a SUB socket: first who it is, then a subscription to everything. */
const GREETING_AND_READY = new Uint8Array([
  ...[0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0],
  ...bytes("NULL"),
  ...new Array(48).fill(0),
  ...[4, 25, 5, ...bytes("READY"), 11, ...bytes("Socket-Type"), 0, 0, 0, 3, ...bytes("SUB")],
]);
const SUBSCRIBE = new Uint8Array([0, 1, 1]);
/** The first echo may be sent before the kernel knows its new listener; so it is sent again after this many milliseconds. */
export const AGAIN_MS = 20;
export const LONGEST_MS = 10_000;

/** A name that no display has. */
export function newEcho(): string {
  return `gradually-echo-${crypto.randomUUID()}`;
}

/** Sends an update of a display that does not exist. The kernel sends in order: when the update comes back, all earlier outputs were sent. */
export function sendEcho(broadcast: Broadcast, echo: string): void {
  broadcast("update_display_data", { data: {}, metadata: {}, transient: { display_id: echo } });
}

/**
 * Waits until the kernel has sent all earlier outputs.
 *
 * @returns Whether the echo came. If it did not, nothing is known.
 */
export async function outputsHaveLeft(address: Address, broadcast: Broadcast): Promise<boolean> {
  const echo = newEcho();
  let again: ReturnType<typeof setInterval> | undefined;
  try {
    return await hearEcho(address, echo, () => {
      sendEcho(broadcast, echo);
      again = setInterval(() => sendEcho(broadcast, echo), AGAIN_MS);
    });
  } finally {
    clearInterval(again);
  }
}

/**
 * Listens until an echo arrives.
 *
 * @param listening Called when the echo can be sent.
 * @returns Whether the echo arrived.
 */
export async function hearEcho(address: Address, echo: string, listening: () => void): Promise<boolean> {
  let listener: Deno.TcpConn;
  try {
    listener = await Deno.connect(address);
  } catch {
    return false;
  }
  const giveUp = setTimeout(() => listener.close(), LONGEST_MS);
  try {
    // Each message waits for the other side's last one: its TCP holds small packets back until the last one is acknowledged.
    for (const word of [GREETING_AND_READY, SUBSCRIBE]) {
      await listener.read(new Uint8Array(256));
      await listener.write(word);
    }
    listening();
    return await hears(listener, echo);
  } catch {
    return false;
  } finally {
    clearTimeout(giveUp);
    try {
      listener.close();
    } catch {
      // It is closed already.
    }
  }
}

/** Whether a text arrives before the connection ends. There is no need to parse what surrounds it. */
async function hears(connection: Deno.TcpConn, text: string): Promise<boolean> {
  const chunk = new Uint8Array(65_536);
  const decoder = new TextDecoder("latin1");
  let tail = "";
  while (true) {
    const read = await connection.read(chunk);
    if (read === null) return false;
    const heard = tail + decoder.decode(chunk.subarray(0, read));
    if (heard.includes(text)) return true;
    tail = heard.slice(1 - text.length);
  }
}

function bytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
