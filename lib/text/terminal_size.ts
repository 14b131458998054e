/** Reads the size of the terminal. */

/** The size of the terminal; 80 × 24 if the terminal does not know its size and reports 0 × 0. */
export function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}
