// The real Jupyter, as Debian has it, for tests: whether it is there, and what a notebook puts out in it.
import { fileURLToPath } from "node:url";
import { kernelJSON } from "../../lib/cells/deno_kernel/kernelspec.ts";
import { missing, testWhen } from "../support.ts";

/** Debian's packages are found by this Python only. */
const PYTHON = "/usr/bin/python3";
const HERE = fileURLToPath(new URL("./", import.meta.url));

/** One output of a cell: its kind, its MIME types, and its text. */
export interface RanOutput {
  type: "stream" | "display_data" | "execute_result" | "error";
  forms: string[];
  text: string;
}

/** One run of a notebook. */
export interface RanNotebook {
  path: string;
  seconds: number;
  cells: { id: string; outputs: RanOutput[] }[];
}

const reason = reasonAgainst();

/** Registers a test that needs Jupyter; where there is none it is ignored, and its name says why. */
export function testJupyter(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  testWhen(reason === undefined, reason ?? "", name, fn);
}

/** Registers a test that needs a whole JupyterHub as well. */
export function testClassroom(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const missingHub = reason ?? reasonAgainst("jupyterhub, notebook", "jupyterhub jupyter-notebook");
  testWhen(missingHub === undefined, missingHub ?? "", name, fn);
}

/** Runs notebooks one by one, each in a kernel of its own; with `runs`, each as often as that. */
export function execute(
  paths: readonly string[],
  kernels: string,
  { runs = 1, atOnce = 1 }: { runs?: number; atOnce?: number } = {},
): Promise<RanNotebook[]> {
  const args = [...paths, "--runs", String(runs), "--at-once", String(atOnce)];
  return python(kernels, ["execute.py", ...args]).then((text) =>
    text.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line))
  );
}

/** Runs a Python program of this folder with the course's kernelspec, which is written to `kernels`, and gives what it printed. */
export async function python(kernels: string, [program, ...args]: readonly string[]): Promise<string> {
  await Deno.mkdir(`${kernels}/kernels/deno`, { recursive: true });
  await Deno.writeTextFile(`${kernels}/kernels/deno/kernel.json`, kernelJSON(Deno.execPath()));
  const { success, stdout, stderr } = await new Deno.Command(PYTHON, {
    args: [HERE + program, ...args],
    env: {
      DENO: Deno.execPath(),
      JUPYTER_PATH: kernels,
      JUPYTER_RUNTIME_DIR: `${kernels}/runtime`,
      IPYTHONDIR: `${kernels}/ipython`,
      // A test downloads nothing: where there is no data set, the lessons draw their own.
      https_proxy: "http://127.0.0.1:9",
      no_proxy: "127.0.0.1,localhost",
    },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${program} failed:\n${decoder.decode(stderr).slice(-3000)}`);
  return decoder.decode(stdout);
}

function reasonAgainst(
  modules = "nbclient, nbformat, jupyter_client",
  packages = "jupyter-nbconvert jupyter-client",
): string | undefined {
  const flags = missing({ read: true, write: true, run: PYTHON });
  if (flags.length) return `needs ${flags.join(" ")}`;
  try {
    const { success } = new Deno.Command(PYTHON, { args: ["-c", `import ${modules}`], stderr: "null" }).outputSync();
    if (success) return undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return `no ${modules} for ${PYTHON}: apt-get install ${packages}`;
}
