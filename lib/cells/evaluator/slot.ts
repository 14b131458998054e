/** The variable in which the value of one name of a lesson lies. */

import type { Kind } from "./declarations.ts";
import type { Level } from "./level.ts";

/** A name, where its value lies, and what is known of it. */
export class Slot {
  readonly name: string;
  /** How many levels there are up to its own. */
  readonly depth: number;
  /** How it was declared last, or will be. */
  kind: Kind;
  /** Whether it has a value: its declaration was reached, and it was not forgotten. */
  isSet = false;
  /** Whether a cell of the lesson, or one that has run, declares it. */
  isDeclared = true;
  /** Whether code refers to it that was there before it had a value. */
  isAwaited = false;
  /** Whether code refers to it that looks for it among the globals: nobody had declared it. */
  isSought = false;
  /** Whether it is found there. */
  isRevealed = false;
  /** Other variables that hold the same value: a cell sees its own functions as its own variables. */
  copies: ((value: unknown) => void)[] = [];
  /** The module from which it is imported, where another value may come at any time. */
  module?: object;
  /** Its name in that module. */
  imported = "";
  readonly #level: Level;
  readonly #index: number;

  constructor(name: string, kind: Kind, level: Level, index: number, depth: number) {
    this.name = name;
    this.kind = kind;
    this.depth = depth;
    this.#level = level;
    this.#index = index;
  }

  /** Whether the variable is undefined although the name has no value: V8 does not refuse to read it, so others must. */
  get isAbsent(): boolean {
    return !this.isSet && this.#level.passed > this.#index;
  }

  /** The value. */
  get value(): unknown {
    return this.#level.access[this.#index][0]();
  }

  /** Gives it a value, here and in its copies. */
  set value(value: unknown) {
    this.#level.access[this.#index][1](value);
    for (let i = 0; i < this.copies.length; i++) this.copies[i](value); // a cell may have broken iterators
  }

  /** Gives its value to its copies. */
  copy(): void {
    const { value } = this;
    for (let i = 0; i < this.copies.length; i++) this.copies[i](value);
  }

  /** From now on V8 does not check that its declaration has been reached. */
  pass(): void {
    this.#level.pass(this.#index);
  }

  /** Its declaration is reached. */
  declare(kind: Kind): void {
    this.pass();
    this.kind = kind;
    this.isSet = this.isDeclared = true;
    this.module = undefined;
  }

  /** Takes its value away. */
  forget(): void {
    if (!this.isSet) return;
    this.value = undefined;
    this.isSet = this.isDeclared = false;
    this.module = undefined;
  }
}
