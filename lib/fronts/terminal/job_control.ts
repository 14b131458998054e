/** Stops the lesson on Ctrl-Z, with everything that runs for it, and brings it back when the shell says so. */

import { fileURLToPath } from "node:url";
import { denoProgram, processEnvironment } from "../../cells/engine/realm_arguments.ts";

/** What uses the terminal. */
export interface JobView {
  /** Called before `leave` when everything was stopped without notice: what is on the screen is no longer where it was. */
  lost(): void;
  /** Called before everything stops. */
  leave(): void;
  /**
   * Called when everything runs again.
   *
   * @param stopped Whether it has stopped at all: without a shell, nobody could bring it back.
   */
  back(stopped: boolean): void;
}

/** The program that stops everything. */
const PROGRAM = fileURLToPath(new URL("./stop_group.ts", import.meta.url));
/** A signal that comes again within this many milliseconds is the same one: a task passes on to its processes what the terminal sends to all. */
const SAME_SIGNAL = 300;

/**
 * Job control as in any program of a terminal. A task runs the lesson in a process of its own, in the same group as the task: the shell gives its
 * prompt back only when all of the group is stopped, and the task does not stop by itself. So Ctrl-Z stops the group.
 */
export class JobControl {
  /** What uses the terminal now. */
  view?: JobView;
  /** Whether the system has such signals. */
  readonly possible = Deno.build.os !== "windows";
  #stopping = false;
  #backAt = -Infinity;
  readonly #onStop = (): void => void this.stop();
  readonly #onBack = (): void => {
    if (this.#stopping || performance.now() - this.#backAt < SAME_SIGNAL || !this.view) return;
    this.view.lost(); // it was stopped by another program, with a signal that cannot be noticed
    this.view.leave();
    this.view.back(true);
  };

  /** Begins to listen. */
  open(): void {
    if (!this.possible) return;
    Deno.addSignalListener("SIGTSTP", this.#onStop);
    Deno.addSignalListener("SIGCONT", this.#onBack);
  }

  close(): void {
    if (!this.possible) return;
    Deno.removeSignalListener("SIGTSTP", this.#onStop);
    Deno.removeSignalListener("SIGCONT", this.#onBack);
  }

  /** Stops everything; resolves when it runs again. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    const { view } = this;
    view?.leave();
    const stopped = await stopGroup();
    this.#stopping = false;
    this.#backAt = performance.now();
    view?.back(stopped);
  }
}

async function stopGroup(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(denoProgram(), {
      args: ["run", "--quiet", "--no-prompt", "--no-config", "--no-lock", "--no-check", "--allow-run", PROGRAM],
      env: processEnvironment(),
      clearEnv: true,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn().status;
    return success;
  } catch {
    return false; // no permission to start deno
  }
}
