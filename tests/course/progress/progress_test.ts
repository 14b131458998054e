import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Progress } from "../../../lib/course/progress/progress.ts";
import { testWith, withTempDir } from "../../support.ts";

const DISK = { read: true, write: true } as const;
const PROCESSES = { ...DISK, run: true } as const;
const WRITER = decodeURIComponent(new URL("./progress_writer.ts", import.meta.url).pathname);

const place = (cell: number, done = false): { cell: number; cells: number; done: boolean } => ({
  cell,
  cells: 20,
  done,
});
const names = (directory: string): string[] => [...Deno.readDirSync(directory)].map(({ name }) => name).sort();

/** Starts a process that writes progress. */
function writer(directory: string, lesson: string, most?: number): Deno.ChildProcess {
  const permissions = ["--quiet", "--no-prompt", `--allow-read=${directory}`, `--allow-write=${directory}`];
  const rest = most === undefined ? [] : [String(most)];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, WRITER, directory, lesson, ...rest],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

testWith(DISK, "a place is saved, and the next process finds it", () =>
  withTempDir((directory) => {
    const progress = new Progress(`${directory}/.gradually`);
    assertEquals([progress.last, progress.lesson("04_linear")], [undefined, undefined]);
    progress.save("04_linear", place(7));
    const { cell, cells, done, furthest, updated } = new Progress(`${directory}/.gradually`).lesson("04_linear")!;
    assertEquals([cell, cells, done, furthest], [7, 20, false, 7]);
    assertMatch(updated, /^\d{4}-\d\d-\d\dT/);
    assertEquals(new Progress(`${directory}/.gradually`).last, "04_linear");
    assertEquals(names(`${directory}/.gradually`), ["progress.json", "progress.lock"]);
  }));

testWith(DISK, "a done lesson stays done, and its furthest place is kept", () =>
  withTempDir((directory) => {
    const progress = new Progress(directory);
    progress.save("a", place(20, true));
    progress.save("a", place(2));
    const { cell, done, furthest } = new Progress(directory).lesson("a")!;
    assertEquals([cell, done, furthest], [2, true, 20]);
  }));

testWith(DISK, "fields that this version does not know are kept", () =>
  withTempDir((directory) => {
    const other = { guesses: { stops: "3" }, cell: 1, cells: 20, done: false, furthest: 1, updated: "" };
    Deno.writeTextFileSync(
      `${directory}/progress.json`,
      JSON.stringify({ format: "gradually-progress", version: 1, lessons: { a: other }, theme: "dark" }),
    );
    new Progress(directory).save("a", place(2));
    const file = JSON.parse(Deno.readTextFileSync(`${directory}/progress.json`));
    assertEquals([file.theme, file.lessons.a.guesses], ["dark", { stops: "3" }]);
  }));

for (
  const [what, text] of [
    ["empty", ""],
    ["cut off", '{"format":"gradually-progress","version":1,"less'],
    ["of a different kind", '{"name":"x"}'],
    ["damaged", '{"format":"gradually-progress","version":1,"lessons":{"a":{"cell":"two"}}}'],
    ["a list", "[]"],
  ]
) {
  testWith(
    DISK,
    `a progress file that is ${what} is renamed and reported, and a new one is started`,
    () =>
      withTempDir((directory) => {
        Deno.writeTextFileSync(`${directory}/progress.json`, text);
        const progress = new Progress(directory);
        assertEquals(progress.notices.length, 1);
        assertStringIncludes(progress.notices[0], "could not be read");
        const backup = names(directory).find((name) => name.includes("corrupt"))!;
        assertEquals(Deno.readTextFileSync(`${directory}/${backup}`), text);
        progress.save("a", place(3));
        assertEquals(new Progress(directory).lesson("a")?.cell, 3);
      }),
  );
}

/** A progress file with one lesson, `a`, that has these fields, too. */
const fileWith = (fields: string): string =>
  `{"format":"gradually-progress","version":1,"lessons":{"a":{"cell":3,"cells":20,"done":true,${fields}},"b":{"cell":1,"cells":5}}}`;

for (
  const [fields, fault] of [
    ['"kept": [null]', "lessons.a.kept[0] is wrong"],
    [
      '"kept": [{"before": 1, "source": "1;"}, {"before": -1, "source": "2;"}, 7]',
      "lessons.a.kept[1].before and 2 more",
    ],
    ['"kept": {"0": 1}', "lessons.a.kept is wrong"],
    ['"updated": 7', "lessons.a.updated is wrong"],
    ['"guesses": ["x"]', "lessons.a.guesses is wrong"],
    ['"guesses": {"stops": 3, "steps": "4"}', "lessons.a.guesses.stops is wrong"],
    ['"exercises": {"relu": {"hints": -5, "tries": 2}, "fc": true}', "lessons.a.exercises.relu.hints and 1 more"],
    ['"furthest": 1e308', "lessons.a.furthest is wrong"],
    ['"guesses": {"\\u001b]0;title\\u0007": 1}', "lessons.a.guesses.… is wrong"],
  ]
) {
  testWith(
    DISK,
    `a progress file with ${fields} keeps what is right, and the file is kept as it was`,
    () =>
      withTempDir((directory) => {
        Deno.writeTextFileSync(`${directory}/progress.json`, fileWith(fields));
        const progress = new Progress(directory);
        assertEquals(progress.notices.length, 1);
        assertStringIncludes(progress.notices[0], `could not be read completely (${fault}`);
        const { cell, done, kept = [], guesses = {}, updated } = progress.lesson("a")!;
        assertEquals([cell, done, progress.lesson("b")?.cell], [3, true, 1]);
        assert(kept.every(({ source }) => source === "1;") && Object.values(guesses).every((guess) => guess === "4"));
        assertEquals(typeof updated, "string");
        assertEquals(progress.exerciseOf(progress.lesson("a"), "relu").hints, 0);
        const backup = names(directory).find((name) => name.includes("corrupt"))!;
        assertEquals(Deno.readTextFileSync(`${directory}/${backup}`), fileWith(fields));
        progress.guess("a", "stops", "5");
        const again = new Progress(directory);
        assertEquals([again.notices, again.lesson("a")?.guesses?.stops, again.lesson("a")?.cell], [[], "5", 3]);
      }),
  );
}

testWith(
  DISK,
  "names that every object has are names of exercises and guesses like any other",
  () =>
    withTempDir((directory) => {
      Deno.writeTextFileSync(`${directory}/progress.json`, fileWith('"guesses": {"__proto__": "1"}, "exercises": {}'));
      const progress = new Progress(directory);
      assertEquals(progress.notices, []);
      assertEquals(progress.exerciseOf(progress.lesson("a"), "constructor").tries, 0);
      progress.exercise("a", "__proto__", () => ({ hints: 2 }));
      progress.guess("a", "toString", "2");
      const again = new Progress(directory);
      assertEquals(again.exerciseOf(again.lesson("a"), "__proto__").hints, 2);
      assertEquals(Object.entries(again.lesson("a")!.guesses!), [["__proto__", "1"], ["toString", "2"]]);
      assertEquals(again.lesson("__proto__"), undefined);
    }),
);

testWith(
  DISK,
  "a file that is too large or too deep is set aside, and two of one moment get two names",
  () =>
    withTempDir((directory) => {
      const hostile = [fileWith(`"x": "${"x".repeat(2_000_000)}"`), fileWith(`"x": ${"[".repeat(800_000)}`), "x", "y"];
      for (const [i, text] of hostile.entries()) {
        Deno.writeTextFileSync(`${directory}/progress.json`, text);
        const start = performance.now();
        assertEquals(new Progress(directory).notices.length, 1);
        assert(performance.now() - start < 2000);
        assertEquals(names(directory).filter((name) => name.includes("corrupt")).length, i + 1);
      }
    }),
);

testWith(
  DISK,
  "what would make the file too large is not saved, and said once; the rest is",
  () =>
    withTempDir((directory) => {
      const progress = new Progress(directory);
      progress.save("a", place(3));
      progress.keep("a", 1, ["x".repeat(2_000_000)]);
      progress.save("a", place(4));
      assertEquals(progress.notices.length, 1);
      assertStringIncludes(progress.notices[0], "start a lesson over");
      const again = new Progress(directory);
      assertEquals([again.notices, again.lesson("a")?.cell, again.lesson("a")?.kept], [[], 4, undefined]);
    }),
);

testWith(
  DISK,
  "a file of a newer version is read, left unchanged, and reported once",
  () =>
    withTempDir((directory) => {
      const newer = JSON.stringify({
        format: "gradually-progress",
        version: 9,
        lessons: { a: place(4) },
        last: "a",
        more: 1,
      });
      Deno.writeTextFileSync(`${directory}/progress.json`, newer);
      const progress = new Progress(directory);
      assertEquals(progress.lesson("a")?.cell, 4);
      progress.save("a", place(5));
      progress.save("a", place(6));
      assertEquals(progress.lesson("a")?.cell, 6, "in this process the place is known");
      assertEquals(Deno.readTextFileSync(`${directory}/progress.json`), newer);
      assertEquals(progress.notices.length, 1);
      assertStringIncludes(progress.notices[0], "newer version");
    }),
);

testWith(
  DISK,
  "a folder that cannot be written is reported once, and the lesson continues",
  () =>
    withTempDir((directory) => {
      Deno.writeTextFileSync(`${directory}/file`, ""); // a file where the folder should be
      const progress = new Progress(`${directory}/file/.gradually`);
      progress.save("a", place(1));
      progress.save("a", place(2));
      assertEquals(progress.lesson("a")?.cell, 2);
      assertEquals(progress.notices.length, 1);
      assertStringIncludes(progress.notices[0], "your place cannot be saved");
    }),
);

testWith(
  DISK,
  "a missing write permission is reported once, without Deno's own advice",
  () =>
    withTempDir((directory) => {
      const refused = new Progress(`${directory}-outside-of-everything/../../../proc/gradually`);
      refused.save("a", place(1));
      refused.save("a", place(2));
      assertEquals(refused.notices.length, 1);
      assertEquals(refused.notices[0].includes("--allow"), false);
    }),
);

testWith(PROCESSES, "two processes at once lose nothing", () =>
  withTempDir(async (directory) => {
    const children = ["a", "b", "c"].map((name) => writer(directory, name, 150));
    for (const child of children) assertEquals((await child.output()).success, true);
    const progress = new Progress(directory);
    assertEquals(progress.notices, []);
    assertEquals(["a", "b", "c"].map((name) => progress.lesson(name)?.cell), [150, 150, 150]);
    assertEquals(names(directory), ["progress.json", "progress.lock"]);
  }));

testWith(
  PROCESSES,
  "after kills at 100 random moments, nothing that was reported as saved is lost",
  () =>
    withTempDir(async (directory) => {
      let killedWhileWriting = 0;
      for (let round = 0; round < 100; round += 4) {
        const said = await Promise.all(Array.from({ length: 4 }, (_, i) => killed(directory, `lesson_${i}`)));
        killedWhileWriting += names(directory).some((name) => name.endsWith(".tmp")) ? 1 : 0;
        const progress = new Progress(directory);
        assertEquals(progress.notices, []);
        said.forEach((cell, i) => {
          const kept = progress.lesson(`lesson_${i}`)?.cell ?? 0;
          assert(
            kept === cell || kept === cell + 1,
            `round ${round}: ${cell} was reported as saved, and the file has ${kept}`,
          );
        });
      }
      new Progress(directory).save("a", place(1));
      assertEquals(
        names(directory),
        ["progress.json", "progress.lock"],
        `left behind (${killedWhileWriting} died writing)`,
      );
    }),
);

/** Kills a writer at a random moment; returns the last place that it reported as saved. */
async function killed(directory: string, lesson: string): Promise<number> {
  const child = writer(directory, lesson);
  let text = "";
  let deadline: ReturnType<typeof setTimeout> | undefined;
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += piece;
    deadline ??= setTimeout(() => child.kill("SIGKILL"), Math.random() * 60);
  }
  clearTimeout(deadline);
  await child.status;
  return Number(text.split("\n").at(-2));
}
