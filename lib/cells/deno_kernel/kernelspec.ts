/** The project's own kernelspec: how Jupyter starts the Deno kernel, and how it stops a cell. */

/**
 * The text of `kernel.json`.
 *
 * The stop button sends a signal, to which the notebook listens (see kernel_interrupt.ts).
 *
 * @param deno The program: a path, or `deno` if it is on everyone's PATH.
 */
export function kernelJSON(deno: string): string {
  const spec = {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "signal",
    env: { DENO_NO_UPDATE_CHECK: "1" },
  };
  return JSON.stringify(spec, null, 2) + "\n";
}
