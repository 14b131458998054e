// Mutations of the notebook for any subject: documents, the engine, the evaluator.
import type { Mutated } from "../mutation.ts";

const engine = "tests/cells/engine/engine_test.ts";
const documents = "tests/cells/document";
const notebooks = "tests/cells/ipynb";
const changedCell = "tests/course/notebook";

/** By file. */
export const cells: readonly Mutated[] = [
  {
    file: "lib/cells/document/parse_document.ts",
    tests: [documents],
    changes: [
      ["line: marked ? start + 2 : start + 1", "line: start + 1"],
      ['if (token.kind !== "template" && !block) continue;', 'if (token.kind !== "template") continue;'],
      ["while (kept > 0 && body", "while (kept > 1 && body"],
    ],
  },
  {
    file: "lib/cells/document/marker.ts",
    tests: [documents],
    changes: [["if (found.index < end) continue;", ""], ["else if (open <= 0 && ", "else if ("]],
  },
  {
    file: "lib/cells/document/header.ts",
    tests: [documents],
    changes: [["path.at(-1)!.indent >= spaces.length", "path.at(-1)!.indent > spaces.length"]],
  },
  {
    file: "lib/cells/document/tokenize.ts",
    tests: ["tests/cells/document/tokenize_test.ts"],
    changes: [
      ['return !")]}".includes(text)', "return true"],
      ['source.startsWith("\\r\\n", end + 1) ? 2 : 1', "0"],
      ['else if (source[end] === "[") inClass = true;', ""],
    ],
  },
  {
    file: "lib/cells/document/imports.ts",
    tests: ["tests/cells/document/imports_test.ts"],
    changes: [['word(i - 1) === "(" && word(i - 2) === "import"', "false"]],
  },
  {
    file: "lib/cells/ipynb/cell.ts",
    tests: [notebooks, changedCell],
    changes: [
      ["if (cell.blankLines !== 1)", "if (cell.blankLines > 1)"],
      ["kept.raw.hash === hashOf(cell) &&", ""],
    ],
  },
  {
    file: "lib/cells/ipynb/cell_id.ts",
    tests: [notebooks, changedCell],
    changes: [["this.#taken.add(unique);", ""], ["`${this.#lesson}\\n${text}`", "text"]],
  },
  {
    file: "lib/cells/engine/engine.ts",
    tests: [engine, "tests/cells/engine/replay_test.ts"],
    changes: [
      ['result.status === "interrupted" ? result.pollCount : undefined', "undefined"],
      ["now - running.askedAt > SAME_REQUEST ? this.#kill() : undefined", "undefined"],
      ['reply?.type !== "asked" || !reply.polling', "true"],
    ],
  },
  {
    file: "lib/cells/engine/ran_cells.ts",
    tests: ["tests/cells/engine/replay_test.ts"],
    changes: [["filter(({ cell }) => cell.index !== run.cell.index)", "filter(() => true)"]],
  },
  {
    file: "lib/cells/engine/realm_process.ts",
    tests: ["tests/cells/engine/replay_test.ts"],
    changes: [["if (control.count >= pollsBeforeStop)", "if (false)"]],
  },
  {
    file: "lib/cells/engine/realm_arguments.ts",
    tests: ["tests/course/permissions_test.ts", "tests/cells/engine/fence_test.ts"],
    changes: [['"--no-remote",', ""], ["values.length > 0 ? [`", "true ? [`"], [", ...NO_CACHES", ""]],
  },
  {
    file: "lib/cells/engine/check_reply.ts",
    tests: ["tests/cells/engine/check_reply_test.ts"],
    changes: [["text.length > MAX_TEXT", "false"], ["value.slice(0, most)", "value"]],
  },
  {
    file: "lib/cells/engine/interrupt.ts",
    tests: ["tests/cells/engine/interrupt_test.ts"],
    changes: [
      ["Math.max(RECENT, 3 * this.#longestPause)", "RECENT"],
      ["3 * this.#longestPause", "this.#longestPause"],
      ["if (this.#seen > 0) this", "this"],
      ["> SAME_REQUEST", ">= SAME_REQUEST"],
    ],
  },
  {
    file: "lib/cells/engine/capture.ts",
    tests: ["tests/cells/engine/output_limits_test.ts"],
    changes: [["if (wait <= 0) capture.flush();", "if (wait > 0) capture.flush();"], ["characters = outputs = 0;", ""]],
  },
  {
    file: "lib/cells/engine/excerpt.ts",
    tests: ["tests/cells/engine/excerpt_test.ts"],
    changes: [["slice(0, column - 1).replace", "slice(0, column).replace"], [
      "Math.max(1, line - 2)",
      "Math.max(1, line - 1)",
    ]],
  },
  {
    file: "lib/cells/engine/variables.ts",
    tests: ["tests/cells/engine/excerpt_test.ts"],
    changes: [["sum / (length - nan)", "sum / length"], ["value.length > 0 && value.every", "value.every"]],
  },
  {
    file: "lib/cells/evaluator/report.ts",
    tests: ["tests/cells/engine/error_place_test.ts"],
    changes: [
      ["frames.find(({ file }) => !host.isLibrary(file)) ?? frames[0]", "frames[0]"],
      [
        "frames.find(({ file }) => !host.isLibrary(file)) ?? frames[0]",
        "frames.find(({ file }) => !host.isLibrary(file))",
      ],
    ],
  },
  {
    file: "lib/cells/evaluator/stack.ts",
    tests: ["tests/cells/engine/error_place_test.ts", "tests/cells/evaluator/error_test.ts"],
    changes: [["at (?:async )?", "at "], ['name === "eval" ? ""', 'name === "eval" ? name']],
  },
  {
    file: "lib/cells/evaluator/deno_evaluator.ts",
    tests: ["tests/cells/engine/error_place_test.ts"],
    changes: [["&& !runtime.some((part) => address.startsWith(part)) ?", "?"]],
  },
  {
    file: "lib/cells/evaluator/offset_map.ts",
    tests: ["tests/cells/evaluator/cell_lines_test.ts", "tests/cells/evaluator/error_test.ts"],
    changes: [["this.#starts[middle] <= offset", "this.#starts[middle] < offset"], [
      "(this.#same[low] ? offset",
      "(true ? offset",
    ]],
  },
  {
    file: "lib/cells/evaluator/erase_types.ts",
    tests: ["tests/cells/evaluator/erase_types_test.ts"],
    changes: [["if (node.optional === true) blankMark", "if (false) blankMark"], [
      "if (node.definite === true) blankMark",
      "if (false) blankMark",
    ]],
  },
  {
    file: "lib/cells/evaluator/erase_class.ts",
    tests: ["tests/cells/evaluator/erase_types_test.ts"],
    changes: [['isField && source[member.end - 1] !== ";" ? ";"', 'false ? ";"']],
  },
  {
    file: "lib/cells/evaluator/rewrite_cell.ts",
    tests: [
      "tests/cells/evaluator/rewrite_cell_test.ts",
      "tests/cells/evaluator/scope_test.ts",
      "tests/cells/evaluator/corners_test.ts",
    ],
    changes: [
      ['|| isHead && id.name === "async"', ""],
    ],
  },
  {
    file: "lib/cells/evaluator/references.ts",
    tests: [
      "tests/cells/evaluator/scope_test.ts",
      "tests/cells/evaluator/rewrite_cell_test.ts",
      "tests/cells/evaluator/corners_test.ts",
    ],
    changes: [
      ['=== "PropertyDefinition" && member.static !== true', '=== "PropertyDefinition"'],
      ['if (node.kind === "var" && home === this.top) this', 'if (node.kind === "var") this'],
    ],
  },
  {
    file: "lib/cells/evaluator/early_use.ts",
    tests: [
      "tests/cells/evaluator/scope_test.ts",
      "tests/cells/evaluator/rewrite_cell_test.ts",
      "tests/cells/evaluator/corners_test.ts",
    ],
    changes: [["Math.min(firstRun, node.start)", "Math.max(firstRun, node.start)"], [
      "if (functions.has(name) && !hoisted)",
      "if (functions.has(name))",
    ]],
  },
];
