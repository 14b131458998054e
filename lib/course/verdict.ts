/** The verdict of the judge on an answer, as the realm of a lesson outputs it. */

import { errorOf } from "../cells/engine/check_reply.ts";
import type { CellError, Output } from "../cells/engine/protocol.ts";
import type { VerdictKind } from "../contract/contract.ts";

/** A verdict that a front end can show, with everything that may be revealed, one thing at a time. */
export interface ExerciseVerdict {
  /** The id of the exercise: `relu-backward`. */
  id: string;
  kind: VerdictKind;
  message: string;
  /** The answer and the right one side by side: text of equally wide characters. */
  picture?: string;
  hints: string[];
  /** The reference solution as code. */
  solution: string;
  explanation: string;
  /** The number of this try; undefined where nobody counts. */
  attempt?: number;
  /** What the answer threw. */
  error?: CellError;
}

const KINDS: ReadonlySet<unknown> = new Set<VerdictKind>(["passed", "open", "error", "mistake", "wrong"]);
/** More characters of one text, and more hints, are not a verdict of the judge. */
const MAX_TEXT = 100_000;
const MAX_HINTS = 20;

/** The verdict among a cell's outputs; undefined for any other output, and for what is not a whole verdict: a cell can output anything. */
export function verdictOf(output: Output): ExerciseVerdict | undefined {
  if (output.type !== "custom" || output.name !== "verdict") return undefined;
  const { id, kind, message, hints, solution, explanation, picture, attempt, error } = (output.data ?? {}) as Record<
    string,
    unknown
  >;
  const isWhole = isText(id) && KINDS.has(kind) && isText(message) && isText(solution) && isText(explanation) &&
    (picture === undefined || isText(picture)) && (attempt === undefined || Number.isSafeInteger(attempt)) &&
    Array.isArray(hints) && hints.length <= MAX_HINTS && hints.every(isText);
  if (!isWhole) return undefined;
  const verdict: ExerciseVerdict = { id, kind: kind as VerdictKind, message, hints, solution, explanation };
  if (picture !== undefined) verdict.picture = picture;
  if (attempt !== undefined) verdict.attempt = attempt as number;
  if (error !== undefined) verdict.error = errorOf(error);
  return verdict;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT;
}
