/** Reports what the loader does: notes as lines, a download as a progress bar. */
import { DISPLAY_HOOK, type DisplayOptions, shared } from "../lib/contract/contract.ts";
import { understandsEscapes } from "../lib/text/understands_escapes.ts";
import { writeAll } from "../lib/text/write_all.ts";

/** The progress of a download. */
export interface LoadProgress {
  /** The host it comes from. */
  readonly from: string;
  /** The current file. */
  readonly file: string;
  /** Bytes received so far, over all files. */
  readonly received: number;
  /** Bytes to receive, over all files. */
  readonly total: number;
  /** Seconds since the download began. */
  readonly seconds: number;
  /** Whether this is the last report. */
  readonly done: boolean;
}

interface Jupyter {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

const BAR_WIDTH = 24;
const BAR_EVERY_MS = 100;

/** Prints one line: in the front end if there is one, else on standard error, apart from the output of a program. */
export async function note(line: string): Promise<void> {
  if (!await toFrontEnd(line, {})) print(`${line}\n`);
}

/** Draws the progress bar of one download in place; a pipe gets only its first and its last state. */
export function progressBar(): (progress: LoadProgress) => Promise<void> {
  const displayId = `gradually-mnist-${crypto.randomUUID()}`;
  let update = false;
  let last = -Infinity;
  return async (progress) => {
    const now = performance.now();
    if (!progress.done && now - last < BAR_EVERY_MS) return;
    last = now;
    const line = barOf(progress);
    const target = { displayId, update };
    const first = !update;
    update = true;
    if (await toFrontEnd(line, target)) return;
    if (Deno.stderr.isTerminal() && understandsEscapes()) print(`\r${line}\x1b[K${progress.done ? "\n" : ""}`);
    else if (first || progress.done) print(`${line}\n`);
  };
}

/**
 * The bar as one line of fewer than 80 columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const half = { from: "a.example", file: "x", received: 5_000_000, total: 10_000_000, seconds: 2, done: false };
 * assertEquals(barOf(half), "MNIST [############------------] 5.0 of 10.0 MB, 2.5 MB/s, 2 s left");
 * ```
 */
export function barOf({ received, total, seconds, done }: LoadProgress): string {
  const share = total > 0 ? Math.min(1, received / total) : 0;
  const full = Math.round(share * BAR_WIDTH);
  const speed = seconds > 0 ? received / seconds : 0;
  const left = done || speed === 0 ? "" : `, ${Math.max(0, Math.ceil((total - received) / speed))} s left`;
  const bar = "#".repeat(full) + "-".repeat(BAR_WIDTH - full);
  return `MNIST [${bar}] ${megabytes(received)} of ${megabytes(total)} MB, ${megabytes(speed)} MB/s${left}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Shows a line in the step-through or in a notebook; returns whether there is one. */
async function toFrontEnd(line: string, { displayId, update = false }: DisplayOptions): Promise<boolean> {
  const hook = shared[DISPLAY_HOOK];
  if (typeof hook === "function") {
    await hook({ "text/plain": line }, { displayId, update });
    return true;
  }
  const kernel = jupyter();
  if (!kernel) return false;
  await kernel.broadcast(update ? "update_display_data" : "display_data", {
    data: { "text/plain": line },
    metadata: {},
    transient: displayId ? { display_id: displayId } : {},
  });
  return true;
}

function jupyter(): Jupyter | undefined {
  try {
    const found = (Deno as unknown as { jupyter?: Jupyter }).jupyter;
    return typeof found?.broadcast === "function" ? found : undefined;
  } catch {
    return undefined; // outside the kernel, reading it may throw
  }
}

function print(text: string): void {
  writeAll(Deno.stderr, text);
}
