/** Bundles scripts for a browser with `deno bundle`. */

import { fileURLToPath } from "node:url";

const PROJECT = new URL("../../../../", import.meta.url);

/**
 * Bundles entries into a folder; each keeps its name, as `.js`.
 *
 * @param minify Whether names and spaces are shortened. Otherwise functions and classes keep their names: learners see those of classes.
 * @throws {Error} With what the bundler says, if it fails.
 */
export async function bundle(
  entries: readonly string[],
  folder: string,
  { minify }: { minify: boolean },
): Promise<void> {
  const options = [
    "--quiet",
    "--platform",
    "browser",
    "--code-splitting",
    "--outdir",
    folder,
    "--keep-names", // the names of layers are shown, errors have those of their classes, and checkpoints those of layers
    ...(minify ? ["--minify"] : []),
  ];
  const config = fileURLToPath(new URL("deno.json", PROJECT));
  const how: Deno.CommandOptions = {
    args: ["bundle", "--config", config, ...options, ...entries],
    cwd: fileURLToPath(PROJECT),
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  };
  const { success, stderr, stdout } = await new Deno.Command("deno", how).output();
  const said = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  if (!success) throw new Error(`deno bundle failed: ${said.trim()}`);
  for (const { name } of Deno.readDirSync(folder)) {
    const found = /^import .*"(node:\w+)"/m.exec(
      name.endsWith(".js") ? Deno.readTextFileSync(`${folder}/${name}`) : "",
    );
    if (found) throw new Error(`a page has no ${found[1]}, which ${name} imports: ask process.getBuiltinModule for it`);
  }
}
