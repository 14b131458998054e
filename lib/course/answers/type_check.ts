/** Checks the types of an answer with `deno check`, in the context of its lesson, and locates errors in the learner's own file. */

import { absoluteImports } from "../../cells/document/imports.ts";
import { excerptOf } from "../../cells/engine/excerpt.ts";
import type { CellError } from "../../cells/engine/protocol.ts";
import type { Cell } from "../../cells/document/document.ts";
import { foreignImport } from "./foreign_import.ts";

/** What to check. */
interface TypeCheckOptions {
  /** The URL of the lesson file, against which its imports are resolved. */
  url: string;
  cells: readonly Cell[];
  /** The exercise. */
  cell: Cell;
  /** What the learner wrote, and where. */
  answer: string;
  path: string;
  /** The folders that the lesson can read: the answer can import from them, and from nowhere else. */
  readable: readonly string[];
  /** A folder for the module that joins lesson and answer. */
  directory: string;
  signal?: AbortSignal;
}

/** The number of checks so far. Each check has its own file, because a check that is replaced by a newer one deletes its file at its end. */
let checks = 0;

/** Errors for names that are declared twice: in the scope of the cells that is allowed, see the engine. */
const DECLARED_TWICE = ["TS2300", "TS2451", "TS2393", "TS2440"];

/**
 * The type errors of an answer; none if `deno check` cannot be run. The answer can use everything before the exercise in the lesson, and
 * the check of the exercise must be able to use the answer.
 */
export async function typeCheck(options: TypeCheckOptions): Promise<CellError[]> {
  const { url, cell, answer, path, readable, directory, signal } = options;
  const foreign = foreignImport(answer, url, readable);
  if (foreign) return foreign.onlyTypes ? [refused(foreign, answer, path)] : []; // otherwise running it says so
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
      // An error in the check: it cannot use what the answer declares, or fails to declare.
      return line > last ? [{ name: code, message: `${message} (where the lesson uses your code)`, frames: [] }] : [];
    });
  } catch {
    return []; // no permission, no space, no deno: type errors help, but they are not required
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

/** The one reply to an import that was not followed. */
function refused(
  { specifier, offset }: { specifier: string; offset: number },
  answer: string,
  path: string,
): CellError {
  const lines = answer.slice(0, offset).split("\n");
  const place = { file: path, line: lines.length, column: lines.at(-1)!.length + 1 };
  const message =
    `an answer takes imports from the course and got "${specifier}": leave it out; the types were not checked`;
  return { name: "TypeError", message, place, frames: [], excerpt: excerptOf(answer, place) };
}

/** Nothing is fetched, and no lock file is read or written. */
const OFFLINE = ["--no-remote", "--no-npm", "--cached-only", "--no-lock"];

/** Runs `deno check`, without the project's configuration: it would exclude `.gradually`, and nothing else in it matters here. */
async function denoCheck(file: string, signal?: AbortSignal): Promise<string> {
  const how: Deno.CommandOptions = {
    args: ["check", "--quiet", "--no-config", ...OFFLINE, file],
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

/** The errors in one file, from the output of `deno check`: code and message, the line with a mark below it, the location. */
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
