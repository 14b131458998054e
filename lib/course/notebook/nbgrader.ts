/** Makes the metadata that tells nbgrader which cells a learner answers and which are graded (its schema, version 3). */

import type { Cell } from "../../cells/document/document.ts";

const SCHEMA = { schema_version: 3, task: false };

/** The metadata for a cell, if it takes part in grading: an exercise is collected, its check is locked and worth one point. */
export function nbgraderOf({ kind, id, tags }: Cell): Record<string, unknown> | undefined {
  if (kind !== "code" || id === "") return undefined;
  const name = id.replace(/[^A-Za-z0-9_-]+/g, "-");
  if (tags.includes("exercise")) return { grade: false, grade_id: name, locked: false, solution: true, ...SCHEMA };
  if (!tags.includes("check")) return undefined;
  return { grade: true, grade_id: `${name}-check`, locked: true, points: 1, solution: false, ...SCHEMA };
}
