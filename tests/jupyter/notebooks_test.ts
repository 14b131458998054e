import { assert, assertEquals, assertGreaterOrEqual, assertMatch } from "@std/assert";
import { stripVTControlCharacters as stripAnsiCode } from "node:util";
import { fileURLToPath } from "node:url";
import { lessonNotebook } from "../../lib/course/notebook/lesson_notebook.ts";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { withTempDir } from "../support.ts";
import { execute, python, type RanNotebook, testJupyter } from "./jupyter.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

testJupyter(
  "every notebook runs in the Deno kernel: no errors, at least two pictures, valid before and after",
  async (t) => {
    const folder = `${PROJECT}/lessons/notebooks`;
    const paths = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`).filter((path) =>
      path.endsWith(".ipynb")
    ).sort();
    assertGreaterOrEqual(paths.length, 10);
    await withTempDir(async (kernels) => {
      const ran = await execute(paths, kernels);
      assertEquals(ran.map(({ path }) => path), paths);
      for (const notebook of ran) {
        await t.step(
          `${notebook.path.replace(/^.*\//, "")} (${notebook.seconds.toFixed(1)} s)`,
          () => inspect(notebook),
        );
      }
    });
  },
);

function inspect({ cells }: RanNotebook): void {
  const outputs = cells.flatMap((cell) => cell.outputs);
  assertEquals(outputs.filter(({ type }) => type === "error").map(({ text }) => text), []);
  assertGreaterOrEqual(outputs.filter(({ forms }) => forms.includes("image/svg+xml")).length, 2);
}

testJupyter("no output is lost in any of 20 runs, four at once, from a separate folder", async () => {
  await withTempDir(async (directory) => {
    const source = await Deno.readTextFile(new URL("../fixtures/notebook_traps.ts", import.meta.url));
    const notebook = lessonNotebook(source, "traps.ts", PROJECT);
    const question = notebook.cells.find(({ id }) => id === "guess-predict")!;
    question.source = question.source.replace('""', '"five"');
    const path = `${directory}/traps.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(notebook));
    const runs = await execute([path], directory, { runs: 20, atOnce: 4 });
    assertEquals(runs.length, 20);
    for (const { cells } of runs) {
      const of = (id: string) => cells.find((cell) => cell.id === id)!.outputs;
      const texts = (id: string): string => of(id).map(({ text }) => text).join("|");
      assertEquals(of("setup"), []);
      assertEquals(of("imports"), []);
      assertEquals(texts("print-last"), "the last word\n");
      assertMatch(texts("value-last"), /1.*2.*3/s);
      assertEquals(of("declaration-last"), []);
      assertEquals(of("picture-last").map(({ forms }) => forms), [["image/svg+xml", "text/html", "text/plain"]]);
      const printed = (id: string): string[] => texts(id).replaceAll("|", "").trim().split("\n");
      const lines = printed("many-lines");
      assertEquals([lines.length, lines.at(-1)], [400, "line 400 of 400"]);
      assertEquals(of("large-picture").map(({ forms }) => forms.length), [2]);
      assertEquals(texts("one-place"), "state 60");
      assertMatch(texts("answer"), /^4\n\|Your guess was: five$/);
      assertEquals(of("print-and-throw").map(({ type }) => type).sort(), ["error", "stream"]);
      assertEquals(printed("lines-and-throw").filter((line) => line.startsWith("line ")).length, 400);
      assertMatch(texts("lines-and-throw"), /no Error at all/);
      assertMatch(texts("after"), /still here/);
    }
  });
});

const TRAINING = `
const random = new Random(3);
const images = Tensor.randn([2000, 1, 12, 12], { random });
const labels = Uint8Array.from({ length: 2000 }, (_, i) => i % 10);
const model = new Module([new Conv2D({ inChannels: 1, outChannels: 4, kernelSize: 3, random }), new Flatten(),
  new FC({ inFeatures: 400, outFeatures: 10, random })]);
const optimizer = new Adam(model.parameters(), { learningRate: 0.001 });`;
const IMPORTS = "import { Adam, Conv2D, FC, fit, Flatten, Module, Random, Tensor, watch } from";

testJupyter("training gives the same losses as in a script, to the bit", async () => {
  const body = `${TRAINING}
const losses = [];
for await (const event of fit(model, { images, labels }, { optimizer, epochs: 2, random })) {
  if (event.type === "step") losses.push(event.loss);
}
console.log([...new Uint8Array(new Float64Array(losses).buffer)].reduce((hash, byte) => (hash * 31 + byte) % 4294967291, 7), losses.length);`;
  await withTempDir(async (directory) => {
    const script = `${directory}/script.ts`;
    await Deno.writeTextFile(script, `${IMPORTS} "${new URL("../../mod.ts", import.meta.url).href}";\n${body}`);
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["run", "--no-prompt", script] }).output();
    const expected = new TextDecoder().decode(stdout).trim();
    assertMatch(expected, /^\d+ 64$/);
    const notebook = lessonNotebook(`// %% id="train"\n${IMPORTS} "../mod.ts";\n${body}\n`, "train.ts", PROJECT);
    await Deno.writeTextFile(`${directory}/train.ipynb`, formatNotebook(notebook));
    const [{ cells }] = await execute([`${directory}/train.ipynb`], directory);
    const { outputs } = cells.find(({ id }) => id === "train")!;
    assertEquals(outputs.map(({ text }) => stripAnsiCode(text).trim()), [expected]);
  });
});

testJupyter("the stop button ends training after the batch, and the model keeps what it learned", async () => {
  await withTempDir(async (directory) => {
    const begin = `const { begin } = await import("${PROJECT}/lessons/notebook.ts"); await begin();\n`;
    const [, trained, after] = JSON.parse(
      await python(directory, [
        "interrupt.py",
        directory,
        `${begin}${IMPORTS} "../../mod.ts";${TRAINING}`,
        "const history = await watch(fit(model, { images, labels }, { optimizer, epochs: 10000, random }));",
        "console.log(history.stopped, history.steps.length > 0, model.parameters().every(({ value }) => value.data.every(Number.isFinite)))",
      ]),
    );
    assert(trained.ended, "the cell did not end");
    assert(trained.seconds < 5, `it took ${trained.seconds} s`);
    assertEquals(after.outputs.map((text: string) => stripAnsiCode(text)), ["true true true\n"]);
  });
});

testJupyter("in a notebook a wrong answer throws, an open one does not, and hints come one by one", async () => {
  await withTempDir(async (directory) => {
    const source = `// %% id="open"
import { blank, check } from "./exercises/mod.ts";
await check("count-parameters", () => blank());

// %% id="wrong"
await check("count-parameters", () => [1]);

// %% id="hint"
await check.hint("count-parameters");
await check.solution("count-parameters");
`;
    const path = `${directory}/answers.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(lessonNotebook(source, "answers.ts", PROJECT)));
    const [{ cells }] = await execute([path], directory);
    const of = (id: string) => cells.find((cell) => cell.id === id)!.outputs;
    assertEquals(of("open").map(({ type }) => type), ["display_data"]);
    assertMatch(of("open")[0].text, /^○ count-parameters/);
    assertEquals(of("wrong").map(({ type }) => type), ["error"]);
    assertMatch(of("wrong")[0].text, /^✗ count-parameters: /);
    assertMatch(of("hint")[0].text, /^Hint 1 of /);
    assertMatch(of("hint")[1].text, /^The solution opens after/);
  });
});

testJupyter("without the course, the first cell names the missing file", async () => {
  await withTempDir(async (directory) => {
    const path = `${directory}/lost.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(lessonNotebook("// %%\n1;\n", "lost.ts")));
    const [{ cells }] = await execute([path], directory);
    const [output] = cells.find(({ id }) => id === "setup")!.outputs;
    assertEquals(output.type, "error");
    assertMatch(output.text, /Module not found "file:.*lessons\/notebook\.ts"/);
    assert(!output.text.includes("\n"), output.text);
  });
});
