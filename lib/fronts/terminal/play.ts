/** Play: a prompt in the middle of a lesson, with the lesson's own variables. */

import type { Engine } from "../../cells/engine/engine.ts";
import type { Code, Output } from "../../cells/engine/protocol.ts";
import { tokenize } from "../../cells/document/tokenize.ts";
import { highlight } from "../text/highlight.ts";
import { ask } from "./prompt.ts";
import type { Stage } from "./stage.ts";

/** What play left behind. */
export interface Played {
  /** What was run, in order. */
  sources: string[];
  /** Whether its changes stay. */
  kept: boolean;
}

const LABEL = "› ";
const KEYS = "Enter runs · Alt-Enter new line · ↑ earlier · Esc back to the lesson";

/**
 * Asks for code and runs it until the learner leaves; asks then whether what it changed is to stay.
 *
 * @param history What was typed in earlier plays, oldest first.
 * @param onRan Is told of each piece of code and what it put out.
 */
export async function play(
  stage: Stage,
  engine: Engine,
  history: readonly string[],
  onRan: (source: string, outputs: Output[]) => void,
): Promise<Played> {
  const { renderer } = stage;
  const typed = [...history];
  const sources: string[] = [];
  stage.area.settle();
  stage.print(`\n${renderer.rule("play", "the lesson's variables are here")}`);
  while (true) {
    const text = await ask(stage, { label: LABEL, keys: KEYS, history: typed, isComplete });
    if (text === undefined) break;
    if (text.trim() === "") continue;
    if (typed.at(-1) !== text) typed.push(text);
    stage.print(echo(text, stage));
    const outputs: Output[] = [];
    const code: Code = { index: -1, source: text, line: 1, file: "play" };
    const run = engine.run(code, (output) => {
      outputs.push(output);
      stage.output(output);
    });
    stage.area.status = stage.keyLine("Ctrl-C stops");
    const result = await stage.attend(run, () => engine.interrupt());
    stage.area.settle();
    if (result.status === "failed") stage.print(renderer.error(result.error));
    if (result.status === "stopped") {
      stage.say("Stopped. What ran before will be run again, silently, when it is needed");
    } else sources.push(text);
    onRan(text, outputs);
  }
  return { sources, kept: sources.length > 0 && await isToBeKept(stage) };
}

async function isToBeKept(stage: Stage): Promise<boolean> {
  stage.area.status = stage.keyLine("k keep what play changed · d drop it: the lesson is as it was before");
  while (true) {
    const key = await stage.keys.next();
    if (key === "k" || key === "d") {
      stage.say(
        key === "d"
          ? "Dropped: the variables are made again as they were"
          : "Kept: what play changed is part of the lesson now",
      );
      return key !== "d";
    }
    if (key === "end") {
      stage.keys.unread([key]);
      return true;
    }
  }
}

/** What was typed, as it stays on the screen. */
function echo(text: string, { renderer }: Stage): string {
  return highlight(text, renderer.style).split("\n").map((line, i) => (i === 0 ? LABEL : "· ") + line + "\n").join("");
}

/**
 * Whether code comes to an end: no bracket, string or comment is open, and no operator waits for its other side.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["f(", "`a", "1 +", "/* x", "f(1)", "x => x", ""].map(isComplete), [false, false, false, false, true, true, true]);
 * ```
 */
export function isComplete(text: string): boolean {
  const tokens = tokenize(text);
  const last = tokens.at(-1);
  if (!last) return true;
  const end = text.slice(last.start, last.end);
  if (last.kind === "comment") return !end.startsWith("/*") || end.endsWith("*/");
  if (last.kind === "template" && !(end.endsWith("`") && (end.length > 1 || last.opened !== last.start))) return false;
  if (last.kind === "punctuator" && /^[-+*/%=&|<>?,.:(\[{]$/.test(end) && !/(\+\+|--)$/.test(text.slice(0, last.end))) {
    return false;
  }
  return tokens.reduce((depth, token) => {
    const piece = text.slice(token.start, token.end);
    if (token.kind === "template") return depth + (piece.endsWith("${") ? 1 : 0) - (piece.startsWith("}") ? 1 : 0);
    if (token.kind !== "punctuator") return depth;
    return depth + ("([{".includes(piece) ? 1 : ")]}".includes(piece) ? -1 : 0);
  }, 0) <= 0;
}
