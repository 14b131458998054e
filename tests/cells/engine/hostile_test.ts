// Nothing that a cell does can take the course down: afterward the next cell runs, with the variables that were there.
import { assert, assertEquals } from "@std/assert";
import { Bench, engineTest } from "./engine_bench.ts";

/** Cells that never end by themselves, or never poll. */
const ENDLESS: Record<string, string> = {
  "awaits what never comes": "await new Promise(() => {});",
  "polls in an async loop": "while (true) await new Promise((resolve) => setTimeout(resolve, 5));",
  "loops": "while (true);",
  "loops in an async function": "await (async () => { while (true) await null; })();",
  "loops in microtasks": "const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});",
  "loops in timers":
    "setInterval(() => { const end = Date.now() + 50; while (Date.now() < end); }, 0); await new Promise(() => {});",
  "loops in WebAssembly":
    "new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]))).exports.f();",
  "waits for shared memory": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "waits for the keyboard": 'import { readSync } from "node:fs";\nwhile (true) readSync(0, new Uint8Array(1));',
  "matches for ever": 'console.log(/^(a+)+$/.test("a".repeat(60) + "b"));',
};

/** Cells that end, or try to end, what runs them, or that change what it is made of. */
const HOSTILE: Record<string, string> = {
  "kills its process": 'import process from "node:process"; process.kill(process.pid);',
  "kills its process for good": 'import process from "node:process"; process.kill(process.pid, "SIGKILL");',
  "stops its process": 'import process from "node:process"; process.exit(0);',
  "aborts": 'import process from "node:process"; process.abort();',
  "really exits": 'import process from "node:process"; process.reallyExit?.(3); Deno.exit(3);',
  "closes itself": "self.close();",
  "posts nothing": "globalThis.postMessage?.(null); self.postMessage?.(null);",
  "posts a verdict": 'self.postMessage?.({ type: "evaluated", id: 1, milliseconds: 0 });',
  "takes the port": "MessagePort.prototype.postMessage = function () { this.close(); };",
  "has a message of its own": "self.onmessage = () => { throw 1; }; addEventListener('message', () => { throw 2; });",
  "ends its channel": 'import process from "node:process"; try { process.disconnect(); } catch { console.log("no"); }',
  "sends over its channel":
    'import process from "node:process"; try { process.send({ type: "ready" }); } catch { console.log("no"); }',
  "throws undefined": "throw undefined;",
  "throws what throws": "throw { get message() { throw 1; }, get stack() { throw 2; }, toString() { throw 3; } };",
  "throws a proxy": "throw new Proxy({}, { get() { throw 1; }, has() { throw 2; }, getPrototypeOf() { throw 3; } });",
  "throws an error of a million characters": "throw new Error('x'.repeat(1_000_000));",
  "rejects later":
    "setTimeout(() => Promise.reject(new Error('late')), 1); await new Promise((r) => setTimeout(r, 30));",
  "throws later": "setTimeout(() => { throw new Error('late'); }, 1); await new Promise((r) => setTimeout(r, 30));",
  "shows a number as text": 'await globalThis[Symbol.for("gradually.display")]({ "text/plain": 7 });',
  "shows no text": 'await globalThis[Symbol.for("gradually.display")]({ "image/svg+xml": "<svg/>" });',
  "shows null": 'await globalThis[Symbol.for("gradually.display")](null);',
  "shows nothing": 'await globalThis[Symbol.for("gradually.display")]();',
  "shows frames that are not text":
    'await globalThis[Symbol.for("gradually.display")]({ "text/plain": "x" }, { frames: { count: 3, at: () => ({ "text/plain": 5 }) } });',
  "shows frames without number":
    'await globalThis[Symbol.for("gradually.display")]({ "text/plain": "x" }, { frames: { count: "many", at: 1 } });',
  "shows what cannot be cloned":
    'await globalThis[Symbol.for("gradually.display")]({ "text/plain": "x", f: () => 1 });',
  "judges without end":
    'for (let i = 0; i < 20_000; i++) await globalThis[Symbol.for("gradually.verdict")]({ id: "x", kind: "passed", message: "", hints: [], solution: "", explanation: "" });',
  "judges nonsense": 'await globalThis[Symbol.for("gradually.verdict")]({ id: 5, hints: 7, message: null });',
  "judges nothing": 'await globalThis[Symbol.for("gradually.verdict")]();',
  "saves nonsense": 'await globalThis[Symbol.for("gradually.checkpoints")].save({}, "x");',
  "saves what cannot be cloned": 'await globalThis[Symbol.for("gradually.checkpoints")].save("x", () => 1);',
  "forgets to await":
    'globalThis[Symbol.for("gradually.checkpoints")].load("x"); globalThis[Symbol.for("gradually.checkpoints")].save("x", new Uint8Array(3));',
  "removes the hooks":
    'for (const name of ["display", "verdict", "checkpoints", "screen", "interrupt"]) delete globalThis[Symbol.for("gradually." + name)];',
  "displays without end":
    'for (let i = 0; i < 20_000; i++) await globalThis[Symbol.for("gradually.display")]({ "text/plain": String(i) });',
  "prints without end": "for (let i = 0; i < 200_000; i++) console.log(i);",
  "prints a long line": 'console.log("x".repeat(5_000_000));',
  "writes past the console": 'import { writeSync } from "node:fs"; writeSync(1, "past\\n"); writeSync(2, "past\\n");',
  "closes stdout": "Deno.stdout.close();",
  "breaks the prototype of objects": "Object.prototype.then = undefined; Object.prototype.type = 'ready';",
  "breaks arrays":
    "Array.prototype.map = () => { throw 1; }; Array.prototype.filter = null; delete Array.prototype.push;",
  "breaks promises": "Promise.prototype.then = function () { throw new Error('no'); };",
  "breaks symbols": "Symbol.for = () => { throw 1; };",
  "breaks JSON and maps": "JSON.stringify = null; Map.prototype.get = () => { throw 1; }; Map.prototype.set = null;",
  "breaks the console": "globalThis.console = null;",
  "breaks time": "performance.now = () => { throw 1; }; globalThis.setTimeout = null; Date.now = null;",
  "breaks errors": "Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 0;",
  "breaks Deno": "Deno.inspect = () => { throw 1; }; Deno.permissions = null;",
  "freezes the globals":
    "Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype);",
  "has a getter that throws": "Object.defineProperty(globalThis, 'trap', { get() { throw 1; }, enumerable: true });",
  "has a value that never ends": "const endless = { get [Symbol.toStringTag]() { while (true); } };",
  "changes its prototype": "Object.setPrototypeOf(globalThis, null);",
  "starts threads": "for (let i = 0; i < 8; i++) new Worker('data:text/javascript,while(true);', { type: 'module' });",
  "allocates without end": "const all = []; while (true) all.push(new Array(1e6).fill(all.length));",
  "allocates buffers without end": "const buffers = []; while (true) buffers.push(new Uint8Array(2 ** 28).fill(1));",
  "recurses": "const deep = (n) => deep(n + 1) + 1; deep(0);",
};

for (const [name, code] of Object.entries(ENDLESS)) {
  engineTest(
    `a cell that ${name} is stopped within 300 ms, ends for good, and leaves the lesson as it was`,
    async () => {
      using bench = new Bench("const kept = 41;", code, "kept + 1;");
      await bench.run(0);
      const running = bench.run(1);
      await new Promise((resolve) => setTimeout(resolve, 250));
      const begin = performance.now();
      bench.engine.interrupt();
      const { status } = await running;
      const took = performance.now() - begin;
      assertEquals(status, "killed");
      assert(took < 3000, `${took} ms`); // 250 on a quiet machine; see tests/bench/terminal.ts
      const end = performance.now();
      await bench.engine.settled();
      assert(performance.now() - end < 2000, "its process runs on");
      assertEquals(await textOf(bench, 2), "42");
    },
  );
}

for (const [name, code] of Object.entries(HOSTILE)) {
  engineTest(`a cell that ${name} leaves the next cell able to run`, async () => {
    using bench = new Bench("const kept = 41;", code, "kept + 1;");
    await bench.run(0);
    const running = bench.run(1);
    const impatience = setTimeout(() => bench.engine.interrupt(), 8000);
    await running;
    clearTimeout(impatience);
    assertEquals(await textOf(bench, 2), "42");
  });
}

/** What a cell puts out, as text. */
async function textOf(bench: Bench, index: number): Promise<string> {
  const result = await bench.run(index);
  assertEquals(result.status, "done", JSON.stringify(result));
  return bench.outputs.map((output) => output.type === "display" ? output.bundle["text/plain"] : "").join("");
}
