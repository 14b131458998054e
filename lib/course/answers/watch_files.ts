/** Notices when files are saved, made or removed. */

/** How often they are looked at, in milliseconds. */
const PAUSE = 80;

/**
 * Calls `changed` with the path of each file that changes, once it has come to rest: an editor saves in several steps. Files are looked at some
 * times a second instead of asking the system to tell: that works on every file system, and never runs out of watches.
 *
 * @param list The files that there are now.
 */
export function watchFiles(list: () => string[], changed: (path: string) => void, signal: AbortSignal): void {
  const known = look(list);
  let before = new Map(known);
  const timer = setInterval(() => {
    const now = look(list);
    for (const path of new Set([...now.keys(), ...known.keys()])) {
      const state = now.get(path);
      if (state === known.get(path) || state !== before.get(path)) continue; // as it was, or not at rest yet
      if (state === undefined) known.delete(path);
      else known.set(path, state);
      changed(path);
    }
    before = now;
  }, PAUSE);
  Deno.unrefTimer(timer);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** What tells one state of a file from another. */
function look(list: () => string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of list()) {
    try {
      const { mtime, size, ino } = Deno.statSync(path);
      found.set(path, `${mtime?.getTime()} ${size} ${ino}`);
    } catch {
      // It is not there just now.
    }
  }
  return found;
}
