// Debian's real Jupyter, for tests: whether it is installed, and what a notebook outputs in it.
import { fileURLToPath } from "node:url";
import { kernelJSON } from "../../lib/cells/deno_kernel/kernelspec.ts";
import { missing, testWhen } from "../support.ts";

/** Only this Python finds Debian's packages. */
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

/** Registers a test that needs Jupyter; without Jupyter it is ignored, and its name says why. */
export function testJupyter(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  testWhen(reason === undefined, reason ?? "", name, fn);
}

/** Registers a test that also needs a whole JupyterHub. */
export function testClassroom(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const missingHub = reason ?? reasonAgainst("jupyterhub, notebook", "jupyterhub jupyter-notebook");
  testWhen(missingHub === undefined, missingHub ?? "", name, fn);
}

/** Registers a test that needs Python, and root's right to act as another account. */
export function testAsRoot(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const missingPython = reasonAgainst("json", "python3");
  const notRoot = missingPython ?? (Deno.uid() === 0 ? undefined : "needs root, to act as another account");
  testWhen(notRoot === undefined, notRoot ?? "", name, fn);
}

/** Runs notebooks, each in its own kernel: each one `runs` times, and `atOnce` of them at the same time. */
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

/** Runs a Python program from this folder with the course's kernelspec, which is written to `kernels`, and returns what it printed. */
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
      // A test downloads nothing: without a data set, the lessons draw synthetic digits.
      https_proxy: "http://127.0.0.1:9",
      no_proxy: "127.0.0.1,localhost,.example",
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
  return `${PYTHON} has no ${modules}: apt-get install ${packages}`;
}
