// Random programs do as cells what they do as a module: what they print, what they throw, and where.
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Cells, LINE, moduleOf } from "./cells.ts";

const LOG = "logOfTheEvaluatorTest";
const NAMES = ["a", "b", "c", "d", "k"];
const name = fc.constantFrom(...NAMES);
const functionName = fc.constantFrom("f", "g");
const number = fc.integer({ min: 0, max: 9 }).map(String);

/** An expression; nested ones stand in brackets. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 3, arbitrary: number },
    { weight: 3, arbitrary: name },
    { weight: 1, arbitrary: functionName },
    { weight: 1, arbitrary: fc.constant("nobody") },
    fc.tuple(name, tie("expression")).map(([a, e]) => `(+${a} - ${e})`),
    fc.tuple(functionName, tie("expression")).map(([f, e]) => `${f}(${e})`),
    tie("expression").map((e) => `(() => ${e})()`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `((${a}) => ${a} - 1)(${e})`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `(${a} = ${e})`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `(${a} -= ${e})`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `([${a}] = [${e}])[0]`),
    fc.tuple(name, name, tie("expression")).map(([a, b, e]) => `({ ${a}, x: ${b} = 1 } = { ${a}: ${e} }).x`),
    name.map((a) => `${a}++`),
    name.map((a) => `--${a}`),
    name.map((a) => `{ ${a} }.${a}`).map((e) => `(${e})`),
    functionName.map((f) => `(${f} = (x) => x)`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `(${a} ??= ${e})`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `new (class ${a} { static s = 1; m() { return ${e} } })().m()`),
    functionName.map((f) => `(function ${f}() { return ${f}.name })()`),
    fc.tuple(name, tie("expression")).map(([a, e]) => `(function ${a}() { return ${e} })()`),
  ),
}));

const log = expression.map((e) => `${LOG}(${e});`);
const caught = log.map((e) => `try { ${e} } catch (error) { ${LOG}(error.name, error.message); }`);

/** A statement, and the names that it declares at the top. */
const statement = fc.oneof(
  { weight: 4, arbitrary: log.map((text) => ({ text, declares: [] as string[] })) },
  { weight: 6, arbitrary: caught.map((text) => ({ text, declares: [] as string[] })) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom("let", "const"), name, expression)
      .map(([kind, a, e]) => ({ text: `${kind} ${a} = ${e};`, declares: [a] })),
  },
  name.map((a) => ({ text: `let ${a};`, declares: [a] })),
  fc.tuple(name, expression).map(([a, e]) => ({ text: `const ${a} = (x) => ${e};`, declares: [a] })),
  fc.tuple(name, expression).map(([a, e]) => ({ text: `class ${a} { m() { return ${e} } }`, declares: [a] })),
  // No name is used in its own pattern: there, cells refuse only what comes before the whole of it.
  fc.tuple(name, name, number).filter(([a, b]) => a !== b)
    .map(([a, b, e]) => ({ text: `const { ${a}, x: [${b} = ${e}] } = { ${a}: 1, x: [] };`, declares: [a, b] })),
  fc.tuple(name, log).map(([a, text]) => ({ text: `for (const ${a} of [1, 2]) { ${text} }`, declares: [] })),
  fc.tuple(name, caught).map(([a, text]) => ({
    text: `try { for (${a} of [1, 2]) { ${text} } } catch (error) { ${LOG}(error.message); }`,
    declares: [],
  })),
  fc.tuple(name, caught).map(([a, text]) => ({ text: `{ let ${a} = 7; ${text} }`, declares: [] })),
  fc.tuple(name, log).map(([a, text]) => ({ text: `try { throw 3 } catch (${a}) { ${text} }`, declares: [] })),
  fc.tuple(expression, caught).map(([e, text]) => ({ text: `if (${e}) { ${text} }`, declares: [] })),
);

/** A program whose functions stand at its beginning, where a module has them from its beginning on. */
const program = fc.record({
  functions: fc.tuple(expression, expression),
  statements: fc.array(statement, { minLength: 1, maxLength: 8 }),
  cuts: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
}).map(({ functions: [f, g], statements, cuts }) => {
  const lines = ["let calls = 0;", `function f(x) { if (++calls > 20) return 0; return ${f}; }`];
  lines.push(`function g(x) { if (++calls > 20) return 0;\n  return ${g}; }`);
  const declared = new Set<string>();
  const cells = [lines.join("\n")];
  const whole = [...lines];
  for (const [i, { text, declares }] of statements.entries()) {
    if (declares.some((one) => declared.has(one))) continue;
    for (const one of declares) declared.add(one);
    whole.push(text);
    if (cuts[i]) cells.push(text);
    else cells.push(cells.pop() + "\n" + text);
  }
  return { cells, whole: whole.join("\n") };
});

/** An error and its place. Where a name means nothing, V8 gives the column of the name or that of the statement, as it happens to compile it. */
function told(name: string, line: number, column: number, message: string): string {
  return `${name} at ${line}:${name === "ReferenceError" ? "" : column}: ${message}`;
}

interface Outcome {
  printed: string[];
  error?: string;
}

function printing(printed: string[]): void {
  const show = (value: unknown): string =>
    typeof value === "function" ? `function ${value.name}` : JSON.stringify(value) ?? String(value);
  (globalThis as unknown as Record<string, unknown>)[LOG] = (...values: unknown[]) =>
    printed.push(values.map(show).join(" "));
}

let modules = 0;

async function asModule(whole: string): Promise<Outcome> {
  const printed: string[] = [];
  printing(printed);
  try {
    await import(moduleOf(`${whole}\n// ${++modules}`));
    return { printed };
  } catch (error) {
    const { name, message, stack } = error as Error;
    const [, line, column] = /^\s+at .*?:(\d+):(\d+)\)?$/m.exec(stack!)!;
    return { printed, error: told(name, Number(line), Number(column), message) };
  }
}

async function asCells(cells: string[]): Promise<Outcome> {
  const printed: string[] = [];
  printing(printed);
  const { evaluator } = new Cells();
  evaluator.expect(cells);
  let line = LINE;
  for (const source of cells) {
    const { error } = await evaluator.run({ source, line });
    if (error) {
      const { name, message, frames: [inner] } = error;
      return { printed, error: told(name, inner.line - LINE + 1, inner.column, message) };
    }
    line += source.split("\n").length;
  }
  return { printed };
}

Deno.test("a random program does in one cell and in several what it does as a module", async () => {
  await fc.assert(
    fc.asyncProperty(program, async ({ cells, whole }) => {
      const expected = await asModule(whole);
      assertEquals(await asCells([whole]), expected, `as one cell:\n${whole}`);
      assertEquals(await asCells(cells), expected, `as several:\n${cells.join("\n// %%\n")}`);
    }),
    { numRuns: 200 },
  );
});

Deno.test("cells that have run do so again, with the names that they have declared", async () => {
  await fc.assert(
    fc.asyncProperty(program, async ({ cells, whole }) => {
      if ((await asModule(whole)).error) return;
      const twice = new Cells();
      for (const source of [...cells, ...cells]) {
        const printed: string[] = [];
        printing(printed);
        const { error } = await twice.run(source);
        assertEquals(error?.name === "SyntaxError", false, `${error?.message} in\n${source}`);
      }
    }),
    { numRuns: 100 },
  );
});
