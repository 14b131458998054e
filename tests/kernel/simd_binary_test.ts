// The committed binary is what the source builds to.
import { assertEquals } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { testWith } from "../support.ts";

testWith({ run: true, read: true }, "the AssemblyScript source builds to the committed bytes", async () => {
  const script = fromFileUrl(new URL("../../lib/kernel/simd/build.ts", import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys", script, "--check"],
    stderr: "inherit",
  });
  const { stdout } = await command.output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "the source builds to the committed bytes");
});
