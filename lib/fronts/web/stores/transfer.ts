/** Puts the learner's files into one file, and takes them out of one: it may come from anyone. */

import { parseBounded } from "../../../cells/ipynb/bounded_json.ts";
import type { Files } from "../stand_in/files.ts";

const FORMAT = "gradually-files";
/** What is taken and given: place, answers, journals and changed cells. Everything else of a page is its own. */
const OURS =
  /^\.gradually\/(progress\.json|journal\/\w{1,80}\.jsonl|changed\/\w{1,80}\.json|answers\/\w{1,80}\/[\w-]{1,80}(\.old)?\.ts)$/;
/** The longest file that is read, in characters. */
const MOST = 20_000_000;

/** All of the learner's files as one text. */
export function exported(files: Files): string {
  const paths = files.below(".gradually").filter((path) => OURS.test(path));
  const found = Object.fromEntries(paths.map((path) => [path, files.readText(path)]));
  return JSON.stringify({ format: FORMAT, version: 1, files: found });
}

/**
 * Puts the files of such a text where they belong, over those that are there.
 *
 * @returns How many there were.
 * @throws {SyntaxError} When the text is not one that {@linkcode exported} has made.
 */
export function imported(text: string, files: Files): number {
  if (text.length > MOST) throw new SyntaxError("the file is too long to be one that this page has saved");
  const found = parseBounded(text, { depth: 4, values: 20_000 }) as { format?: unknown; files?: unknown } | null;
  if (found?.format !== FORMAT || typeof found.files !== "object" || found.files === null) {
    throw new SyntaxError("this page takes a file that it has saved itself, and got another one");
  }
  const entries = Object.entries(found.files).filter(([path, content]) =>
    OURS.test(path) && typeof content === "string"
  );
  for (const [path, content] of entries) files.write(path, content as string);
  return entries.length;
}
