import { assertEquals } from "@std/assert";
import { parseLesson } from "../../lib/course/lesson.ts";

const HEADER = `// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: Deno
//   gradually:
//     title: "Convolution: by loops"
//     minutes: 20
//     permissions: [mnist]      # the data
// ---
`;

Deno.test("the header gives title, minutes and permissions", () => {
  const lesson = parseLesson(HEADER + "// %%\n1;\n", "13_convolution.ts");
  assertEquals(lesson.title, "Convolution: by loops");
  assertEquals(lesson.minutes, 20);
  assertEquals(lesson.permissions, ["mnist"]);
  assertEquals(lesson.header.length, 11);
  assertEquals(lesson.cells[0].line, 15);
});

Deno.test("a lesson without a header is named after its file", () => {
  const lesson = parseLesson("// %%\n1;\n", "lessons/02_activations.ts");
  assertEquals([lesson.title, lesson.minutes, lesson.permissions], ["02_activations", 0, []]);
});
