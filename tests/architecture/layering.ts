// Which part may import which: one way only, and never in a cycle.
import type { SourceFile } from "./source_tree.ts";

/** The parts of a step-through notebook for any subject. */
const CELLS = [
  "lib/cells/document",
  "lib/cells/evaluator",
  "lib/cells/engine",
  "lib/cells/ipynb",
  "lib/cells/deno_kernel",
];

/** Each part of the project, and the other parts that it may import. */
const MAY_IMPORT: Record<string, string[]> = {
  "lib/contract": [], // what a lesson and a front end agree on: both sides import it, and it imports neither
  "lib/text": [], // text on a screen: what pictures and front ends draw with
  "lib/kernel": [],
  "lib/tensor": ["lib/kernel"],
  "lib/layers": ["lib/kernel", "lib/tensor"],
  "lib/losses": ["lib/kernel", "lib/tensor", "lib/layers"],
  "lib/optimizers": ["lib/kernel", "lib/tensor", "lib/layers"],
  "lib/files": ["lib/kernel", "lib/tensor", "lib/layers"],
  "lib/training": [
    ...["lib/contract", "lib/kernel", "lib/tensor", "lib/layers", "lib/losses", "lib/optimizers"],
    "lib/files",
  ],
  "lib/show": [
    "lib/contract",
    "lib/text",
    "lib/kernel",
    "lib/tensor",
    "lib/layers",
    "lib/losses",
    "lib/optimizers",
    "types of lib/training",
  ],
  "lib/exercise": ["lib/contract", "lib/tensor", "lib/show"],
  "data": ["lib/contract", "lib/text", "lib/kernel", "lib/tensor"],
  "mod.ts": [
    "lib/kernel",
    "lib/tensor",
    "lib/layers",
    "lib/losses",
    "lib/optimizers",
    "lib/files",
    "lib/training",
    "lib/show",
  ],
  // The runtime knows no network: a lesson may be about anything.
  "lib/cells/document": [],
  "lib/cells/evaluator": [],
  "lib/cells/engine": ["lib/cells/document", "lib/cells/evaluator"],
  "lib/cells/ipynb": ["lib/cells/document"],
  "lib/cells/deno_kernel": [],
  "lib/course": ["lib/contract", "lib/text", ...CELLS],
  "lib/fronts/text": ["lib/contract", "lib/text", ...CELLS, "lib/course"],
  "lib/fronts/terminal": ["lib/contract", "lib/text", ...CELLS, "lib/course", "lib/fronts/text"],
  "lib/fronts/plain": ["lib/contract", "lib/text", ...CELLS, "lib/course", "lib/fronts/text"],
  // The pad and the opened network join the two, as lessons do; the rest of the page knows no network.
  "lib/fronts/web/draw": ["lib/kernel", "lib/tensor", "lib/layers", "lib/optimizers", "lib/training", "data"],
  "lib/fronts/web/inside": ["lib/tensor", "lib/layers", "lib/training", "lib/fronts/web/draw"],
  // The page. What stands in for Deno knows nothing; the Worker of the cells and the page meet only in the messages of the engine.
  "lib/fronts/web/stand_in": [],
  "lib/fronts/web/realm": ["lib/contract", "lib/text", ...CELLS, "lib/course", "lib/fronts/web/stand_in"],
  "lib/fronts/web/engine": ["lib/contract", ...CELLS, "lib/course", "lib/fronts/web/realm"],
  "lib/fronts/web/stores": ["lib/cells/ipynb", "lib/fronts/web/stand_in"],
  "lib/fronts/web/page": [
    ...["lib/contract", ...CELLS, "lib/course"],
    ...["lib/fronts/web/stand_in", "lib/fronts/web/engine", "lib/fronts/web/stores"],
    ...["lib/fronts/web/draw", "lib/fronts/web/inside"],
  ],
  "lib/fronts/web/offline": [],
  "lib/fronts/web/build": [...CELLS, "lib/course", "lib/fronts/web/page"],
  "lib/fronts/web/server": [...CELLS, "lib/course", "lib/fronts/web/build"],
  "lib/commands": [
    ...["lib/contract", "lib/text", ...CELLS, "lib/course"],
    ...["lib/fronts/text", "lib/fronts/terminal", "lib/fronts/plain"],
    ...["lib/fronts/web/build", "lib/fronts/web/server", "lib/fronts/web/draw", "data"],
  ],
  "lib/std/assert": [], // linked packages stand alone, as the real ones do
  "lib/std/cli": [],
  "lib/std/fmt": [],
};

/** The parts that may import everything: they are at the end of every chain, and nothing may import them. */
const AT_THE_END = ["lessons", "tests", "docs"];

/** Every import that points the wrong way, as a sentence. */
export function upwardImports(tree: SourceFile[]): string[] {
  const faults: string[] = [];
  for (const file of tree) {
    const part = partOf(file.path);
    if (part && AT_THE_END.includes(part)) continue;
    if (!part) {
      faults.push(`${file.path} belongs to no part that tests/architecture/layering.ts knows: add it there`);
      continue;
    }
    for (const { target, typeOnly, line } of file.imports) {
      if (target === undefined) continue;
      const other = partOf(target) ?? target;
      const allowed = MAY_IMPORT[part];
      if (other === part || allowed.includes(other)) continue;
      if (typeOnly && allowed.includes(`types of ${other}`)) continue;
      const only = allowed.includes(`types of ${other}`) ? " other than types" : "";
      faults.push(`${file.path}:${line} imports ${target}: ${part} may import nothing${only} from ${other}`);
    }
  }
  return faults;
}

/** Every cycle of imports, as a sentence that walks through it. Type imports count: a reader has to follow them, too. */
export function cycles(tree: SourceFile[]): string[] {
  const files = new Map(tree.map((file) => [file.path, file]));
  const faults: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) faults.push(`a cycle of imports: ${[...trail.slice(at), path].join(" → ")}`);
    if (at >= 0 || done.has(path)) return;
    for (const { target } of files.get(path)?.imports ?? []) {
      if (target !== undefined) walk(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return faults;
}

/** "lib/layers" for "lib/layers/fc.ts"; undefined for a file that is in no known part. */
function partOf(path: string): string | undefined {
  return [...Object.keys(MAY_IMPORT), ...AT_THE_END].find((part) => path === part || path.startsWith(`${part}/`));
}
