/** What the first cell of a notebook imports: `const course = await begin({ mode: "quick", seed: 1 })`. */
import { keepGlobals } from "../lib/cells/deno_kernel/keep_globals.ts";

export type { NotebookCalls, NotebookSettings } from "./begin_notebook.ts";

// A cell may declare any name, `performance` or `Map` for instance; so every module of the course is loaded after this.
keepGlobals(new URL("../", import.meta.url));

/** Begins a lesson in a notebook; see begin_notebook.ts. */
export const { begin } = await import("./begin_notebook.ts");
