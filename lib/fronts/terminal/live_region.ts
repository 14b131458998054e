/** Draws the part of the screen that can still change: the running cell's outputs, live displays in place, and the line of keys. */

import { clean } from "../text/clean.ts";
import { cut, intoRows, mostColumns, mostRows, withCertainRows } from "../text/width.ts";

/** Where text goes, and the size of the screen. */
export interface TextOutput {
  columns: number;
  rows: number;
  write(text: string): void;
}

/** A position in the footer: row and column, from 0. */
interface Cursor {
  row: number;
  column: number;
}

interface Block {
  text: string;
  /** The id of a live display, which may be redrawn. */
  id?: string;
}

/** An unfinished line that takes more rows is not redrawn as a whole when more of it comes. */
const MAX_UNFINISHED_ROWS = 4;

/**
 * Prints to the normal screen, so that everything scrolls up into the terminal's own history. Only the last lines are ever rewritten: the
 * blocks from the first live display on, and the line of keys below them.
 *
 * All text is cleaned here, whoever it comes from, before the sequences that move the cursor are added.
 */
export class LiveRegion {
  #blocks: Block[] = []; //          what can still change, from the top
  #late = new Map<string, string>(); // the newest state of displays that cannot be drawn in place, for the end
  #status = "";
  #statusRows = 0; //                the height of the line of keys, below an empty row; 0 while it is not drawn
  #cursor?: Cursor; //               the place of the cursor in it; if undefined, its end
  #below = 0; //                     the number of its rows below the cursor
  #hidden = false; //                whether it is off the screen for a while

  constructor(readonly screen: TextOutput) {}

  /** Prints text of the course; more may follow on the same line. */
  print(text: string): void {
    this.#add({ text: clean(text) });
  }

  /** Prints text that a cell has written; more may follow on the same line, or write over it after a carriage return. */
  output(text: string): void {
    this.#add({ text: clean(text, { returns: true }) });
  }

  /** Prints a display, or redraws it in place. */
  show(text: string, id?: string): void {
    const whole = withCertainRows(ended(overwrite(clean(text, { returns: true }))), this.screen.columns);
    if (id === undefined) return this.#add({ text: whole });
    const i = this.#blocks.findIndex((block) => block.id === id);
    const rows = mostRows(whole, this.screen.columns);
    const tall = rows > this.#room;
    const fresh = tall ? lastRows(whole, this.screen.columns, this.#room) : whole;
    if (i < 0 && this.#late.has(id) && rows > this.#room / 2) this.#late.set(id, whole); // it would fill the screen again and again
    else if (i < 0) {
      this.#late.delete(id);
      this.#add({ text: fresh, id });
    } else if (this.#blocks[i].text !== fresh) this.#replace(i, fresh);
    if (tall) this.#late.set(id, whole);
  }

  /** Ends the outputs of a cell: they are final now, and the cursor is at the start of a line. */
  settle(): void {
    if (shown(this.#tail)) this.#add({ text: "\n" });
    for (const [id, text] of [...this.#late]) {
      const i = this.#blocks.findIndex((block) => block.id === id);
      if (i < 0) this.#add({ text });
      else this.#replace(i, text);
    }
    this.#late.clear();
    this.#blocks = [];
  }

  /** Sets the line of keys; "" removes it. */
  set statusLine(text: string) {
    this.footer(text);
  }

  /** Sets the footer, such as a list or a prompt with the line of keys below it; each line is cut at the edge of the screen. */
  footer(text: string, cursor?: Cursor): void {
    const safe = clean(text);
    if (safe === this.#status && cursor?.row === this.#cursor?.row && cursor?.column === this.#cursor?.column) return;
    const out = this.#eraseTail();
    this.#status = safe;
    this.#cursor = cursor;
    this.#flush(out + shown(this.#tail) + this.#drawStatus());
  }

  /** Forgets where everything is drawn: another program has moved the cursor. */
  lost(): void {
    this.#blocks = [];
    this.#statusRows = 0;
  }

  /** Makes everything final and takes the footer away while another program uses the screen; `false` draws the footer again. */
  set hidden(hidden: boolean) {
    if (hidden) this.settle();
    const out = this.#eraseTail();
    this.#hidden = hidden;
    this.#flush(out + shown(this.#tail) + this.#drawStatus());
  }

  /** Redraws the line of keys after a resize; the terminal has moved all other lines itself. */
  resized(before: number): void {
    if (!this.#statusRows) return;
    const rows = this.#status.split("\n").map((line) => {
      const width = Math.min(mostColumns(line), before - 1);
      return Math.max(1, Math.ceil(width / this.screen.columns));
    });
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    this.#statusRows = sum(rows);
    this.#below = this.#cursor ? sum(rows.slice(this.#cursor.row + 1)) : 0;
    this.#flush(this.#eraseTail() + shown(this.#tail) + this.#drawStatus());
  }

  /** How many rows can be redrawn: all but the line of keys and the empty row above it. */
  get #room(): number {
    return Math.max(1, this.screen.rows - 2);
  }

  /** The unfinished line: "" if the cursor is at the start of a line. */
  get #tail(): string {
    const last = this.#blocks.at(-1)?.text ?? "";
    return last.slice(last.lastIndexOf("\n") + 1);
  }

  #add(block: Block): void {
    if (block.text === "") return;
    const last = this.#blocks.at(-1);
    const tail = this.#tail;
    const continues = last !== undefined && last.id === undefined && block.id === undefined;
    let out = this.#eraseTail();
    if (continues) { // perhaps in the middle of a line, perhaps over its start
      const text = this.#rows(tail + block.text);
      last.text = last.text.slice(0, last.text.length - tail.length) + text;
      out += shown(text);
    } else {
      if (last && shown(tail)) {
        last.text = `${shown(last.text)}\n`;
        out += `${shown(tail)}\n`;
      } else if (last) last.text = shown(last.text);
      const text = block.id === undefined ? this.#rows(block.text) : block.text;
      this.#blocks.push({ ...block, text });
      out += shown(text);
    }
    this.#commit();
    this.#flush(out + this.#drawStatus());
  }

  /** Text in rows that are certain, with its carriage returns applied; an unfinished line stays short. */
  #rows(text: string): string {
    const { columns } = this.screen;
    const certain = withCertainRows(overwrite(text), columns);
    const start = certain.lastIndexOf("\n") + 1;
    const tail = certain.slice(start);
    if (mostRows(tail, columns) <= MAX_UNFINISHED_ROWS) return certain;
    return certain.slice(0, start) + intoRows(tail, columns).join("\n");
  }

  /** Redraws a live display and everything below it. */
  #replace(at: number, text: string): void {
    const out = this.#eraseTail(at);
    this.#blocks[at].text = text;
    const drawn = this.#text(at);
    this.#commit();
    this.#flush(out + drawn + this.#drawStatus());
  }

  /** Makes blocks final that need not change anymore: whole lines above the first live display, and blocks that fill the screen. */
  #commit(): void {
    while (this.#blocks.length > 0) {
      const [first] = this.#blocks;
      if (first.id === undefined && !first.text.endsWith("\n")) {
        first.text = first.text.slice(first.text.lastIndexOf("\n") + 1); // the unfinished line stays
        return;
      }
      if (first.id !== undefined) {
        const full = this.#blocks.length > 1 && mostRows(this.#text(0), this.screen.columns) > this.#room;
        if (!full) return;
        if (!this.#late.has(first.id)) this.#late.set(first.id, "");
      }
      this.#blocks.shift();
    }
  }

  #text(from: number): string {
    return this.#blocks.slice(from).map(({ text }) => shown(text)).join("");
  }

  /** Moves to the start of the unfinished line, or of a block above it, and clears everything from there. */
  #eraseTail(from = this.#blocks.length): string {
    const { columns } = this.screen;
    const tail = shown(this.#tail);
    if (!this.#statusRows && !tail && from === this.#blocks.length) return "";
    const drawn = from < this.#blocks.length ? this.#text(from) : tail;
    const end = this.#statusRows ? this.#statusRows - this.#below + (tail ? 1 : 0) : 0; // from the last row of the outputs
    const up = mostRows(drawn, columns) - (tail ? 1 : 0) + end;
    this.#statusRows = 0;
    return (up > 0 ? `\x1b[${up}A` : "") + "\r\x1b[J";
  }

  #drawStatus(): string {
    if (!this.#status || this.#hidden) return "";
    const lines = this.#status.split("\n").map((line) => cut(line, this.screen.columns - 1));
    this.#statusRows = lines.length;
    this.#below = this.#cursor ? lines.length - 1 - this.#cursor.row : 0;
    let place = "";
    if (this.#cursor) {
      const { column } = this.#cursor;
      place = (this.#below > 0 ? `\x1b[${this.#below}A` : "") + "\r" + (column > 0 ? `\x1b[${column}C` : "");
    }
    return (shown(this.#tail) ? "\n\n" : "\n") + lines.join("\n") + place;
  }

  /** Writes everything at once, with the cursor hidden; if the terminal supports it, nothing is drawn before all of it has arrived. */
  #flush(out: string): void {
    if (out) this.screen.write(`\x1b[?2026h\x1b[?25l${out.replaceAll("\n", "\r\n")}\x1b[?25h\x1b[?2026l`);
  }
}

/** Applies carriage returns, which start a line over, as in handwritten progress bars; one at the very end waits for what follows. */
function overwrite(text: string): string {
  if (!text.includes("\r")) return text;
  const lines = text.split("\n");
  return lines.map((line, i) => {
    let end = line.length;
    while (line[end - 1] === "\r") end--;
    const waits = i === lines.length - 1 && end < line.length ? "\r" : "";
    return line.slice(end === 0 ? 0 : line.lastIndexOf("\r", end - 1) + 1, end) + waits;
  }).join("\n");
}

/** The text without the carriage return that waits at its end. */
function shown(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function ended(text: string): string {
  return shown(text).endsWith("\n") ? shown(text) : `${shown(text)}\n`;
}

/** The last rows of a text. */
function lastRows(text: string, columns: number, count: number): string {
  const rows: string[] = [];
  for (const line of text.split("\n").slice(0, -1).reverse()) {
    rows.unshift(...intoRows(line, columns).slice(rows.length - count));
    if (rows.length >= count) break;
  }
  return `${rows.join("\n")}\n`;
}
