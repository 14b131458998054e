/** Cleans text that is not our own before it reaches a terminal: colors stay, and nothing else can drive the terminal. */

import { visibleWidth } from "../../text/visible_width.ts";
import { Pen, RESET } from "./pen.ts";

/** What may stay in the text. */
export interface CleanOptions {
  /** Whether colors stay; true if it is not given. */
  color?: boolean;
  /** Whether tabs stay, for a pipe; on a screen they become spaces. */
  tabs?: boolean;
  /**
   * Whether a carriage return stays: it starts the line over, as in a progress bar. Otherwise it is a line break, so that text cannot hide
   * what stands before it in our own lines.
   */
  returns?: boolean;
}

/** The longest color sequence that is accepted; everything up to its end is dropped if it is longer. */
const MAX_PARAMETERS = 100;
/** Shown instead of what would change the order of the text around it, and of half a character. */
const REPLACEMENT = "\ufffd";

/** Controls other than the line feed, marks that turn the order of text around, line breaks of Unicode, halves of characters. */
const SPECIAL =
  // deno-lint-ignore no-control-regex
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u;
/** A color sequence that is whole: by far the most frequent one. */
// deno-lint-ignore no-control-regex
const COLOR = /\x1b\[([\d;:]{0,100})m/y;
/** What ends a string for the terminal, such as its title. A line feed does, too: without it, one forgotten end would hide all later text. */
// deno-lint-ignore no-control-regex
const STRING_END = /[\n\x07\x18\x1a\x1b\x9c]/g;

/**
 * Cleans a stream of text. Each piece that it returns is complete in itself: its colors are turned off at the end of each line and of the
 * piece, and on again in the next one. A sequence may be split anywhere, over lines and over pieces: no part of it reaches the terminal.
 */
export class TextCleaner {
  readonly #options: CleanOptions;
  readonly #pen = new Pen();
  #state: "text" | "escape" | "intermediate" | "control" | "string" = "text";
  #parameters = ""; //  of the control sequence so far
  #lit = false; //      whether the written text has the colors of the pen
  #line = ""; //        the text since the start of the line or the last tab
  #returned = false; // whether the last character was a carriage return that became a line break
  #half = ""; //        the first half of a character, whose second half may follow
  #out = "";

  constructor(options: CleanOptions = {}) {
    this.#options = options;
  }

  /** The next piece of the text, cleaned. */
  write(text: string): string {
    if (this.#half !== "") {
      text = this.#half + text;
      this.#half = "";
    }
    if (this.#state === "text" && this.#pen.plain && !this.#returned && !SPECIAL.test(text)) {
      this.#note(text);
      return text;
    }
    this.#out = "";
    for (let at = 0; at < text.length;) at = this.#step(text, at);
    this.#close();
    return this.#out;
  }

  /** Ends the stream; the next piece begins a new one. Returns what was still held back. */
  end(): string {
    const rest = this.#half === "" ? "" : REPLACEMENT;
    this.#state = "text";
    this.#pen.clear();
    this.#line = this.#half = "";
    this.#returned = false;
    return rest;
  }

  /** Reads what is at this position, and returns the position after it. */
  #step(text: string, at: number): number {
    if (this.#state === "text") return this.#text(text, at);
    if (this.#state === "string") return this.#string(text, at);
    const code = text.charCodeAt(at);
    const character = text[at];
    if (this.#state === "control") {
      if (code >= 0x20 && code < 0x40) {
        if (this.#parameters.length <= MAX_PARAMETERS) this.#parameters += character;
        return at + 1;
      }
      this.#state = "text";
      if (code < 0x40 || code > 0x7e) return at; // broken off: what follows is text
      if (character === "m") this.#color(this.#parameters);
      return at + 1;
    }
    // After ESC, and perhaps some characters between it and the end of the sequence.
    if (code >= 0x20 && code < 0x30) {
      this.#state = "intermediate";
      return at + 1;
    }
    const first = this.#state === "escape";
    this.#state = "text";
    if (code < 0x30 || code > 0x7e) return at;
    if (first && character === "[") this.#control();
    else if (first && "]PX^_".includes(character)) this.#state = "string";
    return at + 1;
  }

  #text(text: string, at: number): number {
    const stop = nextSpecial(text, at);
    if (stop > at) this.#put(text.slice(at, stop));
    if (stop === text.length) return stop;
    const character = text[stop];
    const returned = this.#returned;
    this.#returned = false;
    if (character === "\n") { if (!returned) this.#break(character); }
    else if (character === "\r") {
      this.#break(this.#options.returns ? "\r" : "\n");
      this.#returned = !this.#options.returns;
    } else if (character === "\t") this.#tab();
    else if (character === "\x1b") {
      COLOR.lastIndex = stop;
      const parameters = COLOR.exec(text)?.[1];
      if (parameters === undefined) this.#state = "escape";
      else {
        this.#color(parameters);
        return COLOR.lastIndex;
      }
    } else if (character === "\x9b") this.#control();
    else if ("\x90\x98\x9d\x9e\x9f".includes(character)) this.#state = "string";
    else if (character >= "\ud800" && character <= "\udbff" && stop + 1 === text.length) this.#half = character;
    else if (character > "\x9f") this.#put(REPLACEMENT);
    return stop + 1;
  }

  #string(text: string, at: number): number {
    STRING_END.lastIndex = at;
    const end = STRING_END.exec(text)?.index;
    if (end === undefined) return text.length;
    this.#state = text[end] === "\x1b" ? "escape" : "text";
    return text[end] === "\n" ? end : end + 1;
  }

  #control(): void {
    this.#state = "control";
    this.#parameters = "";
  }

  #color(parameters: string): void {
    if (this.#options.color === false) return;
    if (parameters.length > MAX_PARAMETERS || !/^[\d;:]*$/.test(parameters)) return;
    const waiting = !this.#pen.plain && !this.#lit;
    const sequence = this.#pen.apply(parameters);
    if (waiting) return; // the next character turns everything on
    this.#out += sequence;
    this.#lit = !this.#pen.plain;
  }

  #put(text: string): void {
    if (!this.#lit && !this.#pen.plain) {
      this.#out += this.#pen;
      this.#lit = true;
    }
    this.#out += text;
    this.#line += text;
    this.#returned = false;
  }

  #tab(): void {
    const width = visibleWidth(this.#line) % 8;
    this.#put(this.#options.tabs ? "\t" : " ".repeat(8 - width));
    this.#line = "";
  }

  #break(character: "\r" | "\n"): void {
    this.#close();
    this.#out += character;
    this.#line = "";
  }

  /** Turns the colors off in the written text; the pen keeps them. */
  #close(): void {
    if (this.#lit) this.#out += RESET;
    this.#lit = false;
  }

  /** Keeps what the next tab has to know. */
  #note(text: string): void {
    const end = text.lastIndexOf("\n");
    this.#line = end < 0 ? this.#line + text : text.slice(end + 1);
  }
}

/** Where the next special character or line feed is; the length of the text if there is none. */
function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return at;
    if (code < 0x61c) continue;
    if (code >= 0xd800 && code <= 0xdfff) {
      if (text.codePointAt(at)! <= 0xffff) return at; // half of a character
      at++;
    } else if ((code < 0x206a || code === 0x61c) && SPECIAL.test(text[at])) return at;
  }
  return text.length;
}

/**
 * Cleans a whole text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clean("\x1b[31mred\x1b[2J\x1b]0;title\x07"), "\x1b[31mred\x1b[0m");
 * assertEquals(clean("\x1b[31mred", { color: false }), "red");
 * assertEquals(clean("a\rb\x9b2Jc"), "a\nbc");
 * ```
 */
export function clean(text: string, options?: CleanOptions): string {
  const cleaner = new TextCleaner(options);
  return cleaner.write(text) + cleaner.end();
}
