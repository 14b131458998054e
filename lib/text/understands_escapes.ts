/** Tells whether the terminal understands escape sequences, by the name that it goes by. */

/** Where systems describe terminals, one file for each name. */
const DATABASES = [
  "/etc/terminfo",
  "/lib/terminfo",
  "/usr/share/terminfo",
  "/usr/lib/terminfo",
  "/usr/share/lib/terminfo",
];

/** Names, or beginnings of names, for a system that has no description. */
const FAMILIES =
  /^(xterm|screen|tmux|u?rxvt|vt[1-5]\d\d|linux|ansi|cygwin|alacritty|kitty|foot|wezterm|ghostty|konsole|gnome|vte|putty|st|iterm2?|contour|mintty|mlterm|eterm)($|[-.+])/i;

/**
 * Whether colors and cursor movements may be written to the terminal. A terminal without a name, `dumb`, and one that nobody has described get
 * plain text. A program that may not read `TERM` takes the terminal for a usual one.
 *
 * @param term The name of the terminal; the value of `TERM` if it is left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["xterm-256color", "dumb", ""].map(understandsEscapes), [true, false, false]);
 * ```
 */
export function understandsEscapes(term: string | undefined = ownTerm()): boolean {
  if (term === undefined) return true;
  if (!/^\w[\w.+-]*$/.test(term) || term === "dumb") return false;
  return description(term)?.includes("\x1b[") ?? FAMILIES.test(term);
}

/** The value of `TERM`, "" if there is none; undefined if it cannot be read, or if the system does without it. */
function ownTerm(): string | undefined {
  if (!granted({ name: "env", variable: "TERM" })) return undefined;
  return Deno.env.get("TERM") ?? (Deno.build.os === "windows" ? undefined : "");
}

/** What the system knows about a terminal: the sequences that it understands, with names. */
function description(term: string): string | undefined {
  const folders = [term[0], term.charCodeAt(0).toString(16)]; // macOS has the second
  for (const path of DATABASES.flatMap((database) => folders.map((folder) => `${database}/${folder}/${term}`))) {
    if (!granted({ name: "read", path })) continue;
    try {
      return new TextDecoder("latin1").decode(Deno.readFileSync(path));
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

function granted(permission: Deno.PermissionDescriptor): boolean {
  try {
    return Deno.permissions.querySync(permission).state === "granted";
  } catch {
    return false;
  }
}
