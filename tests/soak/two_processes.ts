// Two processes save to one place at once: whoever reads finds a whole file, always.
import { assert } from "@std/assert";
import { Progress } from "../../lib/course/progress/progress.ts";
import { loadModel } from "../../mod.ts";

/** How many files were read meanwhile. */
export async function twoProcesses(folder: string, seconds: number): Promise<number> {
  const file = new URL("./saver_child.ts", import.meta.url).pathname;
  const permissions = ["--allow-read", `--allow-write=${folder}`, "--allow-env", "--allow-sys"];
  const children = ["a", "b"].map((name) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "--no-check", ...permissions, file, folder, name, String(seconds)],
      stdout: "null",
      stderr: "piped",
    }).spawn()
  );
  let [read, running] = [0, true];
  const ended = Promise.all(children.map(async (child) => {
    const { success, stderr } = await child.output();
    assert(success, new TextDecoder().decode(stderr));
  })).finally(() => running = false);
  while (running) {
    for (const path of [`${folder}/model`, `${folder}/training`]) {
      try {
        await loadModel(path);
        read++;
      } catch (error) {
        const fine = error instanceof Deno.errors.NotFound || `${error}`.includes("does not say of what network");
        assert(fine, String(error)); // a checkpoint of a training was whole up to its metadata
        if (!(error instanceof Deno.errors.NotFound)) read++;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await ended;
  const progress = new Progress(`${folder}/state`);
  assert(progress.notices.length === 0, String(progress.notices));
  assert(progress.lesson("a") || progress.lesson("b"));
  return read;
}
