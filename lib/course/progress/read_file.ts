/** Reads a state file as far as it can be one of ours: a larger one would take too much memory. */

/** What is at a path. */
interface FoundFile {
  /** In bytes. */
  size: number;
  /** Undefined if the file is larger than was asked for. */
  text?: string;
}

/**
 * Reads a file of at most `most` bytes; undefined if there is none.
 *
 * @throws {Error} Whatever the file system throws; a folder or a pipe is not a file.
 */
export function readWhole(path: string, most: number): FoundFile | undefined {
  const size = sizeOf(path);
  if (size === undefined || size > most) return size === undefined ? undefined : { size };
  return { size, text: decode(Deno.readFileSync(path)) };
}

/** Reads the last `most` bytes of a file, from the beginning of a line; undefined if there is no file. */
export function readEnd(path: string, most: number): Required<FoundFile> | undefined {
  const size = sizeOf(path);
  if (size === undefined) return undefined;
  if (size <= most) return { size, text: decode(Deno.readFileSync(path)) };
  using file = Deno.openSync(path);
  file.seekSync(size - most, Deno.SeekMode.Start);
  const bytes = new Uint8Array(most);
  let read = 0;
  for (let n: number | null = 0; n !== null && read < most; read += n ?? 0) n = file.readSync(bytes.subarray(read));
  const text = decode(bytes.subarray(0, read));
  return { size, text: text.slice(text.indexOf("\n") + 1) };
}

function sizeOf(path: string): number | undefined {
  try {
    const { isFile, size } = Deno.statSync(path);
    if (isFile) return size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  throw new Error(`${path} is not a file`); // to read a pipe would be to wait forever
}

/** The text without the mark that some editors put before it. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
