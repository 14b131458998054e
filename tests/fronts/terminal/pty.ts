// A real pseudo-terminal for tests: start a command in it, press keys, read the screen.
import { assert } from "@std/assert";

/** Where and how a command runs. */
export interface PtyOptions {
  cwd: string;
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  /** Whether the terminal reports a size of 0 × 0. */
  sayNoSize?: boolean;
  /** The command to run, if it is not deno itself. */
  command?: string[];
}

/** A command that runs in a pseudo-terminal. */
export class Pty {
  readonly #driver: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(
    args: string[],
    { cwd, columns = 80, rows = 24, env = {}, sayNoSize = false, command: [...command] = [Deno.execPath()] }:
      PtyOptions,
  ) {
    command.push(...args);
    // A terminal on a serial line, or a faulty one, may report 0 rows and 0 columns.
    if (sayNoSize) command.unshift("/bin/sh", "-c", 'stty rows 0 columns 0 && exec "$@"', "sh");
    const start = {
      command: command[0],
      args: command.slice(1),
      cwd,
      columns,
      rows,
      env: { TERM: "xterm-256color", ...env },
    };
    const driver = decodeURIComponent(new URL("./pty_driver.ts", import.meta.url).pathname);
    this.#driver = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--allow-ffi",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        "--allow-run",
        "--allow-sys",
        driver,
        JSON.stringify(start),
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#writer = this.#driver.stdin.getWriter();
    this.#reader = this.#driver.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Waits until the screen matches the pattern, at most `timeout` milliseconds; returns the milliseconds that it took. */
  async see(pattern: RegExp, timeout = 40_000): Promise<number> {
    return (await this.#see({ wait: pattern.source, timeout }, pattern)).milliseconds;
  }

  /** Presses keys and waits for their effect; returns the milliseconds that it took. */
  async press(keys: string, pattern: RegExp, timeout = 40_000): Promise<number> {
    return (await this.#see({ keys, wait: pattern.source, timeout }, pattern)).milliseconds;
  }

  /** The milliseconds from the start of the command until the screen matches the pattern. */
  async seeFromStart(pattern: RegExp): Promise<number> {
    return (await this.#see({ wait: pattern.source, timeout: 10_000 }, pattern)).sinceStart;
  }

  /** Presses keys without waiting for their effect. */
  async type(keys: string): Promise<void> {
    await this.#ask({ keys });
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#ask({ resize: [columns, rows] });
  }

  async signal(name: string): Promise<void> {
    await this.#ask({ signal: name });
  }

  /** The lines of the screen; with `all`, also the lines that have scrolled away. */
  async lines(all = false): Promise<string[]> {
    return (await this.#ask({ all })).lines as string[];
  }

  async text(all = false): Promise<string> {
    return (await this.lines(all)).join("\n");
  }

  /** Everything that was written to the terminal, with escape codes. */
  async raw(): Promise<string> {
    return (await this.#ask({ raw: true })).raw as string;
  }

  /** The processor time that the command and all that it has started took so far, in ticks of 10 ms; only on Linux. */
  async load(): Promise<{ ticks: number; processes: number }> {
    return await this.#ask({ load: true }) as { ticks: number; processes: number };
  }

  /** Waits for the end of the command; returns its exit code. */
  async exit(timeout = 5000): Promise<number | undefined> {
    return (await this.#ask({ exit: true, timeout })).exit as number | undefined;
  }

  async close(): Promise<void> {
    await this.#writer.close();
    await this.#driver.status;
    await this.#reader.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #see(request: Record<string, unknown>, pattern: RegExp): Promise<{ milliseconds: number; sinceStart: number }> {
    const answer = await this.#ask(request);
    const shown = (answer.lines as string[] | undefined)?.join("\n");
    assert(answer.found, `waited for ${pattern} and the screen shows (exit code ${answer.exit}):\n${shown}`);
    return answer as { milliseconds: number; sinceStart: number };
  }

  async #ask(request: Record<string, unknown>): Promise<Record<string, unknown>> {
    await this.#writer.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#reader.read();
      assert(!done, "the driver of the pseudo-terminal has ended");
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return JSON.parse(line);
  }
}
