// Text reaches the terminal through one file, which cleans it; only what draws the screen may write as it is.
import type { SourceFile } from "./source_tree.ts";

/** The parts of the runtime that write to the terminal. */
const PARTS = /^lib\/(course|fronts|commands)\//;
/** The file that writes to stdout, and the one that writes to stderr. */
const WRITERS = ["lib/fronts/text/write.ts", "lib/commands/output.ts"];
/** What may write sequences of its own: both take text only through the live region, or the output for a pipe. */
const DRAWERS = ["lib/fronts/terminal/terminal.ts", "lib/commands/lesson/run_plainly.ts"];

/** Every place that writes to the terminal past the cleaner. */
export function uncleanOutput(tree: SourceFile[]): string[] {
  return tree.filter(({ path }) => PARTS.test(path)).flatMap(({ path, text, imports }) => {
    const raw = WRITERS.includes(path)
      ? []
      : text.split("\n").flatMap((line, i) =>
        /\b(?:Deno|process)\.std(?:out|err)\b(?!\.isTerminal)/.test(line)
          ? [`${path}:${i + 1} writes to the terminal: use write or complain, which clean the text`]
          : []
      );
    const controls = DRAWERS.includes(path) ? [] : imports.filter(({ names }) => names.includes("writeControls")).map((
      { line },
    ) => `${path}:${line} imports writeControls: use write, which cleans the text`);
    return [...raw, ...controls];
  });
}
