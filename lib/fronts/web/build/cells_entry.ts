/** Writes the entry of the Worker that runs cells: a table of all modules that the lessons import. */

import { importsIn } from "../../../cells/document/imports.ts";

const PROJECT = new URL("../../../../", import.meta.url).href;
const WEB = `${PROJECT}lib/fronts/web`;

/** The paths, from the root of the project, of what lessons import. */
export function modulesOf(sources: readonly string[]): string[] {
  const found = new Set(["lessons/settings.ts"]);
  for (const source of sources) {
    for (const { specifier: { start, end } } of importsIn(source)) {
      const specifier = source.slice(start + 1, end - 1);
      if (specifier.startsWith(".")) found.add(new URL(specifier, "file:///lessons/").pathname.slice(1));
    }
  }
  return [...found].sort();
}

/** The code that starts a Worker: what stands in for Deno comes first, and everything else is loaded after it. */
export function bootCode(main: string): string {
  return [
    `import "${WEB}/stand_in/deno.ts";`,
    `const first = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data), { once: true }));`,
    `const fail = (error) => setTimeout(() => { throw error; }); // as an error of the Worker, which the page hears of`,
    `import("${main}").then(async ({ start }) => start(await first)).catch(fail);`,
    "",
  ].join("\n");
}

/** The code that it loads. */
export function cellsCode(modules: readonly string[]): string {
  const table = modules.map((path) => `  ${JSON.stringify(path)}: () => import(${JSON.stringify(PROJECT + path)}),`);
  return [
    `import { serveCells } from "${PROJECT}lib/cells/engine/cell_worker.ts";`,
    `import { startCells } from "${WEB}/realm/start_cells.ts";`,
    `const modules = {`,
    ...table,
    `};`,
    `const data = new URL("../data/", location.href).href;`,
    `export const start = (given) => startCells({ modules, data }, given, serveCells);`,
    "",
  ].join("\n");
}
