// A disk that fills up: what was saved before stays whole, and the reason is said.
const PYTHON = "/usr/bin/python3";
const here = (file: string) => new URL(`./${file}`, import.meta.url).pathname;

/** What the child found; `undefined` where no small disk can be mounted. */
export async function trySmallDisk(folder: string): Promise<string | undefined> {
  const permissions = [
    "--allow-read",
    `--allow-write=${folder}`,
    "--allow-env",
    "--allow-sys",
    "--allow-net=127.0.0.1",
  ];
  const deno = [Deno.execPath(), "run", "--quiet", "--no-prompt", "--no-check", ...permissions];
  const { code, stdout, stderr } = await new Deno.Command(PYTHON, {
    args: [here("small_disk.py"), folder, "600k", ...deno, here("small_disk_child.ts"), folder],
  }).output();
  if (code === 77) return undefined;
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

/** The same as a line for people. */
export async function onSmallDisk(folder: string): Promise<string> {
  return await trySmallDisk(folder) ?? "left out: this user cannot mount a small disk here";
}
