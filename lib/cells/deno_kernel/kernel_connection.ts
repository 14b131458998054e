/** Finds where this kernel sends its outputs: Jupyter writes the address to a file, and names the file on the kernel's command line. */

/** An address on this machine. */
export interface Address {
  hostname: string;
  port: number;
}

/** The address of the kernel's outputs; undefined if the system does not show a program its own command line. */
export async function outputAddress(): Promise<Address | undefined> {
  try {
    const file = connectionFileOf(await ownCommandLine());
    if (file === undefined) return undefined;
    const { transport, ip, iopub_port } = JSON.parse(await Deno.readTextFile(file));
    return transport === "tcp" ? { hostname: ip, port: iopub_port } : undefined;
  } catch {
    return undefined; // whatever went wrong, the caller has another way to wait
  }
}

/**
 * The file that follows `--conn`, which is the last argument.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(connectionFileOf("deno jupyter --kernel --conn /home/a b/kernel-1.json\n"), "/home/a b/kernel-1.json");
 * ```
 */
export function connectionFileOf(commandLine: string): string | undefined {
  return /\s--conn[\s=](.+?)\s*$/s.exec(commandLine)?.[1];
}

async function ownCommandLine(): Promise<string> {
  if (Deno.build.os === "linux") return (await Deno.readTextFile("/proc/self/cmdline")).replaceAll("\0", " ");
  const { stdout } = await new Deno.Command("ps", { args: ["-ww", "-o", "command=", "-p", String(Deno.pid)] }).output();
  return new TextDecoder().decode(stdout);
}
