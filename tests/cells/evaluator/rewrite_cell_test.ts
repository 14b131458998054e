// What a cell is rewritten to: plain statements, and code that still parses for every cell of the course.
import { assertEquals, assertGreater } from "@std/assert";
import { Names } from "../../../lib/cells/evaluator/names.ts";
import { parseCell } from "../../../lib/cells/evaluator/parse_cell.ts";
import { understand } from "../../../lib/cells/evaluator/parsed_cell.ts";
import { rewriteCell } from "../../../lib/cells/evaluator/rewrite_cell.ts";
import { testWith } from "../../support.ts";
import { Cells } from "./cells.ts";

/** @param set Names that have a value already. */
function rewritten(source: string, set: string[] = []): string {
  const names = new Names();
  const cell = understand(source);
  names.reserve(cell.declarations);
  for (const { name, kind } of cell.declarations) if (set.includes(name)) names.declare(names.get(name)!, kind);
  return rewriteCell(cell, names, "$").text;
}

Deno.test("declarations become assignments, everything else stays", () => {
  const cases: [string, string][] = [
    ["const a = 1, b = a;", ";     a = $.reached(0, 1), b = $.reached(1, a);"],
    ["let x: number;", ";   x         = $.reached(0);"],
    ["const f = () => 1", ";     $.reached(0), f = () => 1;"],
    ["const { a, b: [c] } = d", ";     ({ a, b: [c] } = $.reached(0, d));"],
    ["class A {}", ";A = $.reached(0, class A {});"],
    ["function f() {}\nf()", "function f() {}\nreturn (f())"],
    ["for (var i = 0; ;) { var j }", "for (    i = (0, 0); ;) { ;   j; }"],
    ['import { a } from "b"; a();', ";                      return (a());"],
    ["export default 5", ";              (5);"],
    ["import.meta.url; import('x')", "$.meta.url; return ($.load('x'))"],
  ];
  for (const [source, text] of cases) assertEquals(rewritten(source), text);
  assertEquals(
    rewritten("const a = 1, f = () => 2; let x", ["a", "f", "x"]),
    ";     a = (0, 1), f = () => 2; ;   x = void 0;",
  );
});

testWith({ read: true }, "every cell of every lesson becomes code that parses, with its lines", async () => {
  const folder = new URL("../../../lessons/", import.meta.url);
  let count = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^\d\d_.*\.ts$/.test(name)) continue;
    const text = await Deno.readTextFile(new URL(name, folder));
    assertEquals(new Cells().evaluator.check(text), undefined, name);
    for (const source of text.split(/^\/\/ %%.*$/m)) {
      const code = rewritten(source);
      parseCell(`(async function ($) { {\n${code}\n} })`);
      assertEquals(code.split("\n").length, source.split("\n").length, `${name}:\n${source}`);
      count++;
    }
  }
  assertGreater(count, 300);
});
