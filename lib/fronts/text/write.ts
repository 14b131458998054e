/** Writes text to stdout. */

const encoder = new TextEncoder();

/** Writes all of a text to stdout. If the reader is gone, as in `… | head`, the program ends quietly. */
export function write(text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}
