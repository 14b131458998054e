// lib/cells is a step-through notebook for any subject: copied alone to an empty folder, it runs a lesson on a different subject.
import { assertEquals } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";

const CELLS = new URL("../../lib/cells/", import.meta.url);

/** A document about words; its bridge lets a cell ask for a poem, and draws a count as a bar. */
const DOCUMENT = `// ---
// subject: words
// ---
// %% [markdown]
// # Counting words

// %%
import { count } from "./words.ts";
const poem = await poemOf("Ada");

// %%
count(poem);

// %% tags=["broken"]
count(null as unknown as string);

// %%
await new Promise(() => {});
`;
const WORDS = `/** Counts the words of a text. */
export class Count {
  constructor(readonly words: number) {}
}
export function count(text: string): Count {
  return new Count(text.split(" ").length);
}
`;
const BRIDGE = `import { Count } from "./words.ts";
export function connect(host, { greeting }) {
  globalThis.poemOf = async (name) => await host.ask("poem", { name }) + " " + greeting;
  return { draw: (value) => Promise.resolve(value instanceof Count ? { "text/plain": "#".repeat(value.words) } : undefined) };
}
`;
const MAIN = `import { parseDocument } from "./cells/document/parse_document.ts";
import { writeDocument } from "./cells/document/write_document.ts";
import { Engine } from "./cells/engine/engine.ts";
import { toDocument, toNotebook } from "./cells/ipynb/convert.ts";

const url = new URL("words_lesson.ts", import.meta.url);
const source = Deno.readTextFileSync(url);
const document = parseDocument(source, "words_lesson.ts");
const engine = new Engine({
  url: url.href,
  screen: { columns: 80, rows: 24, colors: "none" },
  permissions: { read: [decodeURIComponent(new URL("./", url).pathname)] },
  bridge: { url: new URL("bridge.ts", url).href, data: { greeting: "says hello" } },
  libraries: [new URL("words.ts", url).href],
  onMessage: (name, data) => name === "poem" ? \`a poem by \${data.name}\` : undefined,
});
const seen = [document.values.get("subject"), writeDocument(document) === source];
for (const cell of document.cells.filter(({ kind }) => kind === "code")) {
  if (cell.index === 4) setTimeout(() => engine.interrupt(), 300);
  const outputs = [];
  const result = await engine.run(cell, (output) => outputs.push(output.bundle?.["text/plain"] ?? output.text));
  seen.push([result.status, outputs.join(""), result.error?.name, result.error?.place?.line]);
}
seen.push((await engine.variables()).map(({ name, preview }) => name + " " + preview));
engine.close();
const plain = {
  key: "words", metadata: {}, remember: (name) => ({ name }), toNotebookCode: ({ source }) => source,
  toDocumentCode: (source) => source, cellMetadata: () => ({}), newHeader: () => [],
};
seen.push(toDocument(toNotebook(source, "words_lesson.ts", plain), "words_lesson.ipynb", plain) === source);
console.log(JSON.stringify(seen));
Deno.exit(0);
`;

testWith(
  { read: true, write: true, run: true },
  "lib/cells alone runs a lesson on a different subject",
  () =>
    withTempDir(async (directory) => {
      copyFolder(CELLS, `${directory}/cells`);
      const files = { "words_lesson.ts": DOCUMENT, "words.ts": WORDS, "bridge.ts": BRIDGE, "main.ts": MAIN };
      for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${directory}/${name}`, text);
      Deno.writeTextFileSync(`${directory}/deno.json`, JSON.stringify(ownConfiguration()));
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-lock",
          "--no-check",
          "--no-prompt",
          "--allow-read",
          "--allow-run",
          "--allow-env",
          "main.ts",
        ],
        cwd: directory,
      }).output();
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [
        "words",
        true,
        ["done", "", null, null],
        ["done", "######", null, null],
        ["failed", "", "TypeError", 15],
        ["killed", "", null, null],
        ['poem "a poem by Ada says hello"'],
        true,
      ]);
    }),
);

/** What lib/cells needs in the configuration: its packages, and Workers with their own permissions. */
function ownConfiguration(): unknown {
  const { imports } = JSON.parse(Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)));
  const used = new Set<string>();
  for (const text of textsOf(CELLS)) {
    for (const [, name] of text.matchAll(/^(?:import|export)\s[^"';]*["']([^."'][^"']*)["']/gm)) used.add(name);
  }
  const own = Object.entries(imports).filter(([name]) => used.has(name));
  return { imports: Object.fromEntries(own), unstable: ["worker-options"] };
}

function textsOf(folder: URL): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
    isDirectory ? textsOf(new URL(`${name}/`, folder)) : [Deno.readTextFileSync(new URL(name, folder))]
  );
}

function copyFolder(from: URL, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(new URL(`${name}/`, from), `${to}/${name}`);
    else Deno.copyFileSync(new URL(name, from), `${to}/${name}`);
  }
}
