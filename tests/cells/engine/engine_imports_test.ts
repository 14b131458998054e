// Imports in a cell: a name that the module does not have is rejected, as in `deno run`.
import { assert, assertEquals } from "@std/assert";
import { Bench, engineTest } from "./engine_bench.ts";

engineTest("a name that a module does not export is rejected at its place in the cell", async () => {
  using bench = new Bench(
    "1;",
    'import { nope } from "./helpers/sums.ts";',
    'const a = 1;\nimport {\n  add, // this one exists\n  missing as lost,\n  type Pair,\n} from "./helpers/sums.ts";',
    'import wrong from "./helpers/sums.ts";',
    'import none, * as all from "./helpers/sums.ts";',
  );
  const message = (name: string): string =>
    `The requested module './helpers/sums.ts' does not provide an export named '${name}'; to import a type, write "type ${name}"`;
  const errors = [];
  for (const index of [1, 2, 3, 4]) errors.push(await bench.error(index));
  assertEquals(errors.map(({ name, message, place }) => [name, message, place?.line, place?.column]), [
    ["SyntaxError", message("nope"), 5, 10],
    ["SyntaxError", message("missing"), 11, 3],
    ["SyntaxError", message("default").replace(/;.*/, ""), 16, 8],
    ["SyntaxError", message("default").replace(/;.*/, ""), 19, 8],
  ]);
  assert(errors[0].excerpt === undefined); // the file does not exist
});

engineTest("everything that a module exports can be imported, under any name", async () => {
  using bench = new Bench(
    'import { add, add as plus } from "./helpers/sums.ts";\nimport * as sums from "./helpers/sums.ts";\n' +
      "add === plus && sums.add === add",
    'import assert, { "equal" as equal, /* and } */ ok } from "node:assert";\n[typeof assert, typeof equal, typeof ok].join()',
  );
  assertEquals(await bench.text(), 'true\n"function,function,function"\n');
});
