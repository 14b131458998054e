// Who is measured: this library in its forms, and whichever peers this machine has.
import { fileURLToPath } from "node:url";

/** One thing that can be measured again and again, each time in a process of its own. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** What a subject reports. */
export interface Report {
  readonly value: number | { product: number; peak: number };
  readonly version: string;
}

function file(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** This library: kernel and threads, then what `own.ts` is to measure. */
export function own(kernel: "reference" | "simd", threads: number, ...what: (string | number)[]): Subject {
  const form = kernel === "reference" ? "reference" : `SIMD, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  const args = ["run", "--no-prompt", "--no-check", file("own.ts"), kernel, threads, ...what];
  return { name: `Gradually, ${form}`, command: Deno.execPath(), args: args.map(String) };
}

/** A peer in JavaScript; npm packages are fetched when it is first run. */
export function javaScript(name: string, script: string): Subject {
  const permissions = ["--no-prompt", "--allow-read", "--allow-env", "--allow-sys"];
  const args = ["run", "--no-lock", "--no-check", "--quiet", ...permissions, file(`peers/${script}`)];
  return { name, command: Deno.execPath(), args };
}

/** A peer in Python: Debian's, where `python3-numpy`, `python3-torch` and `libopenblas0-pthread` are installed. */
export function python(name: string, script: string, ...more: (string | number)[]): Subject {
  return { name, command: "/usr/bin/python3", args: [file(`peers/${script}`), ...more.map(String)] };
}

/** How long a subject may take, in milliseconds; fetching its packages counts. */
const PATIENCE = 180_000;

/** Runs a subject once; where it cannot run, the last line of what it said. */
export async function measure({ command, args }: Subject): Promise<Report | string> {
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const child = new Deno.Command(command, { args: [...args], stdout: "piped", stderr: "piped", signal });
    const { success, stdout, stderr } = await child.output();
    const lines = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim().split("\n");
    if (success) return JSON.parse(lines(stdout).at(-1)!);
    if (signal.aborted) return `it took longer than ${PATIENCE / 1000} s`;
    return lines(stderr).findLast((line) => /error/i.test(line)) ?? "it failed without a word";
  } catch (error) {
    return (error as Error).message;
  }
}
