/** Shows the list of the lesson's variables: their types, statistics of their numbers, and each one as a picture. */

import { visibleWidth } from "../../text/visible_width.ts";
import type { Engine } from "../../cells/engine/engine.ts";
import type { Variable } from "../../cells/engine/protocol.ts";
import { visibleLine } from "../text/visible.ts";
import type { TerminalUi } from "./terminal_ui.ts";

const HEADS = ["name", "type", "shape", "min", "mean", "max", "NaN"];
const KEYS = "↑↓ choose · Enter show it · Esc back to the lesson";

/** Shows the list until the learner leaves; pictures are printed above it and stay. */
export async function browseVariables(ui: TerminalUi, engine: Engine): Promise<void> {
  ui.region.statusLine = ui.keyLine("reading the variables … Ctrl-C stops");
  const variables = await ui.attend(engine.variables(), () => engine.interrupt());
  ui.region.settle();
  if (variables.length === 0) return ui.say("There are no variables yet: run a cell first");
  let at = 0;
  while (true) {
    ui.region.footer(listText(variables, at, ui));
    const key = await ui.keys.next();
    const page = Math.max(1, roomOf(ui) - 1);
    if (key === "up" || key === "k") at--;
    else if (key === "down" || key === "j") at++;
    else if (key === "page-up") at -= page;
    else if (key === "page-down") at += page;
    else if (key === "home") at = 0;
    else if (key === "line-end") at = variables.length - 1;
    else if (key === "enter" || key === "space") {
      const { name } = variables[at];
      const bundle = await ui.attend(engine.picture(name), () => engine.interrupt());
      ui.region.statusLine = "";
      if (bundle) ui.print(`\n${ui.renderer.style.bold(visibleLine(name))}\n${ui.renderer.bundle(bundle)}`);
      else ui.say(`${name} is no longer there`);
    } else if (key === "escape" || key === "v" || key === "q" || key === "ctrl-c" || key === "end") {
      if (key === "end") ui.keys.unread([key]);
      ui.region.statusLine = "";
      return;
    }
    at = Math.max(0, Math.min(at, variables.length - 1));
  }
}

function roomOf({ terminal }: TerminalUi): number {
  return Math.max(1, Math.min(12, terminal.rows - 6));
}

/** The rows around the selected one, which has an arrow. */
function listText(variables: readonly Variable[], at: number, ui: TerminalUi): string {
  const { style } = ui.renderer;
  const rows = variables.map(rowOf);
  const widths = HEADS.map((head, i) => Math.max(...[head, ...rows.map((row) => row.columns[i])].map(visibleWidth)));
  const line = (columns: string[]): string =>
    columns.map((text, i) => i < 3 ? text + " ".repeat(widths[i] - visibleWidth(text)) : text.padStart(widths[i])).join(
      "  ",
    );
  const room = roomOf(ui);
  const first = Math.max(0, Math.min(at - (room >> 1), rows.length - room));
  const shown = rows.slice(first, first + room).map(({ columns, preview }, i) => {
    const text = preview === undefined ? line(columns) : `${line(columns.slice(0, 3))}  ${preview}`;
    return first + i === at ? style.bold(`→ ${text}`) : `  ${text}`;
  });
  const more = rows.length > room ? [style.dim(`  ${at + 1} of ${rows.length}`)] : [];
  return [style.dim(`  ${line(HEADS)}`), ...shown, ...more, ui.keyLine(KEYS)].join("\n");
}

/** The columns of one variable; a variable without numbers shows its value instead. */
function rowOf({ name, type, shape, numbers, preview }: Variable): { columns: string[]; preview?: string } {
  const left = [visibleLine(name), visibleLine(type), shape ? `[${shape.join(", ")}]` : ""];
  if (!numbers) return { columns: [...left, "", "", "", ""], preview: visibleLine(preview) };
  const { min, mean, max, nan } = numbers;
  return { columns: [...left, format(min), format(mean), format(max), String(nan)] };
}

function format(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : String(Number(value.toPrecision(4)));
}
