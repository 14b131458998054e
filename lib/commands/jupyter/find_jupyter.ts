/** Finds Jupyter on this machine: JupyterLab before the classic notebook. */

/** A program that serves notebooks. */
interface Jupyter {
  name: "JupyterLab" | "Jupyter Notebook";
  /** The program; start it with a folder as its argument. */
  command: string;
  /** Its version, as it reports it: "4.2.5". */
  version: string;
}

const CANDIDATES = [
  { name: "JupyterLab", program: "jupyter-lab" },
  { name: "Jupyter Notebook", program: "jupyter-notebook" },
] as const;

/** How to install Jupyter, one line for each system. */
export const HOW_TO_INSTALL: readonly string[] = [
  "Debian, Ubuntu:  sudo apt-get install jupyter-notebook",
  "macOS:           brew install jupyterlab",
  "Windows:         py -m pip install --user jupyterlab",
];

/** The first Jupyter that works: a wrapper whose Python has no Jupyter cannot report its version, and is skipped. */
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
    // For a program that does not exist there is no permission either: --allow-run grants the program, not the name.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
