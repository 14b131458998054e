/** Turns the bytes of a terminal in raw mode into keys. */

/** A key by its name: "enter", "space", "escape", "up", "ctrl-c" …, or the character itself. */
export type Key = string;

const ESCAPE = "\x1b";
const PIECE = new RegExp(`${ESCAPE}\\[[0-?]*[ -/]*[@-~]|${ESCAPE}O[A-Z]|${ESCAPE}[^${ESCAPE}]|[^]`, "gu");
const CONTROLS: Record<string, Key> = {
  "\r": "enter",
  "\n": "enter",
  " ": "space",
  "\t": "tab",
  "\x1b": "escape",
  "\x7f": "backspace",
  "\b": "backspace",
};
const FINALS: Record<string, Key> = { A: "up", B: "down", C: "right", D: "left", H: "home", F: "end" };
const NUMBERED: Record<string, Key> = { "1": "home", "3": "delete", "4": "end", "5": "page-up", "6": "page-down" };

/**
 * The keys in a piece of input, in order. Escape sequences that mean nothing here are left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(keysOf("\r b\x03\x1b[A"), ["enter", "space", "b", "ctrl-c", "up"]);
 * ```
 */
export function keysOf(input: string): Key[] {
  const keys: Key[] = [];
  for (const [piece] of input.matchAll(PIECE)) {
    if (piece.length > 1 && piece[0] === ESCAPE) {
      const final = FINALS[/^[[O][\d;]*([A-Z])$/.exec(piece.slice(1))?.[1] ?? ""];
      const key = final ?? NUMBERED[/^\[(\d)~$/.exec(piece.slice(1))?.[1] ?? ""];
      if (key) keys.push(key);
    } else if (piece in CONTROLS) keys.push(CONTROLS[piece]);
    else if (piece < " ") keys.push(`ctrl-${String.fromCharCode(piece.charCodeAt(0) + 96)}`);
    else keys.push(piece);
  }
  return keys;
}

/** Reads keys one at a time; "end" when the input is closed. */
export class KeyReader {
  readonly #decoder = new TextDecoder();
  readonly #buffer = new Uint8Array(1024);
  #waiting: Key[] = [];

  async next(): Promise<Key> {
    while (this.#waiting.length === 0) {
      const count = await Deno.stdin.read(this.#buffer);
      if (count === null) return "end";
      this.#waiting = keysOf(this.#decoder.decode(this.#buffer.subarray(0, count), { stream: true }));
    }
    return this.#waiting.shift()!;
  }
}
