/**
 * The program that stops a whole job: everything in its process group, so that the shell gives its prompt back. It is a program of its own, because
 * sending a signal to other processes needs a permission that the lesson does not have. It ends when the job goes on, with code 0; with code 3, at
 * once, if no shell would ever bring the job back.
 */

/** A process: its parent, its group, and its terminal, in the system's own words. */
interface Process {
  parent: string;
  group: string;
  terminal: string;
}

/** Looks a process up with the system's own tools: `/proc` can only be read by a program with all permissions. */
function lookUp(pid: string): Process | undefined {
  const [command, ...args] = Deno.build.os === "linux"
    ? ["cat", `/proc/${pid}/stat`]
    : ["ps", "-o", "ppid=,pgid=,tty=", "-p", pid];
  try {
    const { stdout } = new Deno.Command(command, { args, stdin: "null", stderr: "null" }).outputSync();
    const text = new TextDecoder().decode(stdout);
    const words = text.slice(text.lastIndexOf(")") + 1).trim().split(/\s+/); // a name may hold anything
    // Linux has the state before these, and the session between them.
    const [parent, group, terminal] = Deno.build.os === "linux" ? [words[1], words[2], words[4]] : words;
    return group ? { parent, group, terminal } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a shell on the same terminal looks after the job: the nearest ancestor in a different group. */
function hasShell(): boolean {
  const own = lookUp(String(Deno.pid));
  let ancestor = own;
  while (own && ancestor && ancestor.group === own.group) ancestor = lookUp(ancestor.parent);
  return own !== undefined && ancestor !== undefined && ancestor.terminal === own.terminal;
}

if (!hasShell()) Deno.exit(3);
Deno.kill(0, "SIGSTOP"); // 0 is the group; no process can refuse this signal
Deno.exit(0);
