/** Removes the temporary files of processes that were killed; nobody else would. */

/** A temporary file lives for seconds: one this old is abandoned, in milliseconds. */
const ABANDONED = 3_600_000;

/** What `writeWhole` leaves behind: `progress.json.4242.tmp`. */
const UNFINISHED = /\.\d+\.tmp$/;
/** What a type check leaves behind: `relu-backward_4242_1.ts`. */
const CHECKED = /^[\w-]+_\d+_\d+\.ts$/;

/**
 * Removes abandoned files from the learner's folder: those of type checks, and those that were being written. Only age tells that a file is
 * abandoned: a course may not ask which processes exist, and one folder may be used by several machines.
 *
 * @param directory `.gradually`; it need not exist.
 */
export function sweep(directory: string, now: number = Date.now()): void {
  for (const folder of [directory, `${directory}/journal`, ...foldersIn(`${directory}/checkpoints`)]) {
    sweepFolder(folder, UNFINISHED, now);
  }
  sweepFolder(`${directory}/check`, CHECKED, now);
}

function sweepFolder(folder: string, pattern: RegExp, now: number): void {
  try {
    if (!Deno.lstatSync(folder).isDirectory) return; // a link may lead anywhere
    for (const { name, isFile } of Deno.readDirSync(folder)) {
      if (isFile && pattern.test(name)) removeIfOld(`${folder}/${name}`, now);
    }
  } catch {
    // There is no such folder.
  }
}

function removeIfOld(path: string, now: number): void {
  try {
    const { mtime } = Deno.lstatSync(path);
    if (mtime && now - mtime.getTime() > ABANDONED) Deno.removeSync(path);
  } catch {
    // Another process was faster, or it may not be removed: it disturbs nobody.
  }
}

function foldersIn(folder: string): string[] {
  try {
    const found = [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory);
    return found.map(({ name }) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
