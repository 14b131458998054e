/** What stands below the code of a step: outputs, verdicts, hints, and messages, in their order. */

import type { CellError, Frames, Output } from "../../../cells/engine/protocol.ts";
import type { Help } from "../../../course/session_events.ts";
import type { ExerciseVerdict } from "../../../course/verdict.ts";

/** One thing that is shown. */
export type Shown =
  | { type: "text"; stream: "stdout" | "stderr"; text: string }
  | { type: "picture"; bundle: Record<string, string>; displayId?: string; frames?: Frames }
  | { type: "verdict"; verdict: ExerciseVerdict }
  | { type: "error"; error: CellError }
  | { type: "notice"; text: string }
  | { type: "hint"; number: number; total: number; text: string }
  | { type: "solution"; help: Help }
  | { type: "guesses"; guesses: readonly string[] };

/** Adds an output: text to the text before it, an update where what it replaces stands. */
export function withOutput(shown: readonly Shown[], output: Output): Shown[] {
  if (output.type === "text") {
    const last = shown.at(-1);
    if (last?.type !== "text" || last.stream !== output.stream) return [...shown, output];
    return [...shown.slice(0, -1), { ...last, text: last.text + output.text }];
  }
  if (output.type !== "display") return [...shown];
  const { bundle, displayId, update, frames } = output;
  const picture: Shown = { type: "picture", bundle, displayId, frames };
  const at = update && displayId !== undefined
    ? shown.findIndex((each) => each.type === "picture" && each.displayId === displayId)
    : -1;
  return at < 0 ? [...shown, picture] : shown.with(at, picture);
}

/** The outputs as text, for the journal. */
export function transcriptOf(outputs: readonly Output[], error?: CellError): string {
  const parts = outputs.reduce<Shown[]>((all, output) => withOutput(all, output), []).map((each) => {
    if (each.type === "text") return each.text;
    return each.type === "picture" ? `${each.bundle["text/plain"]}\n` : "";
  });
  return parts.join("") + (error ? `${error.name}: ${error.message}\n` : "");
}
