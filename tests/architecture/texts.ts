// Every text that people write and read here: code, documents, scripts and settings.

/** One text. */
export interface TextFile {
  /** Its path from the project's root, with forward slashes. */
  path: string;
  /** What it says. */
  text: string;
}

/** Written by a program, written by others, or not part of the project. */
const LEFT_OUT = ["LICENSE", "data/cache", "deno.lock", "lessons/notebooks", "node_modules", "tests/fixtures"];
/** The names with a leading dot that are included. */
const HIDDEN = [".ci", ".vscode"];
/** Names of text files; a script may have no extension. */
const TEXT = /(?:^|\/)[^.]+$|\.(?:css|html|js|json|md|mjs|py|sh|ts)$/;

/** All texts in a folder and its subfolders. Needs `{ read: true }`. */
export async function readTexts(root: URL, folder = ""): Promise<TextFile[]> {
  const texts: TextFile[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(new URL(folder || ".", root))) {
    const path = folder + name;
    if (LEFT_OUT.includes(path) || (name.startsWith(".") && !HIDDEN.includes(path))) continue;
    if (isDirectory) texts.push(...await readTexts(root, `${path}/`));
    else if (isFile && TEXT.test(name)) texts.push({ path, text: await Deno.readTextFile(new URL(path, root)) });
  }
  return texts;
}
