import { assert, assertEquals } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { runProgram } from "./command.ts";

const NEEDS = { read: true, write: true, run: true } as const;

testWith(
  NEEDS,
  "without Jupyter, the command says how to install it, in one line for each system, and exits with code 3",
  async () => {
    await withTempDir(async (directory) => {
      const { code, stderr } = await runProgram("jupyter", directory, [], { PATH: directory });
      assertEquals(code, 3);
      const lines = stderr.trim().split("\n");
      assertEquals(lines.length, 4);
      for (const system of ["Debian", "macOS", "Windows"]) {
        assertEquals(lines.filter((line) => line.trim().startsWith(system)).length, 1);
      }
      assert([...Deno.readDirSync(directory)].length === 0, "it must write no files");
    });
  },
);
