// Starts `deno task web` in a folder of its own, as the task does.
import { tmpdir } from "node:os";
import { fromRoot } from "./from_root.ts";

/** A running server. */
export interface WebServer extends AsyncDisposable {
  /** With the token. */
  readonly address: string;
  /** Where it keeps the learner's files. */
  readonly state: string;
  /** The folder in which it runs. */
  readonly folder: string;
}

/** Starts it on a port. A folder that is given stays. */
export async function startWeb(
  { folder: given, port = 0 }: { folder?: string; port?: number } = {},
): Promise<WebServer> {
  const folder = given ?? await Deno.makeTempDir({ dir: tmpdir(), prefix: "gradually-web-" });
  const rights = [
    "--allow-read",
    "--allow-write=.gradually",
    "--allow-env=LOG,MNIST_DIR",
    "--allow-net=127.0.0.1,0.0.0.0",
  ];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", ...rights, "--allow-run=deno", fromRoot("lib/commands/web/main.ts")],
      ...["--no-open", "--port", String(port)],
    ],
    cwd: folder,
    env: { DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("Ctrl-C")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the server ended: ${said}`);
    said += value;
  }
  return {
    address: /http:\S+/.exec(said)![0],
    state: `${folder}/.gradually`,
    folder,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await child.status;
      await reader.cancel();
      if (given === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
}
