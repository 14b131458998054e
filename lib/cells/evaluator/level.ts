/**
 * A level of the scope in which cells run: some names, each in a slot that cells see as a variable of their own.
 *
 * Strict code that is evaluated directly sees the names around it, and keeps its own to itself. So a level is a function that declares its names
 * and hands out a function that evaluates code inside it; the next level is made by that one. Nothing is written to `globalThis`, references
 * need no rewriting, and V8's messages speak of the learner's names.
 *
 * The function is a generator: a slot whose declaration has not been passed is in its temporal dead zone, as in a module. Code that is evaluated
 * after it needs no check, which makes loops faster: so the function that evaluates is a new one behind each declaration.
 */

import { stepper } from "./realm.ts";

type Evaluate = (code: string) => unknown;
type Access = [get: () => unknown, set: (value: unknown) => void];

const EVALUATE = "function () { return eval(arguments[0]); }"; // has no name that a cell could see

/** Some names inside the level around them. */
export class Level {
  /** Reads and writes the slots, in the order of the names. */
  readonly access: readonly Access[];
  readonly #step: () => Evaluate;
  #evaluate: Evaluate;
  #passed = 0;

  /**
   * @param around Evaluates code in the level around this one.
   * @param names In the order in which their declarations will be passed.
   */
  constructor(around: Evaluate, names: readonly string[]) {
    const access = names.map((name) => `[() => ${name}, function () { ${name} = arguments[0]; }]`);
    const passing = names.map((name) => `let ${name}; yield ${EVALUATE};`);
    const code = `(function* () { yield [${EVALUATE}, [${access.join(", ")}]]; ${passing.join(" ")} })()`;
    this.#step = stepper(around(code) as Iterator<Evaluate>);
    [this.#evaluate, this.access] = this.#step() as unknown as [Evaluate, Access[]];
  }

  /** How many declarations have been passed. */
  get passed(): number {
    return this.#passed;
  }

  /** Passes declarations until that of a slot, which is then undefined. */
  pass(index: number): void {
    for (; this.#passed <= index; this.#passed++) this.#evaluate = this.#step();
  }

  /** Evaluates code inside this level. */
  evaluate(code: string): unknown {
    return this.#evaluate(code);
  }
}
