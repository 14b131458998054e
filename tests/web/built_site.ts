// Builds the site once for all tests of a file.
import { tmpdir } from "node:os";
import { fromRoot } from "./from_root.ts";

/** Builds it in a new folder, with a command like that of the task. */
export async function builtSite(options: { data?: string; lessons?: string } = {}): Promise<string> {
  const out = await Deno.makeTempDir({ dir: tmpdir(), prefix: "gradually-site-" });
  const given = Object.entries(options).flatMap(([name, value]) => value === undefined ? [] : [`--${name}`, value]);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env=LOG", "--allow-run=deno"],
      ...[fromRoot("lib/commands/site/main.ts"), "--out", out, "--no-outputs", ...given],
    ],
    env: { DENO_NO_UPDATE_CHECK: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return out;
}
