/** Puts the four files of MNIST beside the site. */

/** The files, as they are downloaded. */
const NAMES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** The names of the four files in a folder, packed or unpacked; or the first one that is missing. */
export function findData(folder: string): { names: string[] } | { lacks: string } {
  const names: string[] = [];
  for (const name of NAMES) {
    const found = [`${name}.gz`, name].find((each) => isFile(`${folder}/${each}`));
    if (found === undefined) return { lacks: name };
    names.push(found);
  }
  return { names };
}

/**
 * Copies the files, and returns their names.
 *
 * @throws {RangeError} When one of them is missing.
 */
export function copyData(from: string, to: string): string[] {
  const found = findData(from);
  if ("lacks" in found) {
    throw new RangeError(
      `--data takes a folder with the four files of MNIST, and ${from} lacks ${found.lacks}: put it there`,
    );
  }
  for (const name of found.names) Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  return found.names;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
