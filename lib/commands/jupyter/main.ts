/** The command `deno task jupyter`: opens the notebooks of the course in Jupyter, with the course's own kernel. */

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
/** All that is written lies here: the kernelspec, and the learner's copies of the notebooks. */
const STATE = resolve(PROJECT, ".gradually");

const HELP = `Usage: deno task jupyter [OPTION…]
       deno task jupyter --vscode

Opens the notebooks of the course in Jupyter. They are copies, in .gradually/notebooks, and yours: what you write there is
never overwritten. Options go to Jupyter, for example --no-browser or --port=9999.

With --vscode nothing is started: VS Code, with this folder open, finds the kernel by itself (through .env).
`;

/** Runs the command. The exit code is Jupyter's; 1 for a Deno that is too old, 3 where there is no Jupyter. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    print(HELP.trimEnd());
    return 0;
  }
  try {
    needDeno(Deno.version.deno);
  } catch (error) {
    complain((error as Error).message);
    return 1;
  }
  if (args.includes("--vscode")) {
    tellVSCode(writeKernelspec());
    return 0;
  }
  const found = await findJupyter();
  if (!found) {
    complain(["There is no Jupyter on this machine. To install one:", ...HOW_TO_INSTALL].join("\n  "));
    return 3;
  }
  const kernels = writeKernelspec();
  const { folder, written } = copyNotebooks();
  print(`${found.name} ${found.version}, notebooks in ${folder}${written ? ` (${written} new)` : ""}`);
  const jupyter = new Deno.Command(found.command, {
    args: [folder, ...args],
    env: {
      JUPYTER_PATH: [kernels, Deno.env.get("JUPYTER_PATH")].filter(Boolean).join(delimiter),
      // What Jupyter keeps while it runs, which would else go into the user's home.
      JUPYTER_RUNTIME_DIR: resolve(kernels, "runtime"),
      JUPYTERLAB_WORKSPACES_DIR: resolve(kernels, "workspaces"),
      IPYTHONDIR: resolve(kernels, "ipython"),
    },
  }).spawn();
  // Ctrl-C reaches Jupyter from the terminal, and Jupyter asks whether it is meant; what ends this program is to end Jupyter, too.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => jupyter.kill("SIGTERM"));
  return (await jupyter.status).code;
}

/** Writes the kernelspec where only this Jupyter looks for it, and gives the folder for JUPYTER_PATH. */
function writeKernelspec(): string {
  const kernels = resolve(STATE, "jupyter");
  Deno.mkdirSync(resolve(kernels, "kernels/deno"), { recursive: true });
  Deno.writeTextFileSync(resolve(kernels, "kernels/deno/kernel.json"), kernelJSON(Deno.execPath()));
  return kernels;
}

/** VS Code reads JUPYTER_PATH from `.env` in the folder that is open. Other lines of it stay. */
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
  print("VS Code finds the Deno kernel now. Open a notebook in lessons/notebooks and choose the kernel Deno");
}

/** A copy of every notebook that the learner does not have yet. It lies two folders below the project, as the original does. */
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
