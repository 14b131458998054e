// The server checks the types of an answer that a page has saved.
import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { courseTypes } from "../../../lib/fronts/web/server/course_types.ts";
import { testWith, withTempDir } from "../../support.ts";

const LESSONS = fileURLToPath(new URL("../../../lessons", import.meta.url));
const ANSWER =
  "function mseSlopes(w: number, b: number, xs: number[], ys: number[]): [number, number] {\n  return w;\n}\n";

testWith(
  { read: true, write: true, run: true },
  "the type errors of an answer are found, and nothing outside the lessons is read",
  () =>
    withTempDir(async (folder) => {
      await Deno.mkdir(`${folder}/answers/04_linear_regression`, { recursive: true });
      await Deno.writeTextFile(`${folder}/answers/04_linear_regression/mse-slopes.ts`, ANSWER);
      const check = courseTypes(LESSONS, folder);
      assertEquals(await check("../04", "mse-slopes"), []);
      const [error, ...others] = await check("04_linear_regression", "mse-slopes");
      assertEquals([others, error?.place?.line], [[], 2]);
      assertMatch(error.message, /not assignable to type '\[number, number\]'/);
    }),
);
