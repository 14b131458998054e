/** Asks how large the terminal is. */

/** The size of the terminal; one that does not know its size says 0 × 0, and gets 80 × 24. */
export function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}
