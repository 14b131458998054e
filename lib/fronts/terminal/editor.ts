/** Opens a file in the learner's own editor. */

/** An editor from `$VISUAL` or `$EDITOR`. */
interface Editor {
  command: string;
  args: string[];
  /** Whether it opens a window, so that the lesson can continue in the terminal. */
  hasWindow: boolean;
}

/** Editors that open a window; any other editor uses the terminal while it runs. */
const WITH_WINDOW = new Set(
  ("code code-insiders codium cursor windsurf zed subl atom gedit gnome-text-editor kate kwrite mousepad xed pluma mate bbedit " +
    "gvim mvim idea webstorm fleet notepad notepad++ open xdg-open").split(" "),
);

/**
 * The editor in the value of an environment variable; undefined if the value is empty.
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
 * The editor from `$VISUAL` or `$EDITOR`. `npx` sets `EDITOR=vi` if the user has set nothing, and a beginner would then be in a program that
 * they do not know how to quit: so that vi does not count. Anyone who wants vi can set `VISUAL=vi`.
 */
export function findEditor(): Editor | undefined {
  for (const variable of ["VISUAL", "EDITOR"]) {
    try {
      const chosen = Deno.env.get(variable) ?? "";
      if (variable === "EDITOR" && chosen === "vi" && Deno.env.get("npm_command")) continue;
      const editor = readEditor(chosen);
      if (editor) return editor;
    } catch {
      // No permission to read it: treat it as not set.
    }
  }
  return undefined;
}

/**
 * Opens a file in the editor. Waits for its end if it uses the terminal; otherwise, only until it has started.
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
      return `${command} is not among the editors that the lesson may start (see the permissions of "lesson" in deno.json)`;
    }
    return `${command} cannot be started (${(error as Error).message})`;
  }
}

/** Starts a program; a path such as /usr/bin/vim may be permitted only by the name of the program. */
function spawn(command: string, options: Deno.CommandOptions): Deno.ChildProcess {
  try {
    return new Deno.Command(command, options).spawn();
  } catch (error) {
    const name = command.replace(/^.*[\\/]/, "");
    if (!(error instanceof Deno.errors.NotCapable) || name === command) throw error;
    return new Deno.Command(name, options).spawn();
  }
}
