/** What the screen can show: how many columns and rows, and which colors. */
import { type ColorDepth, SCREEN, type Screen, shared } from "../contract/contract.ts";
import { terminalSize } from "../text/terminal_size.ts";
import { understandsEscapes } from "../text/understands_escapes.ts";

export { type ColorDepth, SCREEN, type Screen };

/**
 * A screen without escape codes, this many columns wide.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { heatmap, plainScreen } from "@gradually/gradually/show";
 *
 * const text = heatmap({ shape: [1, 3], data: [-1, 0, 1] }).text(plainScreen(40));
 * assertEquals(text.includes("\x1b"), false);
 * ```
 */
export function plainScreen(columns = 80): Screen {
  return { columns, rows: 24, colors: "none" };
}

/**
 * The current screen: what the front end declared, else the terminal, else 80 × 24. It needs no permission: if it may
 * not read the environment, it uses 256 colors, which nearly every terminal has.
 *
 * @example A front end declares its screen
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { currentScreen, SCREEN } from "@gradually/gradually/show";
 *
 * Object.assign(globalThis, { [SCREEN]: { columns: 50 } });
 * assertEquals(currentScreen().columns, 50);
 * ```
 */
export function currentScreen(): Screen {
  const declared = shared[SCREEN] ?? {};
  const size = isTerminal() ? terminalSize() : plainScreen();
  return {
    columns: atLeast(declared.columns ?? size.columns, 80),
    rows: atLeast(declared.rows ?? size.rows, 24),
    colors: Deno.noColor ? "none" : declared.colors ?? (mayReadTrueColor() ? "24bit" : "256"),
  };
}

/** Whether text goes straight to a terminal, which understands colors and cursor movements. */
export function isTerminal(): boolean {
  try {
    return Deno.stdout.isTerminal() && understandsEscapes();
  } catch {
    return false;
  }
}

// A front end may declare 0 × 0, which means "unknown", not "nothing fits".
function atLeast(found: number, otherwise: number): number {
  return Number.isFinite(found) && found >= 1 ? Math.floor(found) : otherwise;
}

function mayReadTrueColor(): boolean {
  try {
    const granted = Deno.permissions.querySync({ name: "env", variable: "COLORTERM" }).state === "granted";
    return granted && /^(truecolor|24bit)$/.test(Deno.env.get("COLORTERM") ?? "");
  } catch {
    return false;
  }
}
