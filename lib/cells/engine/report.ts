/** Turns what a cell has thrown into what the learner sees: their file, line and column, without the frames of the runtime. */

import type { CellError, SourceLocation } from "./protocol.ts";
import { pathOf, type Regions } from "./regions.ts";

const RUNTIME = new URL("../", import.meta.url).href;

/** What distinguishes the reader's own code from everything else. */
export interface Surroundings {
  regions: Regions;
  /** URLs of folders and files whose frames are not the reader's own. */
  libraries: readonly string[];
  /** What to do if a cell lacks a permission. */
  sandboxAdvice: string;
}

/** Where the inspector locates an error, counted from 0, for code that does not compile. */
export interface Details {
  lineNumber: number;
  columnNumber: number;
}

/**
 * Describes a thrown value. Code that the engine evaluates has no file name, only `<anonymous>`: its line shows which file it is in.
 *
 * @param thrown Whatever a cell has thrown.
 */
export function reportError(thrown: unknown, surroundings: Surroundings, details?: Details): CellError {
  const { regions, libraries, sandboxAdvice } = surroundings;
  if (!(thrown instanceof Error)) {
    return { name: "Uncaught", message: Deno.inspect(thrown, { colors: false }), frames: [] };
  }
  const name = String(thrown.name);
  const message = withAdvice(messageOf(thrown), sandboxAdvice);
  const frames = framesOf(String(thrown.stack ?? ""), regions);
  const module = /^SyntaxError: ([^\n]*)[\s\S]*? at (\S+):(\d+):(\d+)$/.exec(message);
  if (module) { // an imported file that does not parse: its location is in the message
    const place = { file: pathOf(module[2]), line: Number(module[3]), column: Number(module[4]) };
    return { name: "SyntaxError", message: module[1], place, frames: [{ ...place, name: "" }, ...frames] };
  }
  if (name === "SyntaxError" && frames.length === 0 && details) {
    const place = { ...regions.locate(details.lineNumber + 1), column: details.columnNumber + 1 };
    return { name, message, place, frames: [{ ...place, name: "" }] };
  }
  return { name, message, place: placeOf(frames, libraries), frames };
}

/**
 * Finds where source does not parse. Stripping types gives no location, but the module loader does: it gets the source as a module whose
 * first import throws, so that none of it runs.
 */
export async function locateSyntaxError(
  source: string,
  line: number,
  file: string,
): Promise<CellError | undefined> {
  const stop = 'import "data:text/javascript,throw 0";';
  const module = line > 1 ? stop + "\n".repeat(line - 1) + source : `${source}\n${stop}`;
  try {
    await import(`data:application/typescript,${encodeURIComponent(module)}`);
  } catch (error) {
    const found = error instanceof Error && /^SyntaxError: ([^\n]*)[\s\S]*:(\d+):(\d+)$/.exec(error.message);
    if (!found) return undefined;
    const place = { file, line: Number(found[2]), column: Number(found[3]) };
    return { name: "SyntaxError", message: found[1], place, frames: [{ ...place, name: "" }] };
  }
  return undefined;
}

function messageOf(error: Error): string {
  let message = error.message;
  if (error instanceof AggregateError) {
    message += error.errors.slice(0, 5).map((inner) => `\n  ${inner instanceof Error ? inner : Deno.inspect(inner)}`)
      .join("");
  }
  if (error.cause instanceof Error) message += `\n  caused by ${error.cause.name}: ${messageOf(error.cause)}`;
  return message;
}

/** The message without the flags that Deno recommends, which the reader cannot set. */
export function withAdvice(message: string, sandboxAdvice: string): string {
  return message.replace(/(Requires .*?), run again with the (--\S+) flag/, `$1: ${sandboxAdvice}`);
}

function framesOf(stack: string, regions: Regions): CellError["frames"] {
  const frames: CellError["frames"] = [];
  for (const line of stack.split("\n")) {
    const match = /^\s+at (?:async )?(?:(.*) \()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    if (!match) continue;
    const [, name = "", where, row, column] = match;
    if (where === "<anonymous>") frames.push({ name, ...regions.locate(Number(row)), column: Number(column) });
    else if (where.startsWith("file:") && !where.startsWith(RUNTIME)) {
      frames.push({ name, file: pathOf(where), line: Number(row), column: Number(column) });
    }
  }
  return frames;
}

/** The reader's own line, if there is one: an error is often thrown deep in a library but caused by a cell. */
function placeOf(frames: CellError["frames"], libraries: readonly string[]): SourceLocation | undefined {
  const paths = libraries.map(pathOf);
  const own = frames.find((frame) => !paths.some((path) => frame.file.startsWith(path)));
  const found = own ?? frames[0];
  return found && { file: found.file, line: found.line, column: found.column };
}
