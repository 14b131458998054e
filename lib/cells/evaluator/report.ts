/** Turns what a cell has thrown into what the learner is to see: their file, line and column, and no frame of the runtime. */

import type { Origins } from "./origins.ts";
import { framesOf } from "./stack.ts";
import type { CellError, Host, SourceLocation } from "./types.ts";

const MOST_ERRORS = 5; // of those that an AggregateError holds

/**
 * What a thrown value says.
 *
 * @param thrown Whatever a cell has thrown.
 */
export function reportError(thrown: unknown, origins: Origins, host: Host): CellError {
  if (!(thrown instanceof Error)) return { name: "Uncaught", message: host.inspect(thrown), frames: [] };
  const name = String(thrown.name);
  const message = host.explain(plain(messageOf(thrown, host)));
  const head = `${name}: ${thrown.message}`;
  const stack = String(thrown.stack ?? "");
  const frames = framesOf(stack.startsWith(head) ? stack.slice(head.length) : stack, origins, host);
  const module = /^SyntaxError: ([^\n]*)[\s\S]*? at (\S+):(\d+):(\d+)$/.exec(message);
  if (module) { // an imported file that does not parse: Deno puts its place into the message
    const place = { file: host.fileOf(module[2]) ?? module[2], line: Number(module[3]), column: Number(module[4]) };
    return { name: "SyntaxError", message: module[1], place, frames: [{ ...place, name: "" }, ...frames] };
  }
  return { name, message, place: placeOf(frames, host), frames };
}

/** An error at a known place, without calls that led to it. */
export function errorAt(place: SourceLocation, name: string, message: string): CellError {
  return { name, message, place, frames: [{ ...place, name: "" }] };
}

function messageOf(error: Error, host: Host): string {
  let message = String(error.message);
  if (error instanceof AggregateError) {
    message += error.errors.slice(0, MOST_ERRORS)
      .map((inner) => `\n  ${inner instanceof Error ? inner : host.inspect(inner)}`).join("");
  }
  if (error.cause instanceof Error) message += `\n  caused by ${error.cause.name}: ${messageOf(error.cause, host)}`;
  return message;
}

/** V8 names what is called as it stands in the rewritten code. */
function plain(message: string): string {
  return message.replace(/\$cell_*\.names\./g, "").replace(/\$cell_*\.meta\b/g, "import.meta");
}

/** The learner's own line, where there is one: an error about a shape is thrown deep in the library and made in the lesson. */
function placeOf(frames: CellError["frames"], host: Host): SourceLocation | undefined {
  const found = frames.find(({ file }) => !host.isLibrary(file)) ?? frames[0];
  return found && { file: found.file, line: found.line, column: found.column };
}
