// Lesson 9: Ctrl-C ends the live map by itself, in the sandbox that learners have, and the network keeps what it learned.
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Output } from "../../lib/cells/engine/protocol.ts";
import { parseLesson } from "../../lib/course/lesson.ts";
import { lessonEngine } from "../../lib/course/lesson_engine.ts";
import { courseGrants } from "../../lessons/permissions.ts";
import { testWith } from "../support.ts";

testWith({ read: true, run: true }, "Ctrl-C ends the live map of lesson 9, and its network can be used", async () => {
  const path = fileURLToPath(new URL("../../lessons/09_xor.ts", import.meta.url));
  const url = pathToFileURL(path).href;
  const lesson = parseLesson(Deno.readTextFileSync(path), path);
  const settings = { mode: "quick", seed: 1 } as const;
  const screen = { columns: 80, rows: 24, colors: "none" } as const;
  const engine = lessonEngine({ ...{ lesson, url, settings, screen }, grants: courseGrants(url, []) });
  try {
    let stopped = 0;
    for (const cell of lesson.cells) {
      if (cell.kind !== "code" || cell.source.trim() === "" || cell.tags.includes("check")) continue;
      const live = cell.source.includes("const wide ="), outputs: Output[] = [];
      const { status } = await engine.run(cell, (output) => {
        outputs.push(output);
        const maps = outputs.filter(({ type }) => type === "display").length;
        if (live && maps === 3) engine.interrupt();
      });
      if (!live) continue;
      const maps = outputs.filter(({ type }) => type === "display").length;
      assert(maps >= 3 && maps < 20, `${maps} maps`); // 30 if nothing stops it
      assertEquals(status, "interrupted"); // not "killed"
      const said = outputs.map((output) => "text" in output ? String(output.text) : "").join("");
      assert(/\d+ of 200 right/.test(said), said);
      stopped++;
    }
    assertEquals(stopped, 1);
  } finally {
    engine.close();
  }
});
