// Mutations of the course, its front ends, and its commands.
import type { Mutated } from "../mutation.ts";

const session = "tests/course/session_test.ts";
const borders = "tests/course/session_borders_test.ts";
const interruptedStep = "tests/course/interrupted_step_test.ts";
const keeping = "tests/course/progress";
const kept = "tests/course/kept_test.ts";
const text = "tests/fronts/text";
const typing = "tests/fronts/terminal/typing_test.ts";

/** By file. */
export const course: readonly Mutated[] = [
  {
    file: "lib/course/glossary.ts",
    tests: ["tests/commands/glossary_test.ts", "tests/lessons/glossary_test.ts"],
    changes: [
      ["/(?<!\\\\)\\|/", '"|"'],
      ["same.length > 0 ? same :", ""],
      ["cells.length !== 3", "cells.length < 3"],
    ],
  },
  {
    file: "lib/fronts/text/course_list.ts",
    tests: ["tests/course/outline_test.ts"],
    changes: [
      ["Math.max(2, PART_COLUMN - visibleWidth(taken))", "2"],
      ["i > from && part", "i >= from && part"],
    ],
  },
  {
    file: "lib/course/permissions.ts",
    tests: ["tests/course/permissions_test.ts", "tests/commands/sandbox_test.ts"],
    changes: [
      ["...asked.map((name) => named[name])", "...Object.values(named)"],
      ["write: paths(({ write }) => write)", "write: paths(({ read }) => read)"],
      ["all(({ net }) => net).filter((host) => granted", "all(({ net }) => net).filter((host) => !granted"],
    ],
  },
  {
    file: "lib/course/moves.ts",
    tests: [session, borders, interruptedStep],
    changes: [
      ['const behind = status === "done" || status === "interrupted"', 'const behind = status === "done"'],
      ['const until = status === "done" || passed', "const until = behind"],
      ["const from = Math.max(at, reached)", "const from = at"],
      ["at < state.reached ?", "at <= state.reached ?"],
      ["at < until && phase", "at <= until && phase"],
    ],
  },
  {
    file: "lib/course/session.ts",
    tests: [session, borders],
    changes: [
      ['if (state.phase === "running" && NOT_WHILE_RUNNING.includes(event.type)) return stay(state);', ""],
      ["frames: state.until === undefined", "frames: true"],
      ["if (state.reached !== before.reached) effects", "effects"],
      ["stillStale.delete(index);", ""],
    ],
  },
  {
    file: "lib/course/exercises.ts",
    tests: [session, borders],
    changes: [
      ['exerciseState(after, id).passed || kind === "passed"', 'kind === "passed"'],
      ["if (hintsLeft > 0) return say", "if (hintsLeft > 1) return say"],
      ['if (kind === "open") continue;', ""],
    ],
  },
  {
    file: "lib/course/guesses.ts",
    tests: [session],
    changes: [["!asked.includes(id) &&", ""], ["while (first > 0 && !steps[first - 1].code) first--;", ""]],
  },
  {
    file: "lib/course/lesson_change.ts",
    tests: [session, borders],
    changes: [["if (cell.index >= first)", "if (cell.index > first)"], [
      "touched < state.reached",
      "touched <= state.reached",
    ]],
  },
  {
    file: "lib/course/lesson_code.ts",
    tests: [kept],
    changes: [["before === index", "before <= index"], ['!cell.tags.includes("check")) code.push', "true) code.push"]],
  },
  {
    file: "lib/course/progress/progress.ts",
    tests: ["tests/course/progress", kept],
    changes: [
      ["Math.max(place.cell, before?.furthest ?? 0)", "place.cell"],
      ["place.done || before?.done === true", "place.done"],
      ["if (this.#file !== known) change(this.#file);", ""],
    ],
  },
  {
    file: "lib/course/progress/journal.ts",
    tests: [keeping, kept],
    changes: [
      ["&& entry.source === source", ""],
    ],
  },
  {
    file: "lib/course/progress/checkpoints.ts",
    tests: [keeping, kept],
    changes: [
      ["JSON.stringify({ mode, seed, data, kernel })", "JSON.stringify({ seed, data, kernel })"],
    ],
  },
  {
    file: "lib/course/progress/recap.ts",
    tests: [keeping, kept],
    changes: [['"`".repeat(longest + 1)', '"`".repeat(longest)'], ["lines.slice(-half)", "lines.slice(half)"]],
  },
  {
    file: "lib/course/catalog.ts",
    tests: ["tests/course/catalog_test.ts", kept],
    changes: [
      ["Number(a.number) - Number(b.number)", "Number(b.number) - Number(a.number)"],
      ["name.length > 2", "name.length > 1"],
    ],
  },
  {
    file: "lib/course/answers/answer_file.ts",
    tests: [kept],
    changes: [["last.length + 1 + word.length <= WIDTH", "last.length + word.length <= WIDTH"]],
  },
  {
    file: "lib/course/answers/type_check.ts",
    tests: ["tests/course/answers"],
    changes: [
      ["line: line - first + 1", "line: line - first"],
      [", ...OFFLINE", ""],
      ["foreign.onlyTypes ? ", "false ? "],
    ],
  },
  {
    file: "lib/course/answers/foreign_import.ts",
    tests: ["tests/course/answers"],
    changes: [['if (specifier.startsWith("node:")) return true;', ""], ['.replace(/[\\\\/]*$/, "") + separator', ""]],
  },
  {
    file: "lib/course/step_verdicts.ts",
    tests: ["tests/course/forged_verdicts_test.ts"],
    changes: [["!this.#exercises.has(verdict.id)", "false"]],
  },
  {
    file: "lib/fronts/terminal/live_region.ts",
    tests: ["tests/fronts/terminal/live_region_test.ts"],
    changes: [["this.screen.rows - 2", "this.screen.rows - 3"]],
  },
  {
    file: "lib/fronts/text/mathematics.ts",
    tests: [text, typing],
    changes: [["letters.length > 1 ?", "letters.length > 2 ?"], ['(char === "^" || char === "_")', '(char === "^")']],
  },
  {
    file: "lib/fronts/text/markdown.ts",
    tests: [text],
    changes: [['table.align[i] === "right"', 'table.align[i] === "left"'], ["`${first + i}. `", "`${i + 1}. `"]],
  },
  {
    file: "lib/fronts/text/width.ts",
    tests: ["tests/fronts/terminal/live_region_test.ts"],
    changes: [["/ columns)", "/ (columns - 1))"]],
  },
  {
    file: "lib/fronts/terminal/keys.ts",
    tests: [typing],
    changes: [["charCodeAt(0) + 96", "charCodeAt(0) + 64"], ['pasted.replace(/\\r\\n?/g, "\\n")', "pasted"]],
  },
  {
    file: "lib/fronts/terminal/line_editor.ts",
    tests: [typing],
    changes: [
      ["if (index < at) last = index", "if (index <= at) last = index"],
      ["Math.min(column, lines[target].length)", "column"],
      ["remove(lineStart, at)", "remove(0, at)"],
    ],
  },
  {
    file: "lib/commands/nearest.ts",
    tests: [
      "tests/commands/options_test.ts",
      "tests/commands/option_borders_test.ts",
      "tests/commands/nearest_test.ts",
    ],
    changes: [["if (d < bestDistance)", "if (d <= bestDistance)"]],
  },
  {
    file: "lib/commands/read_words.ts",
    tests: ["tests/commands/read_words_test.ts", "tests/commands/option_borders_test.ts"],
    changes: [
      ['if (value === "") throw', 'if (value === "x") throw'],
      ["if (flags.includes(name)) throw", "if (name === undefined) throw"],
      ['string: ["_", ...named]', "string: named"],
    ],
  },
];
