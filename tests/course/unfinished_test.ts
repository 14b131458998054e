// A computation that was cut off is found again by whoever runs its cell; a result only by a silent replay.
import { assertEquals } from "@std/assert";
import { courseGrants } from "../../lessons/permissions.ts";
import type { LessonSettings } from "../../lib/contract/contract.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { CheckpointStore } from "../../lib/course/progress/checkpoints.ts";
import { testWith, withTempDir } from "../support.ts";

const SETTINGS: LessonSettings = { mode: "quick", seed: 1 };

testWith(
  { read: true, write: true, run: true, env: ["NODE_V8_COVERAGE"] },
  "unfinished work is found when a learner runs the cell again, with the same code only",
  () =>
    withTempDir(async (directory) => {
      const url = new URL("../fixtures/lessons/01_first.ts", import.meta.url).href;
      const run = async (more: string) => {
        const engine = lessonEngine({
          ...{ url, settings: SETTINGS, lesson: { permissions: [], cells: [] } },
          checkpoints: new CheckpointStore(`${directory}/a`, SETTINGS),
          grants: courseGrants(url, []),
          screen: { columns: 80, rows: 24, colors: "none" },
        });
        const texts: string[] = [];
        try {
          const source = `const place = globalThis[Symbol.for("gradually.checkpoints")];
          console.log(await place.loadUnfinished("x"), await place.load("y"));
          await place.saveUnfinished("x", Uint8Array.of(1, 2));
          await place.save("y", Uint8Array.of(3));${more}`;
          const { status } = await engine.run({ index: 0, source, line: 1 }, (output) => {
            if (output.type === "text") texts.push(output.text);
          });
          assertEquals(status, "done");
          await engine.run({ index: 1, source: "1;", line: 9 }, () => {}); // both saves have arrived
        } finally {
          engine.close();
        }
        return texts.join("").trim();
      };
      assertEquals(await run(""), "undefined undefined");
      assertEquals(await run(""), "Uint8Array(2) [ 1, 2 ] undefined");
      assertEquals(await run(" // changed"), "undefined undefined");
    }),
);
