// A third front end, which plays lessons through the session, proves that the rules of the course need no terminal.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { granted, testWith, withTempDir } from "../support.ts";
import { TestFront } from "./test_front.ts";

const NEEDS = { read: true, write: true, run: true, env: ["NODE_V8_COVERAGE"] } as const;
const path = (name: string): string => decodeURIComponent(new URL(name, import.meta.url).pathname);
const EXERCISES = path("../fixtures/lessons/05_exercises.ts");
const LESSONS = path("../../lessons");
const DATA = granted("env", "MNIST_DIR") ? Deno.env.get("MNIST_DIR") : undefined;
const names = granted("read") ? Array.from(Deno.readDirSync(LESSONS), ({ name }) => name) : [];

for (const name of names.filter((name) => /^\d+_\w+\.ts$/.test(name)).sort()) {
  testWith(
    NEEDS,
    `a separate front end plays ${name} from its first step to its last`,
    () =>
      withTempDir(async (directory) => {
        using front = new TestFront(`${LESSONS}/${name}`, directory, DATA ? [DATA] : []);
        const { seen, stores, controller } = front;
        const exercises = controller.state.lesson.cells.filter(({ tags }) => tags.includes("exercise"));
        await front.do();
        for (let i = 0; controller.state.at < controller.state.steps.length; i++) {
          assert(i < 200, "it does not reach the end");
          await front.next();
        }
        assertEquals(seen.errors, []);
        assertEquals([...new Set(seen.verdicts)].sort(), exercises.map(({ id }) => `${id}: open`).sort());
        const lesson = name.replace(".ts", "");
        assertEquals(stores.progress.lesson(lesson)?.done, true);
        const questions = controller.state.lesson.cells.filter(({ tags, id }) => tags.includes("predict") && id);
        assertEquals(Object.keys(controller.state.guesses).length, questions.length, "every question was asked once");
        assertEquals((await front.next()).destination, "away");
      }),
  );
}

testWith(
  NEEDS,
  "an answer is written, judged, helped with, reset; code in play changes the lesson's variables",
  () =>
    withTempDir(async (directory) => {
      using front = new TestFront(EXERCISES, directory);
      const { seen, stores, controller } = front;
      await front.do();
      assertEquals((await front.next()).at, 1);
      await front.do({ type: "next" });
      assertEquals(seen.verdicts.splice(0), ["twice-it: open"]);

      front.replies.answer = "const twice = (x: number): number => x + 3;\n";
      await front.do({ type: "edit" });
      assertEquals(seen.verdicts.splice(0), ["twice-it: wrong"]);
      await front.do({ type: "solution" });
      assertEquals(seen.views.at(-1), "solution locked");
      await front.do({ type: "hint" });
      assertEquals(seen.views.at(-1), "hint");

      front.replies.answer = "const twice = (x: number): number => x + x;\n";
      await front.do({ type: "edit" });
      assertEquals(seen.verdicts.splice(0), ["twice-it: passed"]);
      await front.do({ type: "solution" });
      assertEquals(seen.views.at(-1), "solution");
      const { tries, hints, passed, opened } = stores.progress.exerciseOf(
        stores.progress.lesson("05_exercises"),
        "twice-it",
      );
      assertEquals([tries, hints, passed, opened], [2, 1, true, true]);
      const written: string[] = stores.journal.entries.map(({ type }) => type);
      assertEquals(written, ["ran", "ran", "ran", "answer", "hint", "ran", "answer", "solution"]);

      front.replies.code = ["unit + 0.5", "throw new Error('in play')"];
      await front.do({ type: "play" });
      while (controller.pending) await controller.settle();
      assertEquals(seen.errors.splice(0).map(({ message }) => message), ["in play"]);
      assertEquals(stores.kept().map(({ source }) => source), ["unit + 0.5", "throw new Error('in play')"]);

      await front.do({ type: "reset", what: "answer" });
      assertEquals(seen.views.at(-1), "answer reset");
      assertStringIncludes(Deno.readTextFileSync(stores.answers.path("twice-it.old").replace("_old", ".old")), "x + x");
      await front.do({ type: "again" });
      assertEquals(seen.verdicts.splice(0), ["twice-it: open"]);
    }),
);
