/** The command `deno task jupyter`: opens the notebooks of the course in Jupyter, with the course's kernel. */

import { parseArgs } from "@std/cli/parse-args";
import { delimiter, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { complain, print } from "../output.ts";
import { listLessons } from "../../course/catalog.ts";
import { lessonNotebook } from "../../course/notebook/lesson_notebook.ts";
import { findJupyter, HOW_TO_INSTALL } from "./find_jupyter.ts";
import { kernelJSON } from "../../cells/deno_kernel/kernelspec.ts";
import { formatNotebook } from "../../cells/ipynb/notebook.ts";
import { needDeno } from "../../course/notebook/version.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
/** Everything that this command writes is in here: the kernelspec, and the learner's copies of the notebooks. */
const STATE = resolve(PROJECT, ".gradually");

const HELP = `Usage: deno task jupyter [OPTION…]
       deno task jupyter --vscode

Opens the notebooks of the course in Jupyter. They are your own copies, in .gradually/notebooks: what you write there is
never overwritten. Options are passed to Jupyter, for example --no-browser or --port=9999.

With --vscode, no program is started: VS Code finds the kernel by itself (through .env) when this folder is open.
`;

/** Runs the command. The exit code is Jupyter's; 1 if Deno is too old, 3 if Jupyter is not installed. */
export async function main(args: readonly string[]): Promise<number> {
  // Whatever is not ours is Jupyter's, as it was written.
  const { help, vscode } = parseArgs([...args], { boolean: ["help", "vscode"], alias: { help: "h" } });
  if (help) {
    print(HELP.trimEnd());
    return 0;
  }
  try {
    needDeno(Deno.version.deno);
  } catch (error) {
    complain((error as Error).message);
    return 1;
  }
  if (vscode) {
    tellVSCode(writeKernelspec());
    return 0;
  }
  const found = await findJupyter();
  if (!found) {
    complain(["Jupyter is not installed on this machine. To install it:", ...HOW_TO_INSTALL].join("\n  "));
    return 3;
  }
  const kernels = writeKernelspec();
  const { folder, written } = copyNotebooks();
  print(`${found.name} ${found.version}, notebooks in ${folder}${written ? ` (${written} new)` : ""}`);
  const jupyter = new Deno.Command(found.command, {
    args: [folder, ...args],
    env: {
      JUPYTER_PATH: [kernels, Deno.env.get("JUPYTER_PATH")].filter(Boolean).join(delimiter),
      // What Jupyter keeps while it runs. Its signatures, a secret and a mark that it has started go into the user's home as always.
      JUPYTER_RUNTIME_DIR: resolve(kernels, "runtime"),
      JUPYTERLAB_WORKSPACES_DIR: resolve(kernels, "workspaces"),
      IPYTHONDIR: resolve(kernels, "ipython"),
    },
  }).spawn();
  // Ctrl-C reaches Jupyter from the terminal, and Jupyter asks for confirmation. A signal that ends this program must end Jupyter, too.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => jupyter.kill("SIGTERM"));
  return (await jupyter.status).code;
}

/** Writes the kernelspec where only this Jupyter looks for it, and returns the folder for JUPYTER_PATH. */
function writeKernelspec(): string {
  const kernels = resolve(STATE, "jupyter");
  Deno.mkdirSync(resolve(kernels, "kernels/deno"), { recursive: true });
  Deno.writeTextFileSync(resolve(kernels, "kernels/deno/kernel.json"), kernelJSON(Deno.execPath()));
  return kernels;
}

/** Sets JUPYTER_PATH in `.env`, which VS Code reads from the open folder. Other lines of the file stay. */
function tellVSCode(kernels: string): void {
  const file = resolve(PROJECT, ".env");
  let lines: string[] = [];
  try {
    lines = Deno.readTextFileSync(file).trimEnd().split("\n").filter((line) =>
      line && !line.startsWith("JUPYTER_PATH=")
    );
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  Deno.writeTextFileSync(file, [...lines, `JUPYTER_PATH=${kernels}`, ""].join("\n"));
  print("VS Code can now find the Deno kernel. Open a notebook in lessons/notebooks and choose the kernel Deno");
}

/** Copies every notebook that the learner does not have yet. Like the originals, the copies are two folders below the project. */
function copyNotebooks(): { folder: string; written: number } {
  const folder = resolve(STATE, "notebooks");
  Deno.mkdirSync(folder, { recursive: true });
  let written = 0;
  for (const { name, path } of listLessons(resolve(PROJECT, "lessons"))) {
    const text = formatNotebook(lessonNotebook(Deno.readTextFileSync(path), path));
    try {
      Deno.writeTextFileSync(resolve(folder, `${name}.ipynb`), text, { createNew: true });
      written++;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
  return { folder, written };
}

if (import.meta.main) Deno.exit(await main(Deno.args));
