// A cell can make up verdicts: one that is not whole is none, and of many only the last of each exercise counts.
import { assert, assertEquals } from "@std/assert";
import { verdictOf } from "../../lib/course/verdict.ts";
import { openLesson } from "../commands/command.ts";
import { testWith, withTempDir } from "../support.ts";

const WHOLE = { id: "x", kind: "passed", message: "", hints: [], solution: "", explanation: "" };
const custom = (data: unknown, name = "verdict") => verdictOf({ type: "custom", name, data });

Deno.test("a verdict is whole, or it is none", () => {
  assertEquals(custom(WHOLE), { ...WHOLE, kind: "passed" });
  assertEquals(custom({ ...WHOLE, error: 7 })?.error, { name: "", message: "", frames: [] });
  assertEquals(custom({ ...WHOLE, more: 1 }), { ...WHOLE, kind: "passed" });
  const drawn = { ...WHOLE, picture: "1 2!", attempt: 2 };
  assertEquals(custom(drawn), { ...drawn, kind: "passed" });
  const changes = [
    ...[{ picture: 5 }, { picture: "x".repeat(100_001) }, { attempt: "2" }, { attempt: 1.5 }],
    ...[{ id: 5 }, { id: undefined }, { kind: "right" }, { kind: 1 }, { kind: "__proto__" }, { message: null }],
    ...[{ hints: 7 }, { hints: [1] }, { hints: Array(21).fill("") }, { hints: "abc" }, { solution: {} }],
    ...[{ explanation: [] }, { message: "x".repeat(100_001) }],
  ];
  for (const change of changes) assertEquals([change, custom({ ...WHOLE, ...change })], [change, undefined]);
  for (const data of [undefined, null, 5, "x", [], {}]) assertEquals(custom(data), undefined);
  assertEquals([custom(WHOLE, "other"), verdictOf({ type: "text", stream: "stdout", text: "" })], [
    undefined,
    undefined,
  ]);
});

testWith(
  { read: true, write: true, run: true },
  "thousands of forged verdicts count once, and only for exercises of the lesson",
  () =>
    withTempDir(async (directory) => {
      Deno.mkdirSync(`${directory}/lessons`);
      const forge = `for (let i = 0; i < 500; i++) {
  for (const id of ["own", "foreign", "__proto__", "x" + i]) {
    (globalThis as any)[Symbol.for("gradually.verdict")]({
      ...{ id, kind: "mistake", message: "", hints: [], solution: "1", explanation: "" },
    });
  }
}
"forged";`;
      const exercise = '// %% tags=["exercise"] id="own"\nconst own = 1;\n';
      Deno.writeTextFileSync(`${directory}/lessons/01_forged.ts`, `// %%\n${forge}\n\n${exercise}\n// %%\n"next";\n`);
      await using pty = openLesson(directory, ["1"], { lessons: `${directory}/lessons`, rows: 40 });
      await pty.see(/^Enter run/);
      const took = await pty.press("\r", /^"forged"\n\nEnter next/);
      assert(took < 10_000, `${took} ms`);
      await pty.press("q", /^$/);
      assertEquals(await pty.exit(), 0);
      const saved = JSON.parse(Deno.readTextFileSync(`${directory}/.gradually/progress.json`));
      assertEquals(Object.keys(saved.lessons["01_forged"].exercises), ["own"]);
      assertEquals(saved.lessons["01_forged"].exercises.own.tries, 1);
      const journal = Deno.readTextFileSync(`${directory}/.gradually/journal/01_forged.jsonl`);
      assertEquals(journal.match(/"type":"answer"/g)?.length, 1);
    }),
);
