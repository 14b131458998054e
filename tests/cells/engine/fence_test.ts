// What the code of a lesson may not do, by every way that was thought of; afterward the project, deno.lock and Deno's own folder are as before.
import { assert, assertEquals } from "@std/assert";
import { Bench, ENGINE_NEEDS } from "./engine_bench.ts";
import { testWith } from "../../support.ts";

/** In a thread of its own, which has its own globals: what the code returns, or how it was refused. */
function inThread(code: string): string {
  const program =
    `(async () => { try { postMessage(await (async () => { ${code} })()); } catch (e) { postMessage("refused: " + e); } })()`;
  return `const thread = new Worker("data:text/javascript," + encodeURIComponent(${
    JSON.stringify(program)
  }), { type: "module" });
const said = await new Promise((resolve) => {
  thread.onmessage = ({ data }) => resolve(data);
  thread.onerror = (event) => { event.preventDefault(); resolve("refused: " + event.message); };
});
thread.terminate();
if (String(said).startsWith("refused")) throw new Error(said);
said;`;
}

/** The same in a thread as Node has them. */
function inNodeThread(code: string): string {
  const program = `const { parentPort } = require("node:worker_threads");
(async () => { try { parentPort.postMessage(await (async () => { ${code} })()); } catch (e) { parentPort.postMessage("refused: " + e); } })()`;
  return `const { Worker: Thread } = await import("node:worker_threads");
const thread = new Thread(${JSON.stringify(program)}, { eval: true });
const said = await new Promise((resolve) => thread.on("message", resolve).on("error", (e) => resolve("refused: " + e)));
await thread.terminate();
if (String(said).startsWith("refused")) throw new Error(said);
said;`;
}

const CACHE =
  'const cache = await caches.open("fence"); await cache.put("http://a/", new Response("x".repeat(1e6))); return "kept";';
const PROCESS = 'import process from "node:process";\n';

/** What is not in the course; Deno would download it. */
const [NPM, JSR, WEB] = ["npm:is-odd@3.0.1", "jsr:@std/bytes@1", "https://example.com/x.ts"];

/** Each must fail. The first group would download, the next ones write, read, start or reach something. */
const REFUSED: readonly string[] = [
  `import odd from "${NPM}";\nodd;`,
  `const from = "${NPM}"; await import(from);`,
  `await import("${JSR}");`,
  'import x from "http://127.0.0.1:9/x.ts";\nx;',
  `const from = "${WEB}"; await import(from);`,
  inThread(`return await import("${NPM}");`),
  inThread(`return await import("${WEB}");`),
  'import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("is-odd");',

  "await caches.open('x');",
  inThread(CACHE),
  inNodeThread(CACHE),
  'Deno.writeTextFileSync("x", "");',
  'Deno.writeTextFileSync("deno.lock", "");',
  "Deno.makeTempFileSync();",
  'Deno.symlinkSync("/etc", "/tmp/fence");',
  'Deno.openSync("/proc/self/fd/1", { write: true });',
  'import { open } from "node:fs/promises";\nawait open("/tmp/fence", "w");',
  'import { DatabaseSync } from "node:sqlite";\nnew DatabaseSync("/tmp/fence.db");',
  'import v8 from "node:v8";\nv8.writeHeapSnapshot();',
  inThread('Deno.writeTextFileSync("x", "");'),
  inNodeThread('require("node:fs").writeFileSync("x", "");'),
  "localStorage.setItem('a', 'b');",
  "sessionStorage.setItem('a', 'b');",
  "await Deno.openKv();",

  'Deno.readTextFileSync("/etc/passwd");',
  'import text from "/etc/passwd" with { type: "text" };\ntext;',
  'await fetch("file:///etc/passwd");',
  'Deno.readTextFileSync("/proc/self/environ");',
  'Deno.openSync("/dev/tty", { read: true });',
  'Deno.env.get("HOME");',
  `${PROCESS}process.env.HOME;`,
  "Deno.hostname();",
  "Deno.stdin.setRaw(true);",

  'new Deno.Command("ls").outputSync();',
  "new Deno.Command(Deno.execPath()).outputSync();",
  'import { execSync } from "node:child_process";\nexecSync("ls");',
  'import { fork } from "node:child_process";\nfork("/tmp/fence.ts");',
  'Deno.dlopen("libc.so.6", {});',
  `${PROCESS}process.dlopen({ exports: {} }, "libc.so.6");`,
  'new Worker("data:text/javascript,1", { type: "module", deno: { permissions: { run: true } } } as WorkerOptions);',

  `${PROCESS}process.kill(process.ppid, 0);`,
  `${PROCESS}process.kill(0, 0);`,
  `${PROCESS}process.kill(-1, 0);`,
  'Deno.kill(Deno.ppid, "SIGCONT");',
  `${PROCESS}process.send({ type: "ready" });`,
  `${PROCESS}process.disconnect();`,

  "await Deno.connect({ port: 9 });",
  "Deno.listen({ port: 0 });",
  'await fetch("http://127.0.0.1:9/");',
  'await Deno.resolveDns("example.com", "A");',
  'new WebSocket("ws://127.0.0.1:9/");',
  'import inspector from "node:inspector";\ninspector.open(9);',
];

/** Each runs, and has to end with this value: there is nothing behind it. */
const HARMLESS: readonly [code: string, value: string][] = [
  ['import { readSync } from "node:fs";\nreadSync(0, new Uint8Array(10));', "0"],
  ["Deno.stdin.readSync(new Uint8Array(10));", "null"],
  [inThread('return (await import("node:fs")).readSync(0, new Uint8Array(1));'), "0"],
  ['prompt("name?");', "null"],
  ['confirm("sure?");', "false"],
  ['(await Deno.permissions.request({ name: "read" })).state;', '"denied"'],
  // The channel to the course, and whatever else is open.
  [
    'import { writeSync } from "node:fs";\nlet written = 0;\nfor (let fd = 3; fd < 64; fd++) { try { written += writeSync(fd, "x\\n"); } catch {} }\nwritten;',
    "0",
  ],
  [
    'import { closeSync } from "node:fs";\nlet closed = 0;\nfor (let fd = 3; fd < 64; fd++) { try { closeSync(fd); closed++; } catch {} }\nclosed;',
    "0",
  ],
  // Messages that would judge or save, if a cell could reach those who listen.
  ['import { parentPort } from "node:worker_threads";\nString(parentPort);', '"null"'],
  ['new BroadcastChannel("cells").postMessage({ type: "tell", name: "save" }); "nobody listens";', '"nobody listens"'],
];

/** A thread may have its own storage; the files and folders that Deno keeps for everybody, by name and size. */
function denoFolder(): string[] {
  const root = Deno.env.get("DENO_DIR") ?? `${Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME")}/.cache`}/deno`;
  const list = (folder: string, depth: number): string[] => {
    try {
      return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
        `${folder}/${name}`,
        ...isDirectory && depth > 0 ? list(`${folder}/${name}`, depth - 1) : [],
      ]);
    } catch {
      return []; // there is none
    }
  };
  const folders: [string, number][] = [["npm", 2], ["remote", 2], ["location_data", 3]];
  return folders.flatMap(([folder, depth]) => list(`${root}/${folder}`, depth)).sort();
}

/** The project's own files, by name, size and time of change. */
function project(folder = new URL("../../../", import.meta.url).pathname): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}${name}`;
    if ([".git", ".gradually", "cache", ".env", "node_modules"].includes(name)) return [];
    if (isDirectory) return project(`${path}/`);
    const { size, mtime } = Deno.lstatSync(path);
    return [`${path} ${size} ${mtime?.getTime()}`];
  }).sort();
}

testWith(
  { ...ENGINE_NEEDS, env: [...ENGINE_NEEDS.env, "DENO_DIR", "XDG_CACHE_HOME", "HOME"] },
  "every probe of the fence is refused, and nothing is left of it: no package, no file, no storage",
  async () => {
    const before = { folder: denoFolder(), project: project() };
    assert(before.project.length > 100, "the project is where it is looked for");
    using bench = new Bench(...REFUSED, ...HARMLESS.map(([code]) => code), '"the next cell runs";');
    for (const [index, code] of REFUSED.entries()) {
      assertEquals([code, (await bench.run(index)).status], [code, "failed"]);
    }
    for (const [index, [code, value]] of [...HARMLESS, ["", '"the next cell runs"']].entries()) {
      const result = await bench.run(REFUSED.length + index);
      const shown = bench.outputs.map((output) => output.type === "display" ? output.bundle["text/plain"] : "");
      assertEquals([code, result.status, shown.join("")], [code, "done", value]);
    }
    assertEquals(denoFolder(), before.folder);
    assertEquals(project(), before.project);
  },
);
