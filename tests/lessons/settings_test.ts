// The settings of a lesson: from the command line, or from the front end that runs it.
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { useKernel } from "../../mod.ts";
import { readSettings } from "../../lessons/read_settings.ts";
import { testWith, withTempDir } from "../support.ts";

const CONFIG = new URL("../../deno.json", import.meta.url).pathname;
const MODULE = new URL("../../lessons/settings.ts", import.meta.url).pathname;

Deno.test("a lesson by itself is quick and has seed 1", () => {
  assertEquals(readSettings([]), { mode: "quick", seed: 1 });
});

Deno.test("the command line sets mode, seed, data, kernel and threads", () => {
  const settings = readSettings(["--full", "--seed", "3", "--data=digits", "--kernel", "reference", "--threads=2"]);
  assertEquals(settings, { mode: "full", seed: 3, data: "digits", kernel: "reference", threads: 2 });
  assertEquals(readSettings(["--full", "--quick"]).mode, "quick");
});

Deno.test("a command line with a mistake is refused", () => {
  for (
    const [args, message] of [
      [["--ful"], /^no option --ful; did you mean --full\?$/],
      [["--seed", "1.5"], /^--seed takes a whole number from 0 and got "1\.5"$/],
      [["--data"], /^--data takes a value/],
      [["--threads", "0"], /^--threads takes a whole number from 1 to 64 and got "0"$/],
      [["--threads", "65"], /^--threads takes a whole number from 1 to 64 and got "65"$/],
      [["--kernel", "smid"], /did you mean simd\?$/],
      [["4"], /^a lesson takes --quick, .* and got 4;/],
      [["--list"], /and got --list;/],
    ] as [string[], RegExp][]
  ) {
    assertMatch(assertThrows(() => readSettings(args), Error).message, message);
  }
  assertThrows(() => useKernel({ threads: 65 }), RangeError, "1 to 64 threads"); // the kernel sets the bound
});

testWith({ read: true, run: true }, "a wrong option ends a script with one line and exit code 2", async () => {
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "--no-prompt", MODULE, "--sed", "3"] });
  const { code, stdout, stderr } = await command.output();
  assertEquals([code, new TextDecoder().decode(stdout)], [2, ""]);
  assertEquals(new TextDecoder().decode(stderr), "no option --sed; did you mean --seed?\n");
});

testWith({ read: true, run: true }, "settings from a front end take precedence over the command line", async () => {
  const script = `
    globalThis[Symbol.for("gradually.settings")] = { mode: "full", seed: 9 };
    const { settings } = await import(${JSON.stringify(`file://${MODULE}`)});
    console.log(JSON.stringify(settings));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", script, "--", "--quick"] }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), { mode: "full", seed: 9, quick: false });
});

testWith(
  { read: true, write: true, run: true },
  "kernel and threads take effect in a lesson that never reads them",
  () =>
    withTempDir(async (directory) => {
      const library = new URL("../../mod.ts", import.meta.url).href;
      const script = `${directory}/lesson.ts`;
      Deno.writeTextFileSync(
        script,
        `import { settings } from "file://${MODULE}";
import { kernelInUse } from "${library}";
console.log(settings.mode, kernelInUse());`,
      );
      const used = async (args: string[]): Promise<string> => {
        const { stdout } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "--no-prompt", "--config", CONFIG, script, ...args],
        })
          .output();
        return new TextDecoder().decode(stdout);
      };
      assertEquals(await used(["--kernel", "reference"]), "quick float32 by the reference kernel, 1 thread\n");
      assertEquals(await used(["--threads", "3"]), "quick float32 by the simd kernel, 3 threads\n");
    }),
);
