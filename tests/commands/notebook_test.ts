import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testWith, withTempDir } from "../support.ts";
import { runProgram } from "./command.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
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
