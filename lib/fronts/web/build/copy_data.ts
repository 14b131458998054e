/** Puts the four files of MNIST beside the site. */

/** The files, as they are downloaded. */
const NAMES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/**
 * Copies the files, packed or unpacked, and returns their names.
 *
 * @throws {RangeError} When one of them is missing.
 */
export function copyData(from: string, to: string): string[] {
  Deno.mkdirSync(to, { recursive: true });
  return NAMES.map((name) => {
    const found = [`${name}.gz`, name].find((each) => isFile(`${from}/${each}`));
    if (found === undefined) {
      throw new RangeError(
        `--data takes a folder with the four files of MNIST, and ${from} lacks ${name}: put it there`,
      );
    }
    Deno.copyFileSync(`${from}/${found}`, `${to}/${found}`);
    return found;
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
