/** Workers over the shared memory. */

/**
 * What a worker runs. It is given as text, because a worker from a file would need permission to read it; and in plain
 * JavaScript, because it is run as it stands.
 */
const source = `
const { serve, setThread } = new WebAssembly.Instance(data.module, { env: { memory: data.memory, abort() {} } }).exports;
const words = new Int32Array(data.memory.buffer);
setThread(data.thread, data.threads);
try {
  while (Atomics.load(words, data.stop / 4) === 0) serve(data.turns, -1n);
} catch {
  Atomics.store(words, data.failed / 4, 1);
}`;

/** What a worker is told. */
export interface WorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Which thread it is, and of how many. */
  readonly thread: number;
  readonly threads: number;
  /** Addresses of the words that say stop, and failed. */
  readonly stop: number;
  readonly failed: number;
  /** How often a worker looks for a job before it sleeps. */
  readonly turns: number;
}

/** A worker that can be ended. */
export interface Thread {
  terminate(): void;
}

interface WorkerThreads {
  Worker: new (source: string, options: { eval: boolean; workerData: WorkerData }) => {
    unref(): void;
    on(event: string, listener: (error: Error) => void): void;
    terminate(): unknown;
  };
}

/**
 * Starts a worker that does not keep the program running. Where there are Node's worker threads (Deno, Node) it is one
 * of those, since only they can be left alone; else (a browser) a Worker, which ends with its page.
 *
 * @throws {Error} If the engine has no workers, or refuses one.
 */
export function startThread(data: WorkerData, failed: (error: Error) => void): Thread {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): WorkerThreads | undefined } };
  const node = process?.getBuiltinModule?.("node:worker_threads");
  if (node) {
    const code = `const data = require("node:worker_threads").workerData; ${source}`;
    const worker = new node.Worker(code, { eval: true, workerData: data });
    worker.on("error", failed);
    worker.unref();
    return { terminate: () => void worker.terminate() };
  }
  const blob = new Blob([`onmessage = ({ data }) => { ${source} };`], { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url, { type: "module" });
  worker.onerror = (event) => failed(new Error(event.message));
  worker.postMessage(data);
  return { terminate: () => worker.terminate() };
}
