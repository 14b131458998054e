import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { lessonArgs, runLesson } from "./command.ts";

const NEEDS = { read: true, write: true, run: true } as const;

/** A folder of lessons made for one test. */
function lessonsIn(directory: string, files: Record<string, string>): string {
  const folder = `${directory}/lessons`;
  Deno.mkdirSync(folder);
  for (const [name, source] of Object.entries(files)) Deno.writeTextFileSync(`${folder}/${name}`, source);
  return folder;
}

testWith(
  NEEDS,
  "an unknown lesson or option ends with code 2 and one line that names the nearest",
  () =>
    withTempDir(async (directory) => {
      for (
        const [args, message] of [
          [["firts"], 'no lesson "firts"; did you mean first?\n'],
          [["e"], 'no lesson "e"; did you mean errors or exercises?\n'],
          [["17"], 'no lesson "17"; did you mean 7?\n'],
          [["zzzzzzzz"], 'no lesson "zzzzzzzz"; --list shows the lessons\n'],
          [["--rnu"], "no option --rnu; did you mean --run?\n"],
        ] as const
      ) {
        const { code, stdout, stderr } = await runLesson(directory, args);
        assertEquals([code, stdout, stderr], [2, "", message]);
      }
    }),
);

testWith(NEEDS, "--help and --list print and exit", () =>
  withTempDir(async (directory) => {
    const help = await runLesson(directory, ["--help"]);
    assertEquals(help.code, 0);
    assertMatch(help.stdout, /^Usage: deno task lesson/);
    const list = await runLesson(directory, ["--list"]);
    assertEquals(list.code, 0);
    assertMatch(list.stdout, /→ {2}1 \[ \] First steps {2}5 min\n {3}2 \[ \] A cell that throws/);
    assertEquals([...Deno.readDirSync(directory)].length, 0, "they must write no files");
  }));

testWith(
  NEEDS,
  "without a terminal, the whole lesson runs: text, code, outputs, no colors",
  () =>
    withTempDir(async (directory) => {
      const { code, stdout, stderr } = await runLesson(directory, ["first"]);
      assertEquals([code, stderr], [0, ""]);
      assertStringIncludes(stdout, "A sum of two numbers, `a + b`, and a formula: y = w² x + bᵢ.");
      assertStringIncludes(stdout, ' 21 │ import { add, type Pair } from "./helpers/sums.ts";');
      assertStringIncludes(stdout, "hello { a: [ 1, 2, 3 ] }\n42\n");
      assertEquals(stdout.includes("\x1b"), false);
    }),
);

testWith(
  NEEDS,
  "a cell that throws ends the run with code 1, and the error shows only the learner's code",
  () =>
    withTempDir(async (directory) => {
      const { code, stdout } = await runLesson(directory, ["2", "--run"]);
      assertEquals(code, 1);
      assertStringIncludes(stdout, "✗ RangeError: add takes finite numbers and got NaN");
      assertMatch(stdout, /helpers\/sums\.ts:6:11/);
      assertMatch(stdout, /in inner at .*02_errors\.ts:13:10/);
      for (const part of ["lib/cells", "ext:", "node:", "<anonymous>"]) {
        assertEquals(stdout.includes(part), false, part);
      }
    }),
);

testWith(NEEDS, "only the last state of a live display is printed", () =>
  withTempDir(async (directory) => {
    const { code, stdout } = await runLesson(directory, ["4"]);
    assertEquals(code, 0);
    assertEquals(stdout.match(/^tall 5, row 39$/gm)?.length, 1);
    assertEquals(stdout.includes("tall 4,"), false);
  }));

testWith(
  NEEDS,
  "a lesson that does not parse is rejected with file, line and column, before anything runs",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonsIn(directory, {
        "01_types.ts": "// %%\nconsole.log('ran');\n\n// %%\nconst a: number = = 1;\n",
        "02_marker.ts": "// %%\nconst s = `\n// %%\n`;\n",
        "03_header.ts": "// ---\n// no end\n",
        "04_permission.ts":
          "// ---\n// jupyter:\n//   gradually:\n//     permissions: [everything]\n// ---\n// %%\n1;\n",
        "05_import.ts": "// %%\nimport './broken.ts';\n",
        "broken.ts": "export const a = 1;\nexport const b = ;\n",
      });
      const types = await runLesson(directory, ["1", "--run"], folder);
      assertEquals(types.code, 1);
      assertMatch(types.stdout, /SyntaxError: Unexpected token '='\n {2}at lessons\/01_types\.ts:5:19\n/);
      assertEquals(types.stdout.includes("ran\n\n"), false);
      const marker = await runLesson(directory, ["2", "--run"], folder);
      assertEquals(marker.code, 1);
      assertMatch(
        marker.stderr,
        /lessons\/02_marker\.ts:3:1: a "\/\/ %%" line inside the template literal opened on line 2/,
      );
      const header = await runLesson(directory, ["3", "--run"], folder);
      assertMatch(header.stderr, /lessons\/03_header\.ts:1:1: the header/);
      const permission = await runLesson(directory, ["4", "--run"], folder);
      assertMatch(permission.stderr, /the header takes the permissions mnist and got "everything"/);
      const imported = await runLesson(directory, ["5", "--run"], folder);
      assertMatch(imported.stdout, /SyntaxError: Expression expected\n {2}at lessons\/broken\.ts:2:18\n/);
      assertEquals((await runLesson(directory, ["--list"], folder)).code, 0, "the list still works");
    }),
);

testWith(
  NEEDS,
  "nothing that a lesson prints, throws or names, and nothing in a broken file, drives what reads the pipe",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonsIn(directory, {
        "01_bad.ts": [
          "// %% [markdown]\n// # \x1b[2JTitle\x9b2J\n",
          "// %%\nawait Deno.stdout.write(new TextEncoder().encode('a\\x1b]0;ti'));",
          "await Deno.stdout.write(new TextEncoder().encode('tle\\x07b\\x1b[\\n2J'));",
          "console.error('\\u009b2J\\u202e\\x1b[31mred\\x1b[0m');\n",
          "// %%\nconst wrong = new Error('m\\x1b[2J\\rn');\nwrong.name = 'N\\x1b]0;x\\x07';\nthrow wrong;\n",
        ].join("\n"),
      });
      Deno.mkdirSync(`${directory}/.gradually`);
      Deno.writeTextFileSync(`${directory}/.gradually/progress.json`, "\x1b]0;title\x07\x9b2J\u202e");
      const { code, stdout, stderr } = await runLesson(directory, ["1", "--run"], folder);
      assertEquals(code, 1);
      assertMatch(stdout, /\nab\n2J\ufffdred\n/);
      assertMatch(stdout, /\n✗ N␛\]0;x␇: m\nn\n/);
      assertMatch(stderr, /progress\.json could not be read/);
      const listed = await runLesson(directory, ["--list"], folder);
      for (const text of [stdout, stderr, listed.stdout, listed.stderr]) {
        // deno-lint-ignore no-control-regex
        assertEquals(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/.test(text), false, JSON.stringify(text));
      }
    }),
);

testWith(
  NEEDS,
  "settings reach the lesson, and it has the permissions of its header",
  () =>
    withTempDir(async (directory) => {
      const show = 'globalThis[Symbol.for("gradually.settings")];\n';
      const look =
        "const state = (name: string) => Deno.permissions.querySync({ name } as Deno.PermissionDescriptor).state;\n" +
        "[state('net'), state('write'), state('run'), state('env'), state('ffi')].join();\n";
      const folder = lessonsIn(directory, {
        "01_plain.ts": `// %%\n${show}\n// %%\n${look}`,
        "02_mnist.ts": "// ---\n// jupyter:\n//   gradually:\n//     permissions: [mnist]\n// ---\n// %%\n" +
          'Deno.permissions.querySync({ name: "net", host: "storage.googleapis.com" }).state;\n\n' +
          `// %%\nDeno.readTextFileSync("digits/x");\n`,
      });
      Deno.mkdirSync(`${directory}/digits`);
      Deno.writeTextFileSync(`${directory}/digits/x`, "data");
      const plain = await runLesson(directory, ["1", "--full", "--seed=9", "--threads=2"], folder);
      assertStringIncludes(plain.stdout, '{ mode: "full", seed: 9, threads: 2 }');
      assertStringIncludes(
        plain.stdout,
        '"prompt,prompt,prompt,prompt,prompt"'.replaceAll(
          "prompt",
          plain.stdout.includes("denied") ? "denied" : "prompt",
        ),
      );
      const mnist = await runLesson(directory, ["2", "--data", "digits"], folder);
      assertEquals(mnist.code, 0, mnist.stdout);
      assertStringIncludes(mnist.stdout, '"granted"');
      assertStringIncludes(mnist.stdout, '"data"');
    }),
);

testWith(
  NEEDS,
  "--kernel and --threads also apply to a lesson that does not import the settings",
  () =>
    withTempDir(async (directory) => {
      const library = new URL("../../mod.ts", import.meta.url).href;
      const folder = lessonsIn(directory, {
        "01_kernel.ts": `// %%\nimport { kernelInUse } from "${library}";\nkernelInUse();\n`,
      });
      const reference = await runLesson(directory, ["1", "--kernel", "reference"], folder);
      assertStringIncludes(reference.stdout, '"float32 by the reference kernel, 1 thread"');
      const threads = await runLesson(directory, ["1", "--threads", "3"], folder);
      assertStringIncludes(threads.stdout, '"float32 by the simd kernel, 3 threads"');
    }),
);

testWith(NEEDS, "Ctrl-C in a run stops after the current batch", () =>
  withTempDir(async (directory) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: lessonArgs(directory, ["3", "--run"]),
      cwd: directory,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    let text = "";
    let asked = false;
    for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (!asked && text.includes("\ntraining\n")) {
        asked = true;
        setTimeout(() => child.kill("SIGINT"), 200);
      }
    }
    const { code } = await child.status;
    assertEquals(code, 130);
    assertStringIncludes(text, "stopped early\n");
    assertEquals(text.includes("looping"), false);
    assertEquals(await new Response(child.stderr).text(), "stopped\n");
  }));

testWith(
  NEEDS,
  "a run tells the errors of what nobody awaits, and shows a training that a cell ends with once",
  () =>
    withTempDir(async (directory) => {
      const mod = new URL("../../mod.ts", import.meta.url).href;
      const lessons = lessonsIn(directory, {
        "01_stray.ts": `// %% [markdown]
// # Stray

// %%
Promise.reject(new RangeError("nobody waits"));
const one = 1;

// %%
import { FC, fit, Module, Random, SGD, Tensor, watch } from "${mod}";
const random = new Random(1);
const model = new Module([new FC({ inFeatures: 4, outFeatures: 2, random })]);
const data = { images: Tensor.randn([200, 4], { random }), labels: Array.from({ length: 200 }, (_, i) => i % 2) };
await watch(fit(model, data, { optimizer: new SGD(model.parameters()), epochs: 2, batchSize: 10, random }));

// %%
setTimeout(() => { throw new RangeError("a late timer"); }, 100);
`,
      });
      const { code, stdout } = await runLesson(directory, ["1", "--run"], lessons);
      assertEquals(code, 0);
      assertMatch(stdout, /RangeError: nobody waits \(.*01_stray\.ts:5:\d+\)/);
      assertMatch(stdout, /After the cell had ended: RangeError: a late timer \(.*01_stray\.ts:16:\d+\)/);
      assertEquals(stdout.match(/images in .* images\/s/g)?.length, 1);
    }),
);
