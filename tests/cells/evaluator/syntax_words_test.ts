// A syntax error speaks of the learner's text: what it quotes is there, and nothing that was added around it.
import { assert, assertMatch, assertThrows } from "@std/assert";
import { parseCell } from "../../../lib/cells/evaluator/parse_cell.ts";

const BROKEN = [
  "function f(x) {\n  return g(1, 2\n}\n",
  "if (1 < 2) console.log(1",
  "if (1) ",
  "if true { }",
  "const a = [1, 2\nconst b = 3;",
  "return 3;",
  "for (let i = 0; i < 3; i++) {",
  "let x = 'abc",
  "if (x = 3 {}",
  "else { }",
  "const x: number = ;",
  "function f( { }",
  "foo(1,, 2)",
];

for (const source of BROKEN) {
  Deno.test(`a syntax error quotes only what is written: ${JSON.stringify(source)}`, () => {
    const { message } = assertThrows(() => parseCell(source), SyntaxError);
    for (const [, quoted] of message.matchAll(/'([^']*)'/g)) {
      assert(source.includes(quoted), `"${message}" speaks of ${quoted}`);
    }
    assertMatch(message, /^(?!.*(import|export|module|Expected)).+$/, "nothing about what runs the cell");
  });
}
