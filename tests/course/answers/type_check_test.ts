// Type errors in an answer, as deno check reports them, located in the learner's file.
import { assertEquals } from "@std/assert";
import { foreignImport } from "../../../lib/course/answers/foreign_import.ts";
import { errorsOf, typeCheck } from "../../../lib/course/answers/type_check.ts";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { testWith, withTempDir } from "../../support.ts";

Deno.test("type errors are found in the output of deno check", () => {
  const output =
    "TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.\n  const x: number = \"a\";\n        ~\n" +
    "    at file:///a%20b/c.ts:3:9\n\nTS2304 [ERROR]: Cannot find name 'y'.\n  y\n  ^\n    at file:///other.ts:1:1\n\nFound 2 errors.\n";
  const message = "Type 'string' is not assignable to type 'number'.";
  assertEquals(errorsOf(output, "/a b/c.ts"), [{ code: "TS2322", message, line: 3, column: 9 }]);
});

testWith(
  { read: true, write: true, run: true },
  "types: a check that is canceled by the next save does not disturb the new check, and leaves no file",
  () =>
    withTempDir(async (directory) => {
      const source = '// %% tags=["exercise"] id="twice"\nfunction twice(x: number): number {\n  return x;\n}\n';
      const { cells } = parseLesson(source, "01_x.ts");
      const options = {
        url: `file://${directory}/01_x.ts`,
        cells,
        cell: cells[0],
        path: "twice.ts",
        readable: [directory],
        directory,
      };
      const canceled = new AbortController();
      const first = typeCheck({
        ...options,
        answer: "function twice(x: number): number {\n  return 7 * x;\n}\n",
        signal: canceled.signal,
      });
      canceled.abort();
      const second = typeCheck({ ...options, answer: "function twice(x: number): string {\n  return 2 * x;\n}\n" });
      assertEquals(await first, []);
      assertEquals((await second).map(({ name, place }) => [name, place]), [
        ["TS2322", { file: "twice.ts", line: 2, column: 3 }],
      ]);
      assertEquals(Array.from(Deno.readDirSync(directory)), []);
    }),
);

/** Ways in which an answer can name a module, and whether only a type check would load it. */
const FORMS: readonly [code: (url: string) => string, onlyTypes: boolean][] = [
  [(url) => `import { a } from "${url}";`, false],
  [(url) => `import type { A } from "${url}";`, true],
  [(url) => `export type { A } from "${url}";`, true],
  [(url) => `const a = await import("${url}");`, false],
  [(url) => `import("${url}").then(() => {});`, false],
  [(url) => `let a: import("${url}").A;`, true],
  [(url) => `/// <reference types="${url}" />`, true],
  [(url) => `/// <reference path="${url}" />`, true],
  [(url) => `// @deno-types="${url}"\nimport a from "./plain.js";`, true],
  [(url) => `// @ts-types="${url}"\nimport a from "./plain.js";`, true],
  [(url) => `/** @jsxImportSource ${url} */`, true],
];

testWith(
  { read: true, write: true, run: true, net: true },
  "types: nothing is fetched for an answer, and one reply says so unless running it does",
  () =>
    withTempDir(async (directory) => {
      const requests: string[] = [];
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
        requests.push(request.url);
        return new Response("export type A = 1;", { headers: { "content-type": "text/typescript" } });
      });
      const address = `http://127.0.0.1:${server.addr.port}`;
      const far = [`${address}/far.ts`, "npm:is-odd@3.0.1", "jsr:@far/away@1"];
      Deno.writeTextFileSync(`${directory}/plain.js`, "export default 1;\n");
      for (const [i, url] of far.entries()) {
        Deno.writeTextFileSync(`${directory}/own${i}.ts`, `export { a } from "${url}";\n`);
      }
      const given = FORMS.flatMap(([form, onlyTypes]) => far.map((url) => ({ url, answer: form(url), onlyTypes })));
      const cases = given.map(({ answer }) => ["1;", `const twice = 2;\n${answer}\n`]);
      // A file of the learner's own that imports something far away, and a lesson that does.
      for (const i of far.keys()) {
        cases.push(["1;", `import { a } from "./own${i}.ts";`], [`import { a } from "${far[i]}";`, "2;"]);
      }

      const checks = decodeURIComponent(new URL("./check_answers.ts", import.meta.url).pathname);
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...[
            "run",
            "--quiet",
            "--no-prompt",
            "--no-check",
            "--no-config",
            "--allow-read",
            `--allow-write=${directory}`,
          ],
          ...[`--allow-run=${Deno.execPath()}`, checks, directory, JSON.stringify(cases)],
        ],
        env: { JSR_URL: `${address}/`, NPM_CONFIG_REGISTRY: address, NO_COLOR: "1" },
        stdin: "null",
      }).output();
      assertEquals(new TextDecoder().decode(stderr), "");
      const found = JSON.parse(new TextDecoder().decode(stdout));
      for (const [i, { url, answer, onlyTypes }] of given.entries()) {
        const message =
          `an answer takes imports from the course and got "${url}": leave it out; the types were not checked`;
        assertEquals([answer, found[i]], [answer, onlyTypes ? [[message, 2]] : []]);
      }
      assertEquals(found.slice(given.length), Array.from({ length: 2 * far.length }, () => []));
      assertEquals(requests, []);
      await server.shutdown();
    }),
);

Deno.test("an answer imports what its lesson can read, what is built in and what the course names", () => {
  const folders = ["/course/lessons", "/course/lib"];
  const found = (specifier: string) =>
    foreignImport(`import a from "${specifier}";`, "file:///course/lessons/1.ts", folders);
  for (
    const specifier of ["./a.ts", "../lib/b.ts", "/course/lib/b.ts", "file:///course/lib/b.ts", "node:fs", "marked"]
  ) {
    assertEquals([specifier, found(specifier)], [specifier, undefined]);
  }
  const foreign = [
    "npm:is-odd@3.0.1",
    "jsr:@std/bytes",
    "https://example.com/a.ts",
    "data:text/javascript,1",
    "blob:x",
  ];
  const paths = [
    "../secret.ts",
    "/etc/passwd",
    "/dev/zero",
    "file:///course/library/a.ts",
    "./%2e%2e/%2e%2e/etc/passwd",
  ];
  for (const specifier of [...foreign, ...paths, "file://host/a.ts", "http://["]) {
    assertEquals([specifier, found(specifier)?.specifier], [specifier, specifier]);
  }
});
