/** Draws the part of the screen that can still change: the running cell's outputs, live displays in place, and the line of keys. */

import { visibleWidth } from "../../text/visible_width.ts";
import { cut } from "../text/cut.ts";
import { rowsOf } from "../../text/rows_of.ts";

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

/**
 * Prints to the normal screen, so that everything scrolls up into the terminal's own history. Only the last lines are ever rewritten: the
 * blocks from the first live display on, and the line of keys below them.
 */
export class LiveRegion {
  #blocks: Block[] = []; //          what can still change, from the top
  #late = new Map<string, string>(); // the newest state of displays that cannot be drawn in place, for the end
  #status = "";
  #statusRows = 0; //                the height of the line of keys, below an empty row; 0 while it is not drawn
  #cursor?: Cursor; //               the place of the cursor in it; if undefined, its end
  #below = 0; //                     the number of its rows below the cursor

  constructor(readonly screen: TextOutput) {}

  /** Prints text; more may follow on the same line. */
  print(text: string): void {
    this.#add({ text: clean(text) });
  }

  /** Prints a display, or redraws it in place. */
  show(text: string, id?: string): void {
    const whole = ended(clean(text));
    if (id === undefined) return this.#add({ text: whole });
    const i = this.#blocks.findIndex((block) => block.id === id);
    const lines = whole.split("\n");
    const tall = lines.length > this.#room;
    const fresh = tall ? lines.slice(-this.#room).join("\n") : whole;
    if (i < 0 && this.#late.has(id) && lines.length > this.#room / 2) this.#late.set(id, whole); // it would fill the screen again and again
    else if (i < 0) {
      this.#late.delete(id);
      this.#add({ text: fresh, id });
    } else if (this.#blocks[i].text !== fresh) {
      const out = this.#erase(i);
      this.#blocks[i].text = fresh;
      this.#flush(out + this.#draw(i));
    }
    if (tall) this.#late.set(id, whole);
  }

  /** Ends the outputs of a cell: they are final now, and the cursor is at the start of a line. */
  settle(): void {
    if (this.#partial) this.#add({ text: "\n" });
    const late = [...this.#late.entries()];
    for (const [id, text] of late) {
      const i = this.#blocks.findIndex((block) => block.id === id);
      if (i < 0) this.#add({ text });
      else {
        const out = this.#erase(i);
        this.#blocks[i].text = text;
        this.#flush(out + this.#draw(i));
      }
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
    if (text === this.#status && cursor?.row === this.#cursor?.row && cursor?.column === this.#cursor?.column) return;
    const out = this.#eraseStatus();
    this.#status = text;
    this.#cursor = cursor;
    this.#flush(out + this.#drawStatus());
  }

  /** Redraws the line of keys after a resize; the terminal has moved all other lines itself. */
  resized(before: number): void {
    if (!this.#statusRows) return;
    const rows = this.#status.split("\n").map((line) => {
      const width = Math.min(visibleWidth(line), before - 1);
      return Math.max(1, Math.ceil(width / this.screen.columns));
    });
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    this.#statusRows = sum(rows);
    this.#below = this.#cursor ? sum(rows.slice(this.#cursor.row + 1)) : 0;
    this.#flush(this.#eraseStatus() + this.#drawStatus());
  }

  /** How many lines can be redrawn. */
  get #room(): number {
    return Math.max(1, this.screen.rows - 3);
  }

  /** Whether the cursor is in the middle of a line. */
  get #partial(): boolean {
    return this.#blocks.at(-1)?.text.endsWith("\n") === false;
  }

  #add(block: Block): void {
    if (block.text === "") return;
    const last = this.#blocks.length - 1;
    const continues = block.id === undefined && last >= 0 && this.#blocks[last].id === undefined;
    let out = "";
    if (continues) { // perhaps in the middle of a line, perhaps over its start
      out = this.#erase(last);
      this.#blocks[last].text = overwrite(this.#blocks[last].text + block.text);
    } else {
      out = this.#eraseStatus();
      if (this.#partial) {
        this.#blocks[last].text += "\n";
        out += "\n";
      }
      this.#blocks.push({ ...block, text: overwrite(block.text) });
    }
    out += this.#draw(this.#blocks.length - 1);
    this.#commit();
    this.#flush(out);
  }

  /** Makes blocks final that need not change anymore: whole lines above the first live display, and blocks that fill the screen. */
  #commit(): void {
    while (this.#blocks.length > 0) {
      const [first] = this.#blocks;
      const full = this.#blocks.length > 1 && this.#rows(0) > this.#room;
      if (first.id !== undefined && !full) return;
      if (!first.text.endsWith("\n")) {
        first.text = first.text.slice(first.text.lastIndexOf("\n") + 1); // the unfinished line stays
        return;
      }
      if (first.id !== undefined && !this.#late.has(first.id)) this.#late.set(first.id, "");
      this.#blocks.shift();
    }
  }

  #rows(from: number): number {
    return rowsOf(this.#text(from), this.screen.columns);
  }

  #text(from: number): string {
    return this.#blocks.slice(from).map(({ text }) => text.replace(/\r$/, "")).join("");
  }

  /** Moves to the start of a block, and clears everything from there. */
  #erase(from: number): string {
    const out = this.#eraseStatus();
    const up = this.#rows(from) - (this.#partial ? 1 : 0);
    return out + (up > 0 ? `\x1b[${up}A` : "") + "\r\x1b[J";
  }

  #draw(from: number): string {
    return this.#text(from) + this.#drawStatus();
  }

  #eraseStatus(): string {
    if (!this.#statusRows) return "";
    const up = this.#statusRows - this.#below + (this.#partial ? 1 : 0);
    this.#statusRows = 0;
    const start = (up > 0 ? `\x1b[${up}A` : "") + "\r";
    if (!this.#partial) return start + "\x1b[J";
    const line = this.#text(0).split("\n").at(-1)!; // back to the end of the unfinished line
    const rows = rowsOf(line, this.screen.columns);
    const width = visibleWidth(line) - (rows - 1) * this.screen.columns;
    return start + (width > 0 ? `\x1b[${width}C` : "") + "\x1b[J";
  }

  #drawStatus(): string {
    if (!this.#status) return "";
    const lines = this.#status.split("\n").map((line) => cut(line, this.screen.columns - 1));
    this.#statusRows = lines.length;
    this.#below = this.#cursor ? lines.length - 1 - this.#cursor.row : 0;
    let place = "";
    if (this.#cursor) {
      const { column } = this.#cursor;
      place = (this.#below > 0 ? `\x1b[${this.#below}A` : "") + "\r" + (column > 0 ? `\x1b[${column}C` : "");
    }
    return (this.#partial ? "\n\n" : "\n") + lines.join("\n") + place;
  }

  /** Writes everything at once, with the cursor hidden; if the terminal supports it, nothing is drawn before all of it has arrived. */
  #flush(out: string): void {
    if (out) this.screen.write(`\x1b[?2026h\x1b[?25l${out.replaceAll(/\r?\n/g, "\r\n")}\x1b[?25h\x1b[?2026l`);
  }
}

/** Keeps colors and removes everything that would move the cursor, so that a cell cannot draw over the lesson. */
function clean(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b(?!\[[\d;:]*m)(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)/g, "")
    // deno-lint-ignore no-control-regex
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g, "")
    .replace(/[^\n]*\t[^\n]*/g, expandTabs);
}

function expandTabs(line: string): string {
  return line.split("\t").reduce((before, part) => before + " ".repeat(8 - visibleWidth(before) % 8) + part);
}

/** Applies carriage returns, which start a line over, as in handwritten progress bars; one at the very end waits for what follows. */
function overwrite(text: string): string {
  return text.replace(/[^\n]*\r(?=[^\n])/g, "").replace(/\r\n/g, "\n");
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : text + "\n";
}
