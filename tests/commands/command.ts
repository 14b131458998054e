// The commands of the project, for tests: each runs in a separate process with the permissions of its task.
import { Pty } from "../fronts/terminal/pty.ts";

const path = (url: string): string => decodeURIComponent(new URL(url, import.meta.url).pathname);

/** The folder of the lessons that the tests use. */
export const FIXTURES = path("../fixtures/lessons");

/** The arguments with which `deno` runs the command and saves its progress below `directory`. */
export function lessonArgs(directory: string, args: readonly string[], lessons = FIXTURES): string[] {
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--allow-read",
    `--allow-write=${directory},${path("../../data/cache")}`,
    "--allow-env=MNIST_DIR,NO_COLOR,COLORTERM,TERM,VISUAL,EDITOR,npm_command,DENO_DIR,HOME,XDG_CACHE_HOME,LOCALAPPDATA,USERPROFILE,SYSTEMROOT,PATH,TMPDIR,NODE_V8_COVERAGE",
    `--allow-run=${Deno.execPath()}`,
    "--allow-net=storage.googleapis.com,ossci-datasets.s3.amazonaws.com",
    path("../../lib/commands/lesson/main.ts"),
    "--lessons",
    lessons,
    ...args,
  ];
}

/** Runs `notebook` or `jupyter` with the permissions of its task, but lets it write only below `directory`. */
export async function runProgram(
  program: "notebook" | "jupyter",
  directory: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", `--allow-write=${directory}`, "--allow-env=JUPYTER_PATH"],
      ...["--allow-run=jupyter-lab,jupyter-notebook", path(`../../lib/commands/${program}/main.ts`), ...args],
    ],
    cwd: directory,
    env,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The result of a command. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command without a terminal. */
export async function runLesson(directory: string, args: readonly string[], lessons?: string): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: lessonArgs(directory, args, lessons),
    cwd: directory,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs the command in a pseudo-terminal. */
export function openLesson(
  directory: string,
  args: readonly string[],
  options: { columns?: number; rows?: number; env?: Record<string, string>; lessons?: string; sayNoSize?: boolean } =
    {},
): Pty {
  return new Pty(lessonArgs(directory, args, options.lessons), { cwd: directory, ...options });
}
