// A copy of the project in a folder of its own: mutations are made there, and the checkout stays as it is.

/** What a copy leaves out: history, downloads, and what a learner made. */
const LEFT_OUT = [".git", ".gradually", ".env", "node_modules", "data/cache"];

/** Copies the project into a fresh temporary folder and gives its path, with a slash at its end. */
export async function copyProject(root: string): Promise<string> {
  const to = `${await Deno.makeTempDir({ prefix: "gradually-mutations-" })}/`;
  await copyFolder(root, to, "");
  return to;
}

async function copyFolder(root: string, to: string, folder: string): Promise<void> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(root + folder)) {
    const path = folder + name;
    if (LEFT_OUT.includes(path)) continue;
    if (isFile) await Deno.copyFile(root + path, to + path);
    if (!isDirectory) continue;
    await Deno.mkdir(to + path);
    await copyFolder(root, to, `${path}/`);
  }
}
