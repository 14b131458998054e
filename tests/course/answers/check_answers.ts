// Checks the types of answers in a program of its own: the test sets its environment, so that every registry is the test's own server.
// deno run … check_answers.ts FOLDER '[["code of the lesson", "answer"], …]'
import { typeCheck } from "../../../lib/course/answers/type_check.ts";
import { parseLesson } from "../../../lib/course/lesson.ts";

const [directory, json] = Deno.args;
const found = [];
for (const [code, answer] of JSON.parse(json) as [string, string][]) {
  const source = `// %%\n${code}\n\n// %% tags=["exercise"] id="twice"\nconst twice = 1;\n`;
  const { cells } = parseLesson(source, "01_x.ts");
  const place = { url: `file://${directory}/01_x.ts`, path: "twice.ts", readable: [directory], directory };
  const errors = await typeCheck({ ...place, cells, cell: cells[1], answer });
  found.push(errors.map((error) => [error.message, error.place?.line]));
}
console.log(JSON.stringify(found));
