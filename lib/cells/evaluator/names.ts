/** The names of a lesson: in which slot each one lies, and how code gets at it where its variable alone would not do. */

import type { Declaration, Kind } from "./declarations.ts";
import { Level } from "./level.ts";
import { evaluateStrictly, GLOBAL } from "./realm.ts";
import { Slot } from "./slot.ts";

const { defineProperty } = Object;
const { ReferenceError, TypeError } = globalThis;

/** All names that a lesson has declared, or will. */
export class Names {
  /** Reads and writes names by their rules: `names.guarded.k = 2` throws where `k` is constant. */
  readonly guarded: object = {};
  readonly #slots = new Map<string, Slot>();
  readonly #levels: Level[] = [];
  readonly #unknown = new Set<string>(); // referred to, and not declared
  readonly #guards = new Map<Slot, object | undefined>(); // those that are made, each with the module that it reads
  #order: string[] = []; // of those that have a value

  /** The slot of a name. */
  get(name: string): Slot | undefined {
    return this.#slots.get(name);
  }

  /** Those that have a value, in the order in which they got it. */
  get set(): string[] {
    return [...this.#order];
  }

  /** Evaluates code where names up to a depth can be seen; without one, all. */
  evaluate(code: string, depth: number = this.#levels.length): unknown {
    return depth === 0 ? evaluateStrictly(code) : this.#levels[depth - 1].evaluate(code);
  }

  /** How deep code has to be evaluated that refers to names. Those that have no value yet are remembered. */
  depthOf(names: Iterable<string>): number {
    let depth = 0;
    for (const name of names) {
      const slot = this.#slots.get(name);
      if (!slot) this.#unknown.add(name);
      else {
        depth = Math.max(depth, slot.depth);
        if (!slot.isSet) slot.isAwaited = true;
      }
    }
    return depth;
  }

  /** Makes slots for what has none yet, in this order. */
  reserve(declarations: readonly Declaration[]): void {
    const fresh = new Map<string, Declaration>();
    for (const declaration of declarations) {
      const slot = this.#slots.get(declaration.name);
      if (!slot) fresh.set(declaration.name, declaration);
      else {
        slot.isDeclared = true;
        if (!slot.isSet) slot.kind = declaration.kind;
      }
    }
    if (fresh.size === 0) return;
    const level = new Level((code) => this.evaluate(code), [...fresh.keys()]);
    this.#levels.push(level);
    for (const [index, { name, kind }] of [...fresh.values()].entries()) {
      const slot = new Slot(name, kind, level, index, this.#levels.length);
      slot.isSought = this.#unknown.delete(name);
      this.#slots.set(name, slot);
    }
  }

  /** A cell will not use its names before their declarations. Unless earlier code may, V8 can stop looking. */
  pass(declarations: readonly Declaration[]): void {
    const slots = declarations.map(({ name }) => this.#slots.get(name)!);
    if (slots.some(({ isAwaited }) => isAwaited)) return;
    for (const slot of slots) slot.pass();
  }

  /** A cell that declares a name begins. What has a value keeps it until the declaration is reached. */
  begin({ name, kind }: Declaration): void {
    const slot = this.#slots.get(name)!;
    if (slot.isSet || kind === "var") this.declare(slot, kind);
  }

  /** The declaration of a name is reached. This runs among the code of cells, which may have broken the methods of lists and maps. */
  declare(slot: Slot, kind: Kind): void {
    if (!slot.isSet) this.#order[this.#order.length] = slot.name;
    slot.declare(kind);
    if (slot.isSought && !(slot.name in GLOBAL)) this.#reveal(slot);
  }

  /** Names that the lesson stopped declaring are unknown again, as long as they have no value. */
  keepOnly(declared: ReadonlySet<string>): void {
    for (const slot of this.#slots.values()) if (!slot.isSet) slot.isDeclared = declared.has(slot.name);
  }

  /** Takes the values of names away, as if they had never been declared. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      const slot = this.#slots.get(name);
      slot?.forget();
      if (slot?.isRevealed) slot.isRevealed = !delete GLOBAL[name];
    }
    this.#order = this.#order.filter((name) => this.#slots.get(name)!.isSet);
  }

  /** Makes `guarded` know a name. */
  guard(name: string): void {
    const slot = this.#slots.get(name)!;
    if (this.#guards.has(slot) && this.#guards.get(slot) === slot.module) return;
    this.#guards.set(slot, slot.module);
    Object.defineProperty(this.guarded, name, {
      get: slot.module ? this.#reader(slot) : () => this.read(slot),
      set: (value) => this.#write(slot, value),
      configurable: true,
      enumerable: true,
    });
  }

  /** Reads from the module itself. With the name written out V8 reads it as fast as a variable. */
  #reader(slot: Slot): () => unknown {
    const name = JSON.stringify(slot.imported);
    const make = evaluateStrictly(
      `(slot, module, otherwise) => () => slot.module === module ? module[${name}] : otherwise()`,
    ) as (slot: Slot, module: object, otherwise: () => unknown) => () => unknown;
    return make(slot, slot.module!, () => this.read(slot));
  }

  /** The value of a name, or V8's words that it has none. */
  read(slot: Slot): unknown {
    if (slot.isSet) return slot.module ? (slot.module as Record<string, unknown>)[slot.imported] : slot.value;
    if (!slot.isDeclared && slot.name in GLOBAL) return GLOBAL[slot.name];
    throw missing(slot);
  }

  #write(slot: Slot, value: unknown): void {
    if (!slot.isSet) throw missing(slot);
    if (slot.kind === "const" || slot.kind === "import") throw new TypeError("Assignment to constant variable.");
    slot.value = value;
  }

  /** A function of an earlier cell looks for a name among the globals, if nobody had declared it. */
  #reveal(slot: Slot): void {
    slot.isRevealed = true;
    defineProperty(GLOBAL, slot.name, {
      get: () => this.read(slot),
      set: (value) => this.#write(slot, value),
      configurable: true,
    });
  }
}

function missing({ name, isDeclared }: Slot): ReferenceError {
  return new ReferenceError(isDeclared ? `Cannot access '${name}' before initialization` : `${name} is not defined`);
}
