// testWith registers, ignores and says why; the flags it names are the ones a user would type.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { granted, missing, testWith, withTempDir } from "./support.ts";

Deno.test("missing names no flag if nothing is needed", () => {
  assertEquals(missing({}), []);
  assertEquals(missing({ read: undefined, write: false }), []);
});

// A file of its own permissions: whatever the command line gave, these tests see none.
Deno.test({ name: "missing names the flags as they are typed", permissions: "none" }, () => {
  assertEquals(missing({ read: true, sys: true }), ["--allow-read", "--allow-sys"]);
  assertEquals(missing({ write: true, run: true }), ["--allow-write", "--allow-run"]);
  assertEquals(missing({ env: ["MNIST_DIR", "NO_COLOR"] }), ["--allow-env=MNIST_DIR,NO_COLOR"]);
  assertEquals(missing({ net: "127.0.0.1:80" }), ["--allow-net=127.0.0.1:80"]);
  assert(!granted("ffi"));
});

testWith({ read: true, write: true }, "withTempDir removes its folder, even after an error", async () => {
  let seen = "";
  await assertRejects(
    () =>
      withTempDir(async (directory) => {
        seen = directory;
        await Deno.writeTextFile(`${directory}/a`, "a");
        throw new RangeError("on purpose");
      }),
    RangeError,
    "on purpose",
  );
  await assertRejects(() => Deno.stat(seen), Deno.errors.NotFound);
});
