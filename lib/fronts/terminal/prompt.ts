/** Asks for text at the bottom of the screen: one line or several, with a history. */

import { graphemesOf } from "../../text/graphemes.ts";
import { visibleWidth } from "../../text/visible_width.ts";
import { visibleLine } from "../text/visible.ts";
import { mostColumns } from "../text/width.ts";
import { type Draft, typed } from "./line_editor.ts";
import type { TerminalUi } from "./terminal_ui.ts";

/** What to ask. */
interface Question {
  /** The text before the first line. */
  label: string;
  /** The keys that matter, for the line below. */
  keys: string;
  /** The texts typed earlier, oldest first, for the up key. */
  history?: readonly string[];
  /** Whether Enter ends the text; otherwise it starts a new line. Without this function, Enter always ends it. */
  isComplete?(text: string): boolean;
}

/** The text that the learner types; undefined if they leave with Escape, or with Ctrl-C or Ctrl-D on an empty text. */
export async function ask(
  ui: TerminalUi,
  { label, keys, history = [], isComplete }: Question,
): Promise<string | undefined> {
  const drafts = [...history, ""];
  let row = drafts.length - 1;
  let draft: Draft = { text: "", at: 0 };
  ui.write("\x1b[?2004h"); // pasted text arrives as one piece
  try {
    while (true) {
      drawDraft(ui, label, draft, keys);
      const key = await ui.keys.next();
      if (key === "end") ui.keys.unread([key]);
      if (key === "escape" || key === "end" || (key === "ctrl-d" && draft.text === "")) return undefined;
      if (key === "ctrl-c") {
        if (draft.text === "") return undefined;
        draft = { text: "", at: 0 };
        continue;
      }
      if (key === "enter" || (key === "newline" && !isComplete)) {
        if (!isComplete || isComplete(draft.text)) return draft.text;
        draft = typed(draft, "newline");
        continue;
      }
      const next = typed(draft, key);
      const leave = next === draft && (key === "up" || key === "down") ? row + (key === "up" ? -1 : 1) : row;
      if (leave !== row && leave >= 0 && leave < drafts.length) {
        drafts[row] = draft.text;
        row = leave;
        draft = { text: drafts[row], at: drafts[row].length };
      } else draft = next;
    }
  } finally {
    ui.write("\x1b[?2004l");
    ui.region.statusLine = "";
  }
}

/** Draws the text with its cursor; long lines continue in the next row, and of many rows only those around the cursor are shown. */
function drawDraft(ui: TerminalUi, label: string, { text, at }: Draft, keys: string): void {
  const columns = Math.max(10, ui.terminal.columns - 1);
  const indent = visibleWidth(label);
  const rows: string[] = [];
  let cursor = { row: 0, column: indent };
  let index = 0;
  text.split("\n").forEach((line, i) => {
    let row = i === 0 ? label : "·".padEnd(indent);
    let width = indent;
    let most = indent; // terminals do not agree on the width of some characters
    const place = (): void => {
      if (index === at) cursor = { row: rows.length, column: width };
    };
    for (const { segment } of graphemesOf(line)) {
      const shown = visibleLine(segment);
      if (most + mostColumns(shown) >= columns) {
        rows.push(row);
        row = " ".repeat(indent);
        width = most = indent;
      }
      place();
      row += shown;
      width += visibleWidth(shown);
      most += mostColumns(shown);
      index += segment.length;
    }
    place();
    index++; // the line break
    rows.push(row);
  });
  const room = Math.max(1, ui.terminal.rows - 4);
  const first = Math.max(0, Math.min(cursor.row - room + 1, rows.length - room));
  const seen = rows.slice(first, first + room);
  ui.region.footer([...seen, ui.keyLine(keys)].join("\n"), { row: cursor.row - first, column: cursor.column });
}
