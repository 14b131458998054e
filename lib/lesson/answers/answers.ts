/** The learner's answers: one file an exercise, theirs to edit with whatever they like. */

/** The answers to the exercises of one lesson, in `.gradually/answers/<lesson>/<id>.ts`. */
export class Answers {
  readonly #directory: string;

  /** @param directory `.gradually/answers/<lesson>`; made when the first answer is opened. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where the answer to an exercise lies, or will lie. */
  path(id: string): string {
    return `${this.#directory}/${id.replace(/[^\w-]/g, "_")}.ts`;
  }

  /** What the learner has written; undefined if there is no such file, or it cannot be read. */
  read(id: string): string | undefined {
    try {
      return Deno.readTextFileSync(this.path(id));
    } catch {
      return undefined;
    }
  }

  /**
   * Makes the file, unless it is there.
   *
   * @param text What it begins with.
   * @throws What the file system throws.
   */
  create(id: string, text: string): void {
    Deno.mkdirSync(this.#directory, { recursive: true });
    try {
      Deno.writeTextFileSync(this.path(id), text, { createNew: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }

  /**
   * Puts an answer aside, so that the exercise is open again.
   *
   * @returns Where it lies now; undefined if there was none.
   */
  setAside(id: string): string | undefined {
    const aside = this.path(id).replace(/\.ts$/, ".old.ts");
    try {
      Deno.renameSync(this.path(id), aside);
      return aside;
    } catch {
      return undefined;
    }
  }

  /**
   * Calls `changed` with the path of each file that was saved or removed, until the signal aborts. Does nothing where files cannot be watched.
   */
  async watch(changed: (id: string) => void, signal: AbortSignal): Promise<void> {
    await watchFolder(this.#directory, (name) => {
      const id = /^([\w-]+)\.ts$/.exec(name)?.[1];
      if (id) changed(id);
    }, signal);
  }
}

/** An editor saves in several steps (write, rename, remove): what comes within this time is one change. In milliseconds. */
const PAUSE = 60;

/** Calls `changed` with the name of each file in a folder that changes, once all steps of saving it are over. */
export async function watchFolder(
  directory: string,
  changed: (name: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let watcher: Deno.FsWatcher;
  try {
    watcher = Deno.watchFs(directory, { recursive: false });
  } catch {
    return; // no such folder, or a system that cannot watch: r runs the cell again
  }
  const close = (): void => watcher.close();
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) return close();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  for await (const { kind, paths } of watcher) {
    if (kind === "access") continue;
    for (const path of paths) {
      const name = path.replace(/^.*[\\/]/, "");
      clearTimeout(timers.get(name));
      timers.set(name, setTimeout(() => changed(name), PAUSE));
    }
  }
  for (const timer of timers.values()) clearTimeout(timer);
}
