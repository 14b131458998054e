import { assertEquals } from "@std/assert";
import { toLessonImports, toNotebookImports } from "../../../lib/course/notebook/imports.ts";

Deno.test("all imports are converted, and nothing else", () => {
  const code =
    'import a from "../a.ts";\nimport "./b.ts";\nexport * from "./c.ts";\nawait import("./d.ts");\nconst s = "../e.ts"; // from "./f.ts"\n`${await import("../g.ts")}`; import h from "npm:h";';
  const moved = toNotebookImports(code);
  assertEquals([...moved.matchAll(/"([^"]*)"/g)].map((match) => match[1]), [
    "../../a.ts",
    "../../lessons/b.ts",
    "../../lessons/c.ts",
    "../../lessons/d.ts",
    "../e.ts",
    "./f.ts",
    "../../g.ts",
    "npm:h",
  ]);
  assertEquals(toLessonImports(moved), code);
});
