// The modules of the project keep JavaScript's own objects: each name that they use is kept, and none declares such a name itself.
import { assertEquals } from "@std/assert";
import * as kept from "../../../lib/cells/deno_kernel/kept_globals.ts";
import { withKeptGlobals } from "../../../lib/cells/deno_kernel/keep_globals.ts";
import { tokenize } from "../../../lib/cells/document/tokenize.ts";
import { parseCell } from "../../../lib/cells/evaluator/parse_cell.ts";
import { testWith } from "../../support.ts";

/** What a notebook loads. */
const FOLDERS = [
  ..."contract text kernel tensor layers losses optimizers training show exercise cells/deno_kernel course/notebook"
    .split(" ").map((name) => `lib/${name}`),
  "data",
  "lessons",
];
/** What runs elsewhere: in a Worker, with globals of its own, or in a file that is only compiled. */
const ELSEWHERE =
  /notebooks|assembly|cache|start_thread|kernel_listener|kept_globals|asc\.d\.ts|build\.ts|\/lessons\/\d\d_/;
/** Names of the global object that the modules use for things of their own, or only as the key of an object. */
const OWN = new Set("name close Storage process eval undefined NaN Infinity Window self setImmediate".split(" "));

function* filesIn(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (ELSEWHERE.test(path)) continue;
    if (isDirectory) yield* filesIn(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

const root = decodeURIComponent(new URL("../../../", import.meta.url).pathname);

testWith({ read: true }, "every global name that a module of a notebook uses is kept", () => {
  const globals = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => !OWN.has(name)));
  const missing = new Set<string>();
  for (const file of FOLDERS.flatMap((folder) => [...filesIn(root + folder)])) {
    const source = Deno.readTextFileSync(file);
    for (const { kind, start, end } of tokenize(source)) {
      const [name] = source.slice(start, end).replace(/^\.\.\./, "").split(".");
      const property = source[start] === "." && !source.startsWith("...", start);
      if (kind === "word" && !property && source[start - 1] !== "." && globals.has(name) && !(name in kept)) {
        missing.add(name);
      }
    }
  }
  assertEquals([...missing], []);
});

testWith({ read: true }, "no module declares a name that it would be given", () => {
  for (const file of FOLDERS.flatMap((folder) => [...filesIn(root + folder)])) {
    const source = withKeptGlobals(Deno.readTextFileSync(file), "kept");
    const parsed = parseCell(source);
    assertEquals("error" in parsed ? parsed.error : undefined, undefined, file);
  }
});

Deno.test("names are found as names, and nowhere else", () => {
  const code = 'a.Map; Maps; $Map; x.y.Set; "Math"; [...Array]; f(...Object.keys(Symbol))';
  assertEquals(
    withKeptGlobals(code, "kept"),
    `import { Array, Math, Object, Symbol } from "kept"; ${code}`,
  );
  assertEquals(withKeptGlobals("const a = 1;"), "const a = 1;");
});
