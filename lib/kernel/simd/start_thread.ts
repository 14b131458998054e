/** startThread: starts a worker over the shared memory. */

/**
 * What a worker runs. It is text, because a worker from a file would need permission to read it; and plain JavaScript,
 * because it is not compiled.
 */
const source = `
const { serve, setThread } = new WebAssembly.Instance(data.module, { env: { memory: data.memory, abort() {} } }).exports;
const words = new Int32Array(data.memory.buffer);
setThread(data.thread, data.threads);
try {
  serve(data.spins);
} catch {
  Atomics.store(words, data.failed / 4, 1);
}`;

/** What a worker gets. */
export interface WorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Which thread it is, and how many there are. */
  readonly thread: number;
  readonly threads: number;
  /** The address of a word that it sets when it fails. */
  readonly failed: number;
  /** How often it checks for a job before it sleeps. */
  readonly spins: number;
}

/** A running worker. */
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
 * Starts a worker that does not keep the program running. Where Node's worker threads exist (Deno, Node) it is one of
 * those, because only they can be unreferenced; otherwise (a browser) it is a Worker, which ends with its page.
 *
 * @throws {Error} If the engine has no workers, or refuses to start one.
 */
export function startThread(data: WorkerData, onError: (error: Error) => void): Thread {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): WorkerThreads | undefined } };
  const node = process?.getBuiltinModule?.("node:worker_threads");
  if (node) {
    const code = `const data = require("node:worker_threads").workerData; ${source}`;
    const worker = new node.Worker(code, { eval: true, workerData: data });
    worker.on("error", onError);
    worker.unref();
    return { terminate: () => void worker.terminate() };
  }
  const blob = new Blob([`onmessage = ({ data }) => { ${source} };`], { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url, { type: "module" });
  worker.onerror = (event) => onError(new Error(event.message));
  worker.postMessage(data);
  return { terminate: () => worker.terminate() };
}
