/** Finds a Jupyter on this machine: JupyterLab before the classic notebook. */

/** A program that serves notebooks. */
export interface Jupyter {
  name: "JupyterLab" | "Jupyter Notebook";
  /** The program, to be started with a folder. */
  command: string;
  /** What it says of itself: "4.2.5". */
  version: string;
}

const CANDIDATES = [
  { name: "JupyterLab", program: "jupyter-lab" },
  { name: "Jupyter Notebook", program: "jupyter-notebook" },
] as const;

/** How to get one, a line for each system. */
export const HOW_TO_INSTALL: readonly string[] = [
  "Debian, Ubuntu:  sudo apt-get install jupyter-notebook",
  "macOS:           brew install jupyterlab",
  "Windows:         py -m pip install --user jupyterlab",
];

/** The first Jupyter that is there and works: a wrapper whose Python has no Jupyter cannot tell its version, and is passed over. */
export async function findJupyter(): Promise<Jupyter | undefined> {
  for (const { name, program } of CANDIDATES) {
    const version = await versionOf(program);
    if (version) return { name, command: program, version };
  }
  return undefined;
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args: ["--version"], stderr: "null" }).output();
    const said = new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "";
    return success && /^\d/.test(said) ? said : undefined;
  } catch (error) {
    // A name that the system cannot find is no permission either: --allow-run means the program, not the word.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
