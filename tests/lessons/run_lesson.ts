// Runs a lesson as a plain script, in its own process, and reads what it printed.

/** How to run a lesson. */
export interface RunOptions {
  /** Options of the lesson, such as `["--seed", "2"]`. */
  args?: readonly string[];
  /** What the script may do, as flags: `["--allow-read=…"]`. A lesson computes and prints; most need nothing. */
  permissions?: readonly string[];
  /** Its environment variables. */
  env?: Record<string, string>;
}

/** What a lesson printed. */
export interface LessonRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `lessons/<name>.ts`. Needs `{ read: true, run: true }`. */
export async function runLesson(name: string, options: RunOptions = {}): Promise<LessonRun> {
  const { args = [], permissions = [], env } = options;
  const script = new URL(`../../lessons/${name}.ts`, import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, script, ...args],
    stdin: "null",
    env,
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Runs a lesson that must end without an error, and returns what it printed. */
export async function lessonOutput(name: string, options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runLesson(name, options);
  if (code !== 0) throw new Error(`lesson ${name} ended with exit code ${code}:\n${stdout.slice(-2000)}\n${stderr}`);
  return stdout;
}

/**
 * The rows of the table that is printed below this title, keyed by column name: numbers as numbers, everything else as
 * text.
 */
export function tableBelow(output: string, title: string): Record<string, number | string>[] {
  const lines = output.split("\n");
  const at = lines.findIndex((line, i) => line.trim() === title && /^[─ ]*─$/.test(lines[i + 2] ?? ""));
  if (at < 0) throw new Error(`there is no table titled "${title}" in:\n${output}`);
  const spans = [...lines[at + 2].matchAll(/─+/g)].map(({ index, 0: rule }) => [index, index + rule.length]);
  const cut = (line: string) => spans.map(([from, to]) => line.slice(from, to).trim());
  const names = cut(lines[at + 1]);
  const rows: Record<string, number | string>[] = [];
  for (const line of lines.slice(at + 3)) {
    const cells = cut(line);
    // The first line after a table has no cell in some column, or has text in the gaps between columns.
    if (cells.includes("") || spans.some(([, to]) => (line[to] ?? " ") !== " ")) break;
    rows.push(Object.fromEntries(cells.map((cell, i) => [names[i], valueOf(cell)])));
  }
  return rows;
}

function valueOf(cell: string): number | string {
  if (cell === "∞" || cell === "-∞") return cell === "∞" ? Infinity : -Infinity;
  const number = Number(cell.replaceAll(",", ""));
  return cell === "" || Number.isNaN(number) ? cell : number;
}
