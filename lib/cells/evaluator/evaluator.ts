/** Runs the cells of a lesson in a scope that they share, and knows the names that they declare. Nothing of it needs Deno or Node. */

import type { Declaration } from "./declarations.ts";
import { usesEarly } from "./early_use.ts";
import { findImports, giveImports, ImportProblem, loadModules } from "./imports.ts";
import { Names } from "./names.ts";
import { Origins, placeIn } from "./origins.ts";
import { type ParsedCell, understand } from "./parsed_cell.ts";
import { GLOBAL, inOwnRealm } from "./realm.ts";
import { errorAt, reportError } from "./report.ts";
import { rewriteCell, type Step } from "./rewrite_cell.ts";
import type { Slot } from "./slot.ts";
import { SyntaxProblem } from "./syntax_problem.ts";
import type { CellError, Code, Evaluated, Host } from "./types.ts";

/** What the code of a cell finds under the name that was chosen for it. */
interface Helper {
  /** The cell's functions are there, and can be set. */
  own(functions: [value: unknown, set: (value: unknown) => void][]): void;
  /** Declarations are reached. */
  reached(step: number, value?: unknown): unknown;
  /** What was declared has its value, and its copies get it. */
  copy(step: number): void;
  load(specifier: unknown, options?: ImportCallOptions): Promise<object>;
  meta: object;
  names: object;
}

/** A cell that is ready to run. */
interface Compiled {
  call: () => unknown;
  showsValue: boolean;
}

/** The scope of one lesson. */
export class Evaluator {
  readonly #host: Host;
  readonly #lesson: string;
  readonly #file: string;
  readonly #names = new Names();
  readonly #origins = new Origins();

  /** @param lesson The URL of the lesson, against which imports are resolved. */
  constructor(lesson: string, host: Host) {
    this.#lesson = lesson;
    this.#host = host;
    this.#file = host.fileOf(lesson) ?? lesson;
  }

  /**
   * Tells which cells there will be, so that a function sees what later ones declare, and a name that is used too early is refused in V8's words.
   * Needed for nothing else; to be called again when the lesson has changed.
   */
  expect(sources: readonly string[]): void {
    inOwnRealm(() => {
      const declarations: Declaration[] = [];
      for (const source of sources) {
        try {
          declarations.push(...understand(source).declarations);
        } catch {
          continue; // it will say so when it is run
        }
      }
      this.#names.keepOnly(new Set(declarations.map(({ name }) => name)));
      // A name that is a global one, too, means that until its cell runs.
      this.#names.reserve(declarations.filter(({ name }) => !(name in GLOBAL)));
    });
  }

  /** Runs code and gives the value of its last expression, `shown` if a notebook would display it. */
  async run({ source, line, file = this.#file }: Code): Promise<Evaluated> {
    const origin = { file, line };
    try {
      const cell = inOwnRealm(() => understand(source));
      const modules = await loadModules(cell.imports, (specifier, options) => this.#load(specifier, options));
      const { call, showsValue } = inOwnRealm(() => this.#begin(cell, modules, origin));
      const value = await call();
      return { shown: showsValue && value !== undefined, value };
    } catch (error) {
      return { error: inOwnRealm(() => this.#errorIn(error, source, origin)) };
    }
  }

  /** Whether a whole file parses; where not, the place. */
  check(source: string): CellError | undefined {
    return inOwnRealm(() => {
      try {
        understand(source, true);
        return undefined;
      } catch (problem) {
        return this.#errorIn(problem, source, { file: this.#file, line: 1 });
      }
    });
  }

  /** The names that the lesson has declared, in their order. */
  names(): string[] {
    return inOwnRealm(() => this.#names.set);
  }

  /** The value of a name. `found` is false while it has none, as before its declaration. */
  value(name: string): { found: boolean; value?: unknown } {
    return inOwnRealm(() => {
      const slot = this.#names.get(name);
      try {
        return slot?.isSet ? { found: true, value: this.#names.read(slot) } : { found: false };
      } catch { // its module has not come to it yet
        return { found: false };
      }
    });
  }

  /** The names that code declares; none where it does not parse. */
  declaredBy(source: string): string[] {
    return inOwnRealm(() => {
      try {
        return understand(source).declarations.map(({ name }) => name);
      } catch {
        return [];
      }
    });
  }

  /** Takes names back, as if no cell had declared them: an answer that lacks a function is not to be judged by the one before. */
  forget(names: readonly string[]): void {
    inOwnRealm(() => this.#names.forget(names));
  }

  /** What something thrown says to the learner. */
  report(thrown: unknown): CellError {
    return inOwnRealm(() => this.#report(thrown));
  }

  #report(thrown: unknown): CellError {
    try {
      const error = reportError(thrown, this.#origins, this.#host);
      // V8 expects the declaration of every name that has a slot, and the lesson may have lost it.
      const name = /^Cannot access '(.*)' before initialization$/.exec(error.message)?.[1];
      const isUnknown = name !== undefined && this.#names.get(name)?.isDeclared === false;
      return isUnknown ? { ...error, message: `${name} is not defined` } : error;
    } catch {
      return { name: "Uncaught", message: "what was thrown throws when it is looked at", frames: [] };
    }
  }

  /** Makes slots for what a cell declares, gives it what it imports, and makes a function of it. */
  #begin(cell: ParsedCell, modules: readonly object[], origin: { file: string; line: number }): Compiled {
    const imported = findImports(cell.imports, modules);
    this.#names.reserve(cell.declarations);
    if (!usesEarly(cell)) this.#names.pass(cell.declarations);
    for (const declaration of cell.declarations) this.#names.begin(declaration);
    giveImports(imported, this.#names);
    return this.#compile(cell, origin);
  }

  #compile(cell: ParsedCell, origin: { file: string; line: number }): Compiled {
    const { source, declarations, references } = cell;
    let helper = "$cell";
    while (source.includes(helper)) helper += "_";
    const { text, map, steps, showsValue } = rewriteCell(cell, this.#names, helper);
    const functions = declarations.filter(({ kind }) => kind === "function").map(({ name }) => name);
    const copies = functions.map((name) => `[${name}, function () { ${name} = arguments[0]; }]`);
    const own = functions.length ? ` ${helper}.own([${copies.join(", ")}]);` : "";
    // Lines are those of the file even where nobody maps them, as in a stack that a cell prints.
    // In a block V8 treats functions as it treats slots, and reads them faster than those of a function.
    const head = `${"\n".repeat(Math.max(0, origin.line - 2))}(async function (${helper}) { {${own}` +
      (origin.line > 1 ? "\n" : " ");
    const name = this.#origins.nameFor(origin.file);
    const script = `${head}${text}\n} })\n//# sourceURL=${name}`;
    this.#origins.add(name, { ...origin, source, script, head: head.length, map });
    const seen = references.names.filter(({ own }) => !own).map(({ name }) => name);
    const depth = this.#names.depthOf([...seen, ...declarations.map(({ name }) => name)]);
    const code = this.#evaluate(script, seen.includes("eval") ? undefined : depth);
    const slots = functions.map((name) => this.#names.get(name)!);
    return { call: () => code(this.#helper(steps, slots)), showsValue };
  }

  #evaluate(script: string, depth?: number): (helper: Helper) => unknown {
    try {
      return this.#names.evaluate(script, depth) as (helper: Helper) => unknown;
    } catch (error) { // V8 refuses what the parser did not, and gives no place
      throw error instanceof SyntaxError ? new SyntaxProblem(error.message, 0) : error;
    }
  }

  #helper(steps: readonly Step[], functions: readonly Slot[]): Helper {
    const names = this.#names;
    return {
      own: (all) => {
        for (let i = 0; i < all.length; i++) {
          const slot = functions[i], copies = slot.copies;
          names.declare(slot, "function");
          copies[copies.length] = all[i][1];
          slot.value = all[i][0];
        }
      },
      reached: (step, value) => {
        for (let i = 0; i < steps[step].length; i++) names.declare(steps[step][i].slot, steps[step][i].kind);
        return value;
      },
      copy: (step) => {
        for (let i = 0; i < steps[step].length; i++) steps[step][i].slot.copy();
      },
      load: async (specifier, options) => await this.#load(`${specifier}`, options),
      meta: this.#host.meta,
      names: names.guarded,
    };
  }

  /** A relative specifier is resolved against the lesson; a bare one is left to the host. */
  async #load(specifier: string, options?: ImportCallOptions): Promise<object> {
    const url = inOwnRealm(() => /^\.{0,2}\//.test(specifier) ? new URL(specifier, this.#lesson).href : specifier);
    return await this.#host.load(url, options);
  }

  #errorIn(error: unknown, source: string, origin: { file: string; line: number }): CellError {
    if (error instanceof SyntaxProblem) {
      return errorAt(placeIn(origin, source, error.offset), error.name, error.message);
    }
    if (error instanceof ImportProblem) {
      const reported = this.#report(error.cause);
      if (reported.place && !this.#host.isLibrary(reported.place.file)) return reported;
      const { place, frames } = errorAt(placeIn(origin, source, error.offset), "", "");
      return { ...reported, place, frames: [...reported.frames, ...frames] };
    }
    return this.#report(error);
  }
}
