// Runs a command in a real pseudo-terminal and reports what its screen shows. It is a separate process, because the native code of node-pty
// needs permissions that the tests do not have. Requests and answers are lines of JSON on stdin and stdout.
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";

interface Start {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  columns: number;
  rows: number;
}

const start = JSON.parse(Deno.args[0]) as Start;
// Where packages are kept and how they are downloaded depends on the machine, not on the test.
const MACHINE = ["HOME", "DENO_DIR", "XDG_CACHE_HOME", "SSL_CERT_FILE", "DENO_CERT", "DENO_TLS_CA_STORE"];
const machine = MACHINE.flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []);
const began = performance.now();
const screen = new headless.Terminal({
  cols: start.columns,
  rows: start.rows,
  allowProposedApi: true,
  scrollback: 10_000,
});
const child = spawn(start.command, start.args, {
  cwd: start.cwd,
  env: { ...Object.fromEntries(machine), ...start.env },
  cols: start.columns,
  rows: start.rows,
  name: "xterm-256color",
});
let exit: number | undefined;
const changes: (() => void)[] = [];
let raw = "";
const changed = (): void => changes.splice(0).forEach((wake) => wake());
child.onData((data: string) => {
  raw += data;
  screen.write(data, changed);
});
child.onExit(({ exitCode, signal }: { exitCode: number; signal?: number }) => {
  exit = signal ? 128 + signal : exitCode;
  setTimeout(changed, 20);
});

/** The lines of the screen, without the spaces at their ends; with `all`, also the lines that have scrolled away. */
function lines(all: boolean): string[] {
  const buffer = screen.buffer.active;
  const found: string[] = [];
  for (let y = all ? 0 : buffer.baseY; y < buffer.baseY + screen.rows; y++) {
    found.push(buffer.getLine(y)?.translateToString(true) ?? "");
  }
  return found;
}

/** Waits until the screen matches a pattern; returns the milliseconds that it took. */
async function waitFor(pattern: string, timeout: number): Promise<Record<string, unknown>> {
  const from = performance.now();
  const regex = new RegExp(pattern, "m");
  while (!regex.test(lines(false).join("\n"))) {
    const left = timeout - (performance.now() - from);
    if (left <= 0 || exit !== undefined) return { found: false, lines: lines(true), exit };
    await new Promise<void>((resolve) => {
      changes.push(resolve);
      setTimeout(resolve, Math.min(left, 200));
    });
  }
  return { found: true, milliseconds: performance.now() - from, sinceStart: performance.now() - began };
}

/** The processor time that the command and all that it has started took so far, in ticks of 10 ms, and how many of them there are. On Linux. */
function load(): { ticks: number; processes: number } {
  const { stdout } = new Deno.Command("/bin/sh", { args: ["-c", "cat /proc/[0-9]*/stat"], stderr: "null" })
    .outputSync();
  const all = new TextDecoder().decode(stdout).trim().split("\n").map((line) => {
    const words = line.slice(line.lastIndexOf(")") + 2).split(" "); // after the name, which may hold anything
    return { id: parseInt(line), parent: Number(words[1]), ticks: Number(words[11]) + Number(words[12]) };
  });
  const tree = new Set([child.pid]);
  for (let size = 0; size < tree.size;) { // until nothing is added
    size = tree.size;
    for (const { id, parent } of all) if (tree.has(parent)) tree.add(id);
  }
  const members = all.filter(({ id }) => tree.has(id));
  return { ticks: members.reduce((sum, { ticks }) => sum + ticks, 0), processes: members.length };
}

async function answer(request: Record<string, unknown>): Promise<unknown> {
  if (typeof request.keys === "string") child.write(request.keys);
  if (typeof request.resize === "object") {
    const [columns, rows] = request.resize as [number, number];
    screen.resize(columns, rows);
    child.resize(columns, rows);
  }
  if (request.signal) child.kill(request.signal as string);
  if (request.wait !== undefined) return await waitFor(request.wait as string, request.timeout as number);
  if (request.exit) {
    const from = performance.now();
    while (exit === undefined && performance.now() - from < (request.timeout as number)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { exit };
  }
  if (request.raw) return { raw };
  if (request.load) return load();
  return { lines: lines(request.all === true), cursor: [screen.buffer.active.cursorX, screen.buffer.active.cursorY] };
}

const encoder = new TextEncoder();
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  rest += text;
  const requests = rest.split("\n");
  rest = requests.pop()!;
  for (const request of requests) {
    Deno.stdout.writeSync(encoder.encode(JSON.stringify(await answer(JSON.parse(request))) + "\n"));
  }
}
if (exit === undefined) child.kill("SIGKILL");
Deno.exit(0);
