/** Turns the bytes of a terminal in raw mode into keys. */

/** A key by its name: "enter", "space", "escape", "up", "ctrl-c" …, the character itself, or "paste:" and the pasted text. */
export type Key = string;

const ESCAPE = "\x1b";
const PASTE = `${ESCAPE}\\[200~([^]*?)${ESCAPE}\\[201~`;
const PIECE = new RegExp(`${PASTE}|${ESCAPE}\\[[0-?]*[ -/]*[@-~]|${ESCAPE}O[A-Z]|${ESCAPE}[^${ESCAPE}]|[^]`, "gu");
const CONTROLS: Record<string, Key> = {
  "\r": "enter",
  "\n": "newline",
  " ": "space",
  "\t": "tab",
  "\x1b": "escape",
  "\x7f": "backspace",
  "\b": "backspace",
};
const FINALS: Record<string, Key> = { A: "up", B: "down", C: "right", D: "left", H: "home", F: "line-end" };
const NUMBERED: Record<string, Key> = { "1": "home", "3": "delete", "4": "line-end", "5": "page-up", "6": "page-down" };

/**
 * The keys in a piece of input, in order. Unknown escape sequences are left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(keysOf("\r b\x03\x1b[A"), ["enter", "space", "b", "ctrl-c", "up"]);
 * assertEquals(keysOf("\x1b[200~two\nlines\x1b[201~\x1b\r"), ["paste:two\nlines", "newline"]);
 * ```
 */
export function keysOf(input: string): Key[] {
  const keys: Key[] = [];
  for (const [piece, pasted] of input.matchAll(PIECE)) {
    if (pasted !== undefined) keys.push(`paste:${pasted.replace(/\r\n?/g, "\n")}`);
    else if (piece.length > 1 && piece[0] === ESCAPE) {
      const final = FINALS[/^[[O][\d;]*([A-Z])$/.exec(piece.slice(1))?.[1] ?? ""];
      const key = final ?? NUMBERED[/^\[(\d)~$/.exec(piece.slice(1))?.[1] ?? ""];
      if (key) keys.push(key);
      else if (/^[\r\n]$/.test(piece[1])) keys.push("newline"); // Alt and Enter
    } else if (piece in CONTROLS) keys.push(CONTROLS[piece]);
    else if (piece < " ") keys.push(`ctrl-${String.fromCharCode(piece.charCodeAt(0) + 96)}`);
    else keys.push(piece);
  }
  return keys;
}

/** An escape sequence, of which more may come. */
// deno-lint-ignore no-control-regex
const UNFINISHED = /\x1b(?:\[[0-?]*[ -/]*|O)?$/;
/** The bytes of one key may arrive apart, over a slow line; a lone Escape counts after this many milliseconds. */
const ESCAPE_MS = 50;

/** Reads keys one at a time; "end" when the input is closed. */
export class KeyReader {
  /** What Ctrl-Z does, whoever waits for a key; without it, Ctrl-Z is a key like any other. */
  onCtrlZ?: () => void;
  readonly #decoder = new TextDecoder();
  readonly #buffer = new Uint8Array(4096);
  #rest = ""; // the beginning of a paste or of an escape sequence that has not ended
  #input?: Promise<number | null>; // what is being read
  #waiting: Key[] = [];
  #reading?: Promise<void>;

  /** Waits until there is a key, and removes it. */
  async next(): Promise<Key> {
    await this.ready();
    return this.#waiting.shift()!;
  }

  /** Waits until there is a key, without removing it; may be called again while it waits. */
  ready(): Promise<void> {
    if (this.#waiting.length > 0) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => this.#reading = undefined);
    return this.#reading;
  }

  /** Removes the next key, without waiting; undefined if there is none. */
  take(): Key | undefined {
    return this.#waiting.shift();
  }

  /** Puts keys back, in front of all others. */
  unread(keys: readonly Key[]): void {
    this.#waiting.unshift(...keys);
  }

  async #read(): Promise<void> {
    while (this.#waiting.length === 0) {
      this.#input ??= Deno.stdin.read(this.#buffer);
      const count = await (UNFINISHED.test(this.#rest) ? Promise.race([this.#input, pause()]) : this.#input);
      if (count === null) {
        this.#waiting.push("end");
        return;
      }
      if (count === undefined) { // nothing has followed: it was the Escape key
        this.#waiting.push(...keysOf(this.#rest));
        this.#rest = "";
        continue;
      }
      this.#input = undefined;
      this.#take(this.#rest + this.#decoder.decode(this.#buffer.subarray(0, count), { stream: true }));
    }
  }

  /** Turns input into keys; the start of what has not come to its end is kept. */
  #take(input: string): void {
    const paste = input.lastIndexOf(`${ESCAPE}[200~`);
    const open = paste >= 0 && !input.includes(`${ESCAPE}[201~`, paste) ? paste : input.search(UNFINISHED);
    const cut = open >= 0 ? open : input.length;
    this.#rest = input.slice(cut);
    for (const key of keysOf(input.slice(0, cut))) {
      if (key === "ctrl-z" && this.onCtrlZ) this.onCtrlZ();
      else this.#waiting.push(key);
    }
  }
}

function pause(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ESCAPE_MS));
}
