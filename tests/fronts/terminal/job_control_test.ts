// Ctrl-Z and fg in a real shell: it gives its prompt back, and afterward everything goes on, with and without a task around the lesson.
import { assertEquals } from "@std/assert";
import { missing, testWhen, withTempDir } from "../../support.ts";
import { lessonArgs, openLesson } from "../../commands/command.ts";
import { Pty } from "./pty.ts";

const CTRL_Z = "\x1a";
const lacking = missing({ read: true, write: true, run: true });
const BASH = "/bin/bash";
const hasBash = lacking.length === 0 && Deno.build.os !== "windows" && exists(BASH);
const reason = lacking.length > 0 ? `needs ${lacking.join(" ")}` : `needs ${BASH}`;

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function jobTest(name: string, fn: (directory: string) => Promise<void>): void {
  testWhen(hasBash, reason, `Ctrl-Z: ${name}`, () => withTempDir(fn));
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

/** The end of a line, wherever the terminal breaks it: the path of deno may be long. */
const anywhere = (text: string): RegExp => new RegExp(`${[...text].join("\\n?")}$`);

/** The command that a learner types, as it is or as a task. */
function command(directory: string, args: readonly string[], task: boolean): string {
  const line = quoted([Deno.execPath(), ...lessonArgs(directory, args)]);
  if (!task) return line;
  Deno.writeTextFileSync(`${directory}/deno.json`, JSON.stringify({ tasks: { course: line } }));
  return `${quoted([Deno.execPath()])} task --quiet course`;
}

/** A shell with job control, in which a learner has typed the command. */
async function shell(directory: string, line: string, env: Record<string, string> = {}): Promise<Pty> {
  const pty = new Pty(["--norc", "-i"], {
    cwd: directory,
    rows: 40,
    command: [BASH],
    env: { PS1: "ready$ ", PATH: "/usr/local/bin:/usr/bin:/bin", HISTFILE: "/dev/null", ...env },
  });
  await pty.press(`clear; ${line}\r`, /^(?!ready)[^]/);
  return pty;
}

/** The shell has the terminal again. */
async function prompt(pty: Pty): Promise<void> {
  await pty.see(/Stopped[^]*\nready\$ ?$/);
  await pty.press("clear; echo shell$((40 + 2))\r", /^shell42$/);
}

for (const task of [false, true]) {
  const how = task ? "as a task" : "by itself";

  jobTest(`in a lesson that runs ${how}`, async (directory) => {
    await using pty = await shell(directory, command(directory, ["1"], task));
    await pty.see(/^Enter run · q leave/);
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", /^── 1 of 5[^]*^Enter run · q leave · \? keys$/);
    await pty.press(" ", /^3\n\nEnter next/); // in raw mode a key needs no line break
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", /^── 1 of 5 · A sum ─[^]*^3\n\nEnter next · r run again/); // with its output
    await pty.press("g4", /^step \(1 to 5\): 4$/); // a prompt keeps what was typed
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", /^step \(1 to 5\): 4$/);
    await pty.press("\x1b", /Enter next/);
    await pty.press("q", /^ready\$ ?$/);
    await pty.press("echo status $?\r", /^status 0$/);
  });

  jobTest(`while a cell runs, ${how}`, async (directory) => {
    await using pty = await shell(directory, command(directory, ["3"], task));
    await pty.see(/^Enter run/);
    await pty.press("g2\r", /^── 2 of[^]*Enter run/);
    await pty.press("\r", /^training\n\nrunning … Ctrl-C stops$/);
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", /^running … Ctrl-C stops$/);
    await pty.press("\x03", /^stopped early\nStopped; the variables are kept as they are$/);
  });

  jobTest(`in an editor that stops its group, as vi does, ${how}`, async (directory) => {
    const vi = 'Deno.kill(0, "SIGTSTP"); setTimeout(() => console.log("vi goes on"), 300)';
    const editor = `${Deno.execPath()} eval '${vi}' --`;
    await using pty = await shell(directory, command(directory, ["5"], task), { EDITOR: editor });
    await pty.see(/^Enter run/);
    await pty.press("g2\r", /Enter check/);
    await pty.type("e");
    await prompt(pty);
    await pty.press("fg\r", /^vi goes on\n[^]*e edit/);
    await pty.press("?", /^Enter, Space/);
  });

  jobTest(`in an editor that does nothing about it, ${how}`, async (directory) => {
    const plain = 'console.log("editing"); setTimeout(() => console.log("edited"), 2000)';
    const editor = `${Deno.execPath()} eval '${plain}' --`;
    await using pty = await shell(directory, command(directory, ["5"], task), { EDITOR: editor });
    await pty.see(/^Enter run/);
    await pty.press("g2\r", /Enter check/);
    await pty.press("e", /^editing$/);
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", /^edited\n[^]*e edit/);
    await pty.press("?", /^Enter, Space/);
  });

  jobTest(`with --run, ${how}`, async (directory) => {
    await using pty = await shell(directory, command(directory, ["3", "--run"], task));
    await pty.see(/^training$/);
    await pty.type(CTRL_Z);
    await prompt(pty);
    await pty.press("fg\r", task ? anywhere("course") : anywhere("--run'")); // the shell says what goes on
    await pty.press("\x03", /stopped early\n[^]*^stopped\nready\$ ?$/); // it is asked first
    await pty.press("echo status $?\r", /^status 130$/);
  });
}

jobTest("a job that something else stopped goes on in raw mode, drawn again", async (directory) => {
  const line = command(directory, ["1"], false);
  const stop = "(while [ ! -e go ]; do sleep 0.1; done; kill -STOP 0)";
  await using pty = await shell(directory, `sh -c "${stop} & exec ${line}"`);
  await pty.see(/^Enter run · q leave/);
  Deno.writeTextFileSync(`${directory}/go`, "");
  await prompt(pty);
  await pty.press("fg\r", /^── 1 of 5[^]*^Enter run · q leave · \? keys$/);
  await pty.press(" ", /^3\n\nEnter next/);
});

jobTest("without a shell to come back from, the lesson says so and goes on", async (directory) => {
  await using pty = openLesson(directory, ["1"]);
  await pty.see(/^Enter run/);
  await pty.press(CTRL_Z, /^Ctrl-Z needs a shell[^]*Enter run/);
  await pty.press(" ", /^3\n\nEnter next/);
  await pty.type("q");
  assertEquals(await pty.exit(), 0);
});
