/** The heading of a step, for its name: its own, or that of the part of the lesson that it is in. */

import type { Step } from "../../../course/steps.ts";

/** Without marks of Markdown. */
export function headingOf(steps: readonly Step[], index: number): string {
  for (let i = index; i >= 0; i--) {
    const title = steps[i].cells.find((cell) => cell.title)?.title ??
      steps[i].cells.map((cell) => cell.kind === "code" ? undefined : /^#+\s+(.*)$/m.exec(cell.source)?.[1]).find(
        Boolean,
      );
    if (title) return title.replace(/[`*$_]/g, "");
  }
  return "";
}
