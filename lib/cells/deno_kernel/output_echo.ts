/** Listens to the kernel's own outputs for a moment, as a front end does, to know that all of them have left. */

import type { Address } from "./kernel_connection.ts";

export type Broadcast = (type: string, content: unknown) => unknown;

/** What a listener says in ZMTP 3.0, as a socket of the kind SUB: who it is, and then that it wants to hear everything. */
const GREETING_AND_READY = new Uint8Array([
  ...[0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0],
  ...bytes("NULL"),
  ...new Array(48).fill(0),
  ...[4, 25, 5, ...bytes("READY"), 11, ...bytes("Socket-Type"), 0, 0, 0, 3, ...bytes("SUB")],
]);
const SUBSCRIBE = new Uint8Array([0, 1, 1]);
/** The first echo may be sent before the kernel knows its new listener; then another one is asked for, after so many milliseconds. */
export const AGAIN_MS = 20;
export const LONGEST_MS = 10_000;

/** A name that no display has. */
export function newEcho(): string {
  return `gradually-echo-${crypto.randomUUID()}`;
}

/** Sends an update of a display that nobody has. The kernel sends in order: when that comes back, all that was put out before it is gone. */
export function sendEcho(broadcast: Broadcast, echo: string): void {
  broadcast("update_display_data", { data: {}, metadata: {}, transient: { display_id: echo } });
}

/**
 * Waits until everything that was put out before has left the kernel.
 *
 * @returns Whether the echo came. Without it nothing is known.
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
 * Listens until an echo comes by.
 *
 * @param listening Called when it can be sent.
 * @returns Whether it came.
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
    // Each word waits for the other side's last one: its TCP holds small words back until they are answered.
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
      // It was closed before.
    }
  }
}

/** Whether a text comes in before the connection ends. What lies around it need not be understood. */
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
