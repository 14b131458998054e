/** Opens a file in the learner's own editor. */

/** An editor, as `$VISUAL` or `$EDITOR` names it. */
export interface Editor {
  command: string;
  args: string[];
  /** Whether it has a window of its own, so that the lesson can go on in the terminal. */
  hasWindow: boolean;
}

/** Editors that open a window; any other one takes the terminal while it runs. */
const WITH_WINDOW = new Set(
  ("code code-insiders codium cursor windsurf zed subl atom gedit gnome-text-editor kate kwrite mousepad xed pluma mate bbedit " +
    "gvim mvim idea webstorm fleet notepad notepad++ open xdg-open").split(" "),
);

/**
 * The editor that the environment names; undefined if it names none, or may not be asked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const editor = readEditor('"/opt/my editor" --wait');
 * assertEquals(editor, { command: "/opt/my editor", args: ["--wait"], hasWindow: false });
 * assertEquals(readEditor("code --wait")?.hasWindow, true);
 * assertEquals(readEditor(" "), undefined);
 * ```
 */
export function readEditor(text: string): Editor | undefined {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c);
  if (words.length === 0 || words[0] === "") return undefined;
  const [command, ...args] = words;
  const name = command.replace(/^.*[\\/]/, "").replace(/\.(exe|cmd|bat)$/i, "").toLowerCase();
  return { command, args, hasWindow: WITH_WINDOW.has(name) };
}

/**
 * The editor that `$VISUAL` or `$EDITOR` names. `npx` sets `EDITOR=vi` for whoever has set nothing, and leaves a beginner in a program that they
 * cannot leave: that vi counts as no choice. Whoever likes it says so with `VISUAL=vi`.
 */
export function findEditor(): Editor | undefined {
  for (const variable of ["VISUAL", "EDITOR"]) {
    try {
      const chosen = Deno.env.get(variable) ?? "";
      if (variable === "EDITOR" && chosen === "vi" && Deno.env.get("npm_command")) continue;
      const editor = readEditor(chosen);
      if (editor) return editor;
    } catch {
      // Not permitted: as if it were not set.
    }
  }
  return undefined;
}

/**
 * Runs the editor on a file: to its end if it takes the terminal, else only until it is started.
 *
 * @returns What went wrong, in one line.
 */
export async function edit({ command, args, hasWindow }: Editor, path: string): Promise<string | undefined> {
  const stdio = hasWindow ? "null" : "inherit";
  try {
    const child = spawn(command, { args: [...args, path], stdin: stdio, stdout: stdio, stderr: stdio });
    if (hasWindow) {
      child.unref();
      return undefined;
    }
    const { code } = await child.status;
    return code === 0 ? undefined : `${command} ended with code ${code}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      return `${command} is not among the editors that the lesson may start (see the task "lesson" in deno.json)`;
    }
    return `${command} cannot be started (${(error as Error).message})`;
  }
}

/** A path such as /usr/bin/vim is permitted by the name of the program. */
function spawn(command: string, options: Deno.CommandOptions): Deno.ChildProcess {
  try {
    return new Deno.Command(command, options).spawn();
  } catch (error) {
    const name = command.replace(/^.*[\\/]/, "");
    if (!(error instanceof Deno.errors.NotCapable) || name === command) throw error;
    return new Deno.Command(name, options).spawn();
  }
}
