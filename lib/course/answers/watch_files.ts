/** Notices when files are saved, created or removed. */

/** The time between two looks at the files, in milliseconds. */
const PAUSE = 80;

/**
 * Calls `changed` with the path of each file that changes, once it no longer changes: an editor saves in several steps. It looks at the files
 * several times a second instead of asking the system for events: that works on every file system, and never runs out of watches.
 *
 * @param list Lists the files that exist now.
 */
export function watchFiles(list: () => string[], changed: (path: string) => void, signal: AbortSignal): void {
  const known = look(list);
  let before = new Map(known);
  const timer = setInterval(() => {
    const now = look(list);
    for (const path of new Set([...now.keys(), ...known.keys()])) {
      const state = now.get(path);
      if (state === known.get(path) || state !== before.get(path)) continue; // unchanged, or still changing
      if (state === undefined) known.delete(path);
      else known.set(path, state);
      changed(path);
    }
    before = now;
  }, PAUSE);
  Deno.unrefTimer(timer);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** The state of each file, as a text that differs when the file has changed. */
function look(list: () => string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of list()) {
    try {
      const { mtime, size, ino } = Deno.statSync(path);
      found.set(path, `${mtime?.getTime()} ${size} ${ino}`);
    } catch {
      // It does not exist at the moment.
    }
  }
  return found;
}
