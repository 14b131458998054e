import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { stripVTControlCharacters as stripAnsiCode } from "node:util";
import { kernelJSON } from "../../lib/cells/deno_kernel/kernelspec.ts";
import { gradingVerdict } from "../../lessons/classroom/grading.ts";
import { testWith, withTempDir } from "../support.ts";
import { python, testAsRoot, testClassroom, testJupyter } from "./jupyter.ts";

testWith({ read: true }, "the classroom's kernel is the project's", async () => {
  const spec = new URL("../../lessons/classroom/kernels/deno/kernel.json", import.meta.url);
  assertEquals(await Deno.readTextFile(spec), kernelJSON("deno"));
});

testClassroom("ten accounts sign in at once, and each runs the notebook of lesson 4 to its end", async () => {
  await withTempDir(async (directory) => {
    const told = JSON.parse(await python(directory, ["classroom.py", directory, "04_linear_regression.ipynb", "10"]));
    assertEquals(told.broken, []);
    assertEquals(told.forgery, { "without a token": 403, "with its token": 201, sameSite: "Lax", "own config": false });
    assertEquals(told.learners.length, 10);
    for (const { name, cells, pictures, failures } of told.learners) {
      assertEquals(failures, [], name);
      assert(cells > 10 && pictures >= 2, `${name}: ${cells} cells, ${pictures} pictures`);
    }
  });
});

testClassroom("with CLASSROOM_HOST each learner has a host name, and cookies that go nowhere else", async () => {
  await withTempDir(async (directory) => {
    const at = (host: string) => ({ status: 200, host, cookie: host });
    assertEquals(JSON.parse(await python(directory, ["class_hosts.py", directory])), {
      ada: at("ada.class.example"),
      bob: at("bob.class.example"),
      "bob asks ada's server": 403,
    });
  });
});

testJupyter(
  "a kernel's ports are protected by a key that only the account can read; Deno's kernel has no ipc",
  async () => {
    await withTempDir(async (directory) => {
      const { ipc, ...told } = JSON.parse(await python(directory, ["ports.py", directory]));
      assertEquals(told, { mode: "0o600", ip: "127.0.0.1", ran: false, "ran with the key": true });
      // Once this fails because the answer is empty, Deno can do it: use the transport in jupyterhub_config.py.
      assertMatch(stripAnsiCode(ipc), /invalid host '.*ipc'.*\n.*at Object\.listen/);
    });
  },
);

testAsRoot("notebooks are written with the learner's rights, whatever links are in the way", async () => {
  await withTempDir(async (directory) => {
    const told = JSON.parse(await python(directory, ["bring_notebooks.py", directory]));
    assertEquals(told, {
      links: null,
      third: "notebook 3",
      "third's owner is the learner": true,
      "left in the folder": ["1.ipynb", "2.ipynb", "3.ipynb"],
      folder: "The notebooks cannot be written to /homes/grace/gradually: Permission denied. " +
        "Move what is in the way, and sign in again.",
      new: null,
      again: null,
      kept: ["my work", "notebook 2", "notebook 3"],
      secrets: { files: ["secret"], text: "root's own", "root's": true, "read by the learner": false },
    });
  });
});

Deno.test("while a class is graded, an open exercise earns no point", async () => {
  const event = { id: "x", hints: [], solution: "", explanation: "", message: "This is still open" } as const;
  await assertRejects(() => gradingVerdict({ ...event, kind: "open" }), Error, "✗ x: This is still open");
  await assertRejects(() => gradingVerdict({ ...event, kind: "mistake" }), Error, "✗ x");
});
