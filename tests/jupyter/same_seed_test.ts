// The same seed gives the same losses to the bit: as a script, in the terminal, in a notebook, on 1, 2 and 4 threads.
import { assert, assertEquals } from "@std/assert";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { lessonNotebook } from "../../lib/course/notebook/lesson_notebook.ts";
import { openLesson } from "../commands/command.ts";
import { testWith, withTempDir } from "../support.ts";
import { execute, testJupyter } from "./jupyter.ts";

const path = (file: string) => decodeURIComponent(new URL(file, import.meta.url).pathname);
const [PROJECT, LESSONS] = [path("../../"), path("../fixtures/same_seed")];
/** 8 steps and a test in each of 3 epochs, and the checksum of all their losses. */
const LINE = /27 sum [0-9a-f]{40}/;

async function asScript(threads: number): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", `${LESSONS}/01_same.ts`, "--threads", String(threads)],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

testWith({ read: true, run: true }, "the same losses of 3 epochs as a script on 1, 2 and 4 threads", async () => {
  const lines = await Promise.all([1, 2, 4].map(asScript));
  assert(LINE.test(lines[0]), lines[0]);
  assertEquals(new Set(lines).size, 1);
});

testWith(
  { read: true, write: true, run: true },
  "the same losses of 3 epochs in the terminal",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["1", "--run", "--threads", "2"], { lessons: LESSONS });
      await pty.see(LINE);
      assertEquals(LINE.exec(await pty.text(true))?.[0], await asScript(1));
    }),
);

testJupyter("the same losses of 3 epochs in a notebook", async () => {
  await withTempDir(async (directory) => {
    const source = (await Deno.readTextFile(`${LESSONS}/01_same.ts`)).replaceAll("../../../", "../");
    const notebook = lessonNotebook(source, "01_same.ts", PROJECT.replace(/\/$/, ""));
    await Deno.writeTextFile(`${directory}/01_same.ipynb`, formatNotebook(notebook));
    const [{ cells }] = await execute([`${directory}/01_same.ipynb`], directory);
    const text = cells.flatMap(({ outputs }) => outputs.map((output) => output.text)).join("\n");
    assertEquals(LINE.exec(text)?.[0] ?? text, await asScript(4));
  });
});
