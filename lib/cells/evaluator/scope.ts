/** One stretch of code in which names are declared. */

/** A scope, with the names that it declares. */
export class Scope {
  readonly names: Set<string> = new Set();
  readonly #parent?: Scope;
  readonly #takesVar: boolean;

  /** @param takesVar Whether a `var` inside it is its own, as in a function. */
  constructor(parent?: Scope, takesVar = false) {
    this.#parent = parent;
    this.#takesVar = takesVar;
  }

  /** The scope to which a `var` in this one belongs. */
  get forVar(): Scope {
    return this.#takesVar || !this.#parent ? this : this.#parent.forVar;
  }

  /** The scope that declares a name as seen from here, if one does. */
  find(name: string): Scope | undefined {
    return this.names.has(name) ? this : this.#parent?.find(name);
  }
}
