/** Checks the types of an answer with `deno check`, in the lesson that it belongs to, and places errors in the learner's own file. */

import { absoluteImports } from "../../cells/document/imports.ts";
import { excerptOf } from "../../cells/engine/excerpt.ts";
import type { CellError } from "../../cells/engine/protocol.ts";
import type { Cell } from "../../cells/document/document.ts";

/** What is checked. */
export interface TypeCheckOptions {
  /** The URL of the lesson file, against which its imports are resolved. */
  url: string;
  cells: readonly Cell[];
  /** The exercise. */
  cell: Cell;
  /** What the learner wrote, and where. */
  answer: string;
  path: string;
  /** A folder for the module that joins lesson and answer. */
  directory: string;
  signal?: AbortSignal;
}

/** How many checks there were: each has a file of its own, for one that is overtaken takes its file along when it ends. */
let checks = 0;

/** Declared twice: in one scope that is no error, see the engine. */
const DECLARED_TWICE = ["TS2300", "TS2451", "TS2393", "TS2440"];

/**
 * The type errors of an answer; none where `deno check` cannot be run. What stands before the exercise in the lesson is known to it, and so is
 * what its check does with it.
 */
export async function typeCheck(options: TypeCheckOptions): Promise<CellError[]> {
  const { cell, answer, path, directory, signal } = options;
  const { text, first } = combined(options);
  const file = `${directory}/${cell.id.replace(/[^\w-]/g, "_")}_${Deno.pid}_${++checks}.ts`;
  try {
    Deno.mkdirSync(directory, { recursive: true });
    Deno.writeTextFileSync(file, text);
    const output = await denoCheck(file, signal);
    const last = first + answer.split("\n").length - 1;
    return errorsOf(output, await Deno.realPath(file)).flatMap(({ code, message, line, column }) => {
      if (DECLARED_TWICE.includes(code)) return [];
      const place = { file: path, line: line - first + 1, column };
      if (line >= first && line <= last) {
        const excerpt = excerptOf(answer, place);
        return [{ name: code, message, place, frames: [], excerpt }];
      }
      // The cell that checks: it cannot use what the answer declares, or does not declare.
      return line > last ? [{ name: code, message: `${message} (where the lesson uses your code)`, frames: [] }] : [];
    });
  } catch {
    return []; // no permission, no room, no deno: types are a help, not a condition
  } finally {
    await Deno.remove(file).catch(() => {});
  }
}

/** Lesson and answer as one module, with the line on which the answer begins. */
function combined({ url, cells, cell, answer }: TypeCheckOptions): { text: string; first: number } {
  const code = (found: Cell): boolean => found.kind === "code";
  const before = cells.filter((found) => code(found) && found.index < cell.index && !found.tags.includes("check"));
  const check = cells.filter((found) => code(found) && found.tags.includes("check") && found.id === cell.id);
  const head = [...before.map(({ source }) => source), ""].join("\n");
  const text = [head + answer, ...check.map(({ source }) => source), "export {};", ""].join("\n");
  return { text: absoluteImports(text, url), first: head.split("\n").length };
}

/** Runs `deno check`. The project's configuration would leave `.gradually` out, and nothing else in it matters here. */
async function denoCheck(file: string, signal?: AbortSignal): Promise<string> {
  const how: Deno.CommandOptions = {
    args: ["check", "--quiet", "--no-config", file],
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal,
  };
  let output;
  try {
    output = await new Deno.Command(Deno.execPath(), how).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    output = await new Deno.Command("deno", how).output(); // the name that the task permits
  }
  return new TextDecoder().decode(output.stderr);
}

interface Found {
  code: string;
  message: string;
  line: number;
  column: number;
}

/** The errors in one file, as `deno check` prints them: code and message, the line with a mark under it, the place. */
export function errorsOf(output: string, path: string): Found[] {
  const found: Found[] = [];
  for (const block of output.split(/\n(?=TS\d+ \[ERROR\])/)) {
    const match = /^(TS\d+) \[ERROR\]: ([\s\S]*?)\n[^\n]*\n\s*~*\^*~*\s*\n\s+at (file:\S+):(\d+):(\d+)/.exec(block);
    if (!match) continue;
    const [, code, message, url, line, column] = match;
    if (decodeURIComponent(new URL(url).pathname) !== path.replaceAll("\\", "/").replace(/^(?!\/)/, "/")) continue;
    found.push({ code, message: message.trim(), line: Number(line), column: Number(column) });
  }
  return found;
}
