import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { lessonNotebook } from "../../lib/course/notebook/lesson_notebook.ts";
import { testWith, withTempDir } from "../support.ts";
import { runProgram } from "./command.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const CONFIG = path("deno.json");
const NEEDS = { read: true, write: true, run: true } as const;

testWith(NEEDS, "the command converts a lesson to a notebook, and the notebook back to the lesson", async () => {
  await withTempDir(async (directory) => {
    const there = await runProgram("notebook", directory, ["4", "--out", "notebooks"]);
    assertEquals([there.code, there.stderr], [0, ""]);
    assertMatch(there.stdout, /notebooks\/04_linear_regression\.ipynb\n$/);
    assertEquals((await runProgram("notebook", directory, ["4", "--out", "notebooks", "--check"])).code, 0);

    const back = await runProgram("notebook", directory, [
      "--back",
      "notebooks/04_linear_regression.ipynb",
      "--out",
      "lessons",
    ]);
    assertEquals([back.code, back.stderr], [0, ""]);
    assertEquals(
      await Deno.readTextFile(`${directory}/lessons/04_linear_regression.ts`),
      await Deno.readTextFile(path("lessons/04_linear_regression.ts")),
    );

    await Deno.writeTextFile(`${directory}/notebooks/04_linear_regression.ipynb`, "{}");
    const stale = await runProgram("notebook", directory, ["4", "--out", "notebooks", "--check"]);
    assertEquals(stale.code, 1);
    assertMatch(stale.stderr, /04_linear_regression\.ipynb is stale: run "deno task notebook"\n$/);
  });
});

testWith(NEEDS, "a notebook far from the course contains the absolute path of the course", async () => {
  await withTempDir(async (directory) => {
    await runProgram("notebook", directory, ["4", "--out", ".", "--course", "/srv/gradually"]);
    const notebook = JSON.parse(await Deno.readTextFile(`${directory}/04_linear_regression.ipynb`));
    assertMatch(notebook.cells[1].source.join(""), /const COURSE = "\/srv\/gradually"/);
  });
});

testWith(NEEDS, "wrong options and unreadable files are reported in one line", async () => {
  await withTempDir(async (directory) => {
    const broken = `${directory}/broken.ipynb`;
    await Deno.writeTextFile(broken, '{"cells": [');
    const newer = `${directory}/newer.ipynb`;
    await Deno.writeTextFile(newer, '{"nbformat": 5, "nbformat_minor": 0, "cells": []}');
    const cases: [string[], number, RegExp][] = [
      [["--chek"], 2, /no option --chek; did you mean --check\?/],
      [["convolutoin"], 2, /no lesson "convolutoin"; did you mean convolution\?/],
      [["99"], 2, /no lesson "99"; deno task lesson --list shows them/],
      [["--out"], 2, /--out takes a value/],
      [["--back"], 2, /--back takes a notebook/],
      [["--back", broken], 1, /broken\.ipynb is cut off or damaged/],
      [["--back", newer], 1, /newer\.ipynb has notebook format 5\.0, and only formats 4\.0 to 4\.5 can be read/],
      [["--back", "nowhere.ipynb"], 1, /nowhere\.ipynb/],
    ];
    for (const [args, code, message] of cases) {
      const said = await runProgram("notebook", directory, args);
      assertEquals(said.code, code, `${args}: ${said.stderr}`);
      assertMatch(said.stderr, message);
      assertEquals(said.stderr.trim().split("\n").length, 1, said.stderr);
    }
  });
});

testWith(
  NEEDS,
  "--back overwrites only the lesson that the notebook was made from, unless --out names the file",
  async () => {
    await withTempDir(async (directory) => {
      const lesson = "// %% [markdown]\n// # A\n\n// %%\n1;\n";
      const files: Record<string, string> = {
        "lessons/04_a.ts": `${lesson}// changed\n`,
        "lessons/05_b.ts": lesson,
        "lessons/06_script.ts": "console.log(1);\n",
        "lessons/settings.ts": "export {};\n",
      };
      await Deno.mkdir(`${directory}/lessons`);
      for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${directory}/${name}`, text);
      const notebook = async (name: string, from?: unknown) => {
        const made = { ...lessonNotebook(lesson, "04_a.ts"), metadata: { gradually: { lesson: from } } };
        await Deno.writeTextFile(`${directory}/${name}.ipynb`, formatNotebook(made));
      };
      const back = (...args: string[]) =>
        runProgram("notebook", directory, ["--back", ...args, "--lessons", "lessons"]);
      const cases: [name: string, from: unknown, message: RegExp][] = [
        ["mine", "settings", /takes the name of a lesson, such as 04_name, and got "settings"/],
        ["mine", undefined, /takes the name of a lesson, such as 04_name, and got "mine"/],
        ["mine", "../04_a", /and got "mine"/],
        ["06_script", "06_script", /would overwrite lessons\/06_script\.ts, which is not a lesson: name the file/],
        ["05_b", "04_a", /would overwrite lessons\/04_a\.ts, and its name is not 04_a\.ipynb/],
        ["04_a", undefined, /would overwrite lessons\/04_a\.ts, which it was not made from/],
        ["04_a", { toString: null }, /would overwrite lessons\/04_a\.ts, which it was not made from/],
      ];
      for (const [name, from, message] of cases) {
        await notebook(name, from);
        const { code, stdout, stderr } = await back(`${name}.ipynb`);
        assertMatch(stderr, message);
        assertEquals([code, stdout, stderr.trim().split("\n").length], [1, "", 1]);
        await Deno.remove(`${directory}/${name}.ipynb`);
      }
      for (const [name, text] of Object.entries(files)) {
        assertEquals(await Deno.readTextFile(`${directory}/${name}`), text, `${name} was overwritten`);
      }

      await notebook("04_a", "04_a");
      await notebook("07_new", "07_new");
      await notebook("copy", "04_a");
      assertEquals((await back("04_a.ipynb", "07_new.ipynb")).stderr, "");
      assertMatch(await Deno.readTextFile(`${directory}/lessons/04_a.ts`), /\n1;\n$/);
      assertMatch((await back("copy.ipynb", "--out", "lessons/06_script.ts")).stdout, /^lessons\/06_script\.ts\n$/);
      assertEquals((await back("copy.ipynb", "04_a.ipynb", "--out", "x.ts")).code, 2);
      assertEquals((await back("04_a.ipynb", "copy.ipynb", "--out", "elsewhere")).code, 2, "both are 04_a");
      const names = Array.from(Deno.readDirSync(`${directory}/lessons`), ({ name }) => name).sort();
      assertEquals(names, ["04_a.ts", "05_b.ts", "06_script.ts", "07_new.ts", "settings.ts"], "nothing is left behind");
    });
  },
);

testWith(NEEDS, "a notebook cannot ask for more time and memory than a lesson takes", async () => {
  await withTempDir(async (directory) => {
    const cell = (source: string, gradually: unknown = {}) => ({
      cell_type: "code",
      id: "a",
      metadata: { gradually },
      source,
    });
    const notebook = (cells: unknown[], gradually: unknown = {}) =>
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { gradually }, cells });
    const hostile: Record<string, [text: string, message: RegExp]> = {
      "01_blank": [notebook([cell("1;", { blankLines: 1e8 })]), /^$/],
      "02_deep": [`{"nbformat":4,"x":${"[".repeat(2e6)}`, /is nested more than 100 deep$/],
      "03_wide": [`{"nbformat":4,"x":[${"{},".repeat(1e6)}{}]}`, /has more than 300000 values$/],
      "04_spaces": [notebook([cell(`${" ".repeat(299_000)}x`)]), /^$/],
      "05_from": [notebook([cell('from "x" '.repeat(33_000))]), /^$/],
      "06_imports": [notebook([cell('import "./a.ts";'.repeat(18_000))]), /^$/],
      "07_header": [
        notebook([cell("1;")], { header: [`a: ${" #".repeat(100_000)}'`] }),
        /a header line takes 400 characters and got 200004/,
      ],
      "08_long": [notebook([cell(";".repeat(300_001))]), /takes 300000 characters of text and code and got 3/],
      "09_lines": [
        notebook([{ ...cell("\n".repeat(150_000) + "x"), cell_type: "markdown" }]),
        /takes 300000 characters/,
      ],
      "10_large": [
        `{"nbformat":4,"x":"${"x".repeat(33e6)}"}`,
        /takes 32 MB and got 33.000021 MB: clear its outputs/,
      ],
      "11_title": [
        notebook([cell("1;")], { header: ["\x1b]0;title\x07"] }),
        /must be "key: value": \ufffd\]0;title\ufffd$/,
      ],
    };
    for (const [name, [text, message]] of Object.entries(hostile)) {
      await Deno.writeTextFile(`${directory}/${name}.ipynb`, text);
      const { stderr, milliseconds } = await measure(directory, `${name}.ipynb`);
      assertMatch(stderr.trim(), message, name);
      assert(stderr.trim().split("\n").length === 1 && stderr.length < 400, stderr);
      assert(milliseconds < 2000, `${name}: ${milliseconds} ms`);
    }
    assertMatch(await Deno.readTextFile(`${directory}/lessons/01_blank.ts`), /1;\n\n?$/);
  });
});

/** Converts a notebook in a process that ends when its heap needs more than 200 MB, and measures the time. */
async function measure(directory: string, notebook: string): Promise<{ stderr: string; milliseconds: number }> {
  const script = `${directory}/measure.ts`;
  const module = JSON.stringify(new URL("../../lib/commands/notebook/main.ts", import.meta.url).href);
  await Deno.writeTextFile(
    script,
    `import { main } from ${module};
    const start = performance.now();
    main(["--back", ${JSON.stringify(notebook)}, "--lessons", "lessons"]);
    console.log(performance.now() - start);`,
  );
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--v8-flags=--max-heap-size=200"],
      ...["--config", CONFIG, "--allow-read", `--allow-write=${directory}`, script],
    ],
    cwd: directory,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return {
    stderr: decoder.decode(stderr),
    milliseconds: Number(decoder.decode(stdout).trim().split("\n").at(-1)),
  };
}
