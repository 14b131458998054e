// The pages to read and to print: what a lesson put out stands below its code.
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { readLesson } from "../../../lib/course/catalog.ts";
import { executed } from "../../../lib/fronts/web/build/executed.ts";
import { testWith, withTempDir } from "../../support.ts";

const needs = { read: true, write: true, run: Deno.execPath(), env: "LOG" } as const;
const ROOT = new URL("../../../", import.meta.url).href;

/** The page of a lesson with this code, executed. */
async function pageOf(directory: string, code: string): Promise<string> {
  const path = `${directory}/01_small.ts`;
  Deno.writeTextFileSync(path, code);
  const entry = { name: "01_small", number: "01", path };
  const { lesson } = readLesson(entry);
  const { lessonPage } = await import("../../../lib/fronts/web/build/prerender.tsx"); // it reads the environment at once
  return lessonPage({ name: "01_small", number: "1" }, lesson, await executed(entry, lesson));
}

testWith(needs, "text and pictures stand below the code, as text and as images", async () => {
  await withTempDir(async (directory) => {
    const page = await pageOf(
      directory,
      `// %%\nimport { show, curve } from "${ROOT}lib/show/mod.ts";\nconsole.log("a <b> &", 1 + 1);\n\n` +
        `// %%\nawait show(curve([1, 4, 9], { title: "squares" }));\n\n// %%\nconst quiet = 1;\n`,
    );
    assertStringIncludes(page, '<pre class="output stdout">a &lt;b&gt; &amp; 2\n</pre>');
    assertMatch(page, /<img class="picture" src="data:image\/svg\+xml,[^"]+" alt="[^"]*squares[^"]*">/);
    assertEquals(page.match(/class="output|class="picture/g)?.length, 2);
  });
});

testWith(needs, "an exercise stays open, and a cell that throws is told with its lesson and line", async () => {
  await withTempDir(async (directory) => {
    const open = '// %% tags=["exercise"] id="x"\nthrow new Error("blank");\n\n// %%\nconsole.log("after");\n';
    assertStringIncludes(await pageOf(directory, open), "after");
    await assertRejects(
      () => pageOf(directory, '// %%\n1;\n\n// %%\nthrow new Error("no such number");\n'),
      Error,
      "01_small cannot be written, because line 5 throws: no such number",
    );
  });
});
