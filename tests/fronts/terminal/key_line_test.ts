import { assert, assertMatch } from "@std/assert";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { begin } from "../../../lib/course/session_state.ts";
import { keysNow } from "../../../lib/fronts/terminal/key_line.ts";

const SOURCE = `// %% [markdown]
// # Halves

// %% tags=["predict"] id="half"
// What is half of 8?

// %%
8 / 2;

// %% tags=["exercise"] id="halve"
const halve = (x: number): number => blank(x);

// %% tags=["check"] id="halve"
await check("halve", halve);
`;

Deno.test("the line of keys fits the terminal and always ends with ?", () => {
  const lesson = parseLesson(SOURCE, "x.ts");
  for (const columns of [20, 40, 80, 200]) {
    for (const at of [0, 1, 2]) {
      const state = { ...begin({ lesson, hasNext: true }), at, reached: at, phase: "done" as const };
      const line = keysNow(state, false, columns);
      assertMatch(line, /· \? keys$/);
      if (columns >= 80) assert(line.length < columns, line);
    }
  }
});
