/** Turns cells, outputs and errors into text for a terminal of a given width, or into plain text. */

import type { Cell } from "../parse.ts";
import type { LessonError, Output } from "../protocol.ts";
import { shortPath } from "../course.ts";

/** What can be shown of a lesson, as text with its line ends. */
export interface Renderer {
  cell(cell: Cell): string;
  output(output: Output): string;
  error(error: LessonError): string;
}

/** Text as it is, for a pipe. */
export class PlainRenderer implements Renderer {
  constructor(readonly color = false) {}

  cell(cell: Cell): string {
    return withEnd(cell.source);
  }

  output(output: Output): string {
    if (output.type === "text") return output.text;
    const { bundle } = output;
    return withEnd((this.color ? bundle["text/x-ansi"] : undefined) ?? bundle["text/plain"]);
  }

  error(error: LessonError): string {
    const lines = [`${error.name}: ${error.message}`];
    if (error.place) {
      const { file, line, column } = error.place;
      lines.push(`  at ${shortPath(file)}:${line}:${column}`);
    }
    if (error.excerpt) lines.push(error.excerpt);
    return withEnd(lines.join("\n"));
  }
}

function withEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : text + "\n";
}
