/** Evaluates code in the scope that all cells of a notebook share, and reads the values of its variables. */

import { Session } from "node:inspector/promises";
import { cellScript } from "./cell_code.ts";
import { declarationOf } from "./declaration.ts";
import type { CellError, Code } from "./protocol.ts";
import { pathOf, Regions } from "./regions.ts";
import { type Details, locateSyntaxError, reportError, type Surroundings } from "./report.ts";

/** What the inspector says about a value, as far as it is used here. */
interface RemoteObject {
  type: string;
  value?: unknown;
  unserializableValue?: string;
  objectId?: string;
}
interface Evaluation {
  result: RemoteObject;
  exceptionDetails?: Details & { exception?: RemoteObject };
}

/** The result of a piece of code. */
type Evaluated = { error: CellError } | { error?: undefined; shown: boolean; value: unknown };

/** Carries a value out of an `async` function, which would otherwise check whether it is a promise: that check may throw. */
interface Boxed {
  value: unknown;
}

const scope = globalThis as unknown as Record<symbol | string, unknown>;
const HELD = Symbol("held"); // where the inspector puts a value so that we can read it
const GROUP = "cell";

/** The scope of one notebook, in the realm of this Worker. */
export class Evaluator {
  readonly #surroundings: Surroundings;
  readonly #session = new Session();
  readonly #url: string;
  readonly #own = new Set(Object.getOwnPropertyNames(globalThis)); // the globals before the first cell

  /** @param url The URL of the document, against which imports are resolved. */
  constructor(url: string, { libraries, sandboxAdvice }: Omit<Surroundings, "regions">) {
    this.#url = url;
    this.#surroundings = { regions: new Regions(pathOf(url)), libraries, sandboxAdvice };
    this.#session.connect();
  }

  /** Runs code and returns the value of its last expression; `shown` says whether a notebook would display it. */
  async run({ source, line, file }: Code): Promise<Evaluated> {
    const first = this.#surroundings.regions.lineOf(line, file);
    let script;
    try {
      script = cellScript(source, first, this.#url);
    } catch (error) {
      return { error: await this.#locate(source, line, file) ?? this.report(error) };
    }
    const { result, exceptionDetails } = await this.#evaluate(script.code, true);
    try {
      if (exceptionDetails) {
        const { value } = await this.#fetch(exceptionDetails.exception ?? result);
        const { lineNumber, columnNumber } = exceptionDetails;
        const error = this.report(value, { lineNumber, columnNumber });
        return { error: lineNumber + columnNumber === 0 ? this.#declaredTwice(error, source, first) : error };
      }
      const shown = script.showsValue && result.type !== "undefined";
      if (!shown) return { shown, value: undefined };
      const { value } = await this.#fetch(result);
      return { shown, value: await value };
    } catch (error) { // a rejected promise, or a value that throws on the check whether it is a promise
      return { error: this.report(error) };
    } finally {
      await this.#session.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    }
  }

  /** The error if the whole file does not parse, with its location. */
  async check(source: string): Promise<CellError | undefined> {
    try {
      cellScript(source, 1, this.#url);
      return undefined;
    } catch (error) {
      return await this.#locate(source, 1) ?? this.report(error);
    }
  }

  /** The names that the cells have declared, in order. */
  async names(): Promise<string[]> {
    const { names } = await this.#session.post("Runtime.globalLexicalScopeNames", {}) as unknown as { names: string[] };
    const global = Object.getOwnPropertyNames(globalThis).filter((name) => !this.#own.has(name));
    return [...new Set([...names, ...global])].filter((name) => !name.startsWith("$"));
  }

  /** The value of a name. `found` is false if it has none, as before its declaration. */
  async value(name: string): Promise<{ found: boolean; value?: unknown }> {
    const { result, exceptionDetails } = await this.#evaluate(name, false);
    if (exceptionDetails) return { found: false };
    return { found: true, ...await this.#fetch(result) };
  }

  /** Describes a thrown value for the reader. */
  report(thrown: unknown, details?: Details): CellError {
    try {
      return reportError(thrown, this.#surroundings, details);
    } catch {
      return { name: "Uncaught", message: "the thrown value cannot be read: reading it throws", frames: [] };
    }
  }

  /** V8 reports a name that an earlier cell declared in a different way at the start of the script, which is not the reader's code. */
  #declaredTwice(error: CellError, source: string, first: number): CellError {
    const name = /^Identifier '(.*)' has already been declared$/.exec(error.message)?.[1];
    if (error.name !== "SyntaxError" || name === undefined) return error;
    const { line, column } = declarationOf(source, name);
    const place = { ...this.#surroundings.regions.locate(first + line - 1), column };
    return { ...error, place, frames: [{ ...place, name: "" }] };
  }

  #locate(source: string, line: number, file = pathOf(this.#url)): Promise<CellError | undefined> {
    return locateSyntaxError(source, line, file);
  }

  async #evaluate(expression: string, awaitPromise: boolean): Promise<Evaluation> {
    const how = { expression, replMode: true, awaitPromise, objectGroup: GROUP };
    return await this.#session.post("Runtime.evaluate", how) as unknown as Evaluation;
  }

  /** The value itself, if the inspector returns only a handle. */
  async #fetch(remote: RemoteObject): Promise<Boxed> {
    if (!remote.objectId) {
      return { value: remote.unserializableValue ? unserializable(remote.unserializableValue) : remote.value };
    }
    scope[HELD] = undefined;
    Object.defineProperty(globalThis, "$hold", { value: (v: unknown) => scope[HELD] = v, configurable: true });
    await this.#session.post("Runtime.callFunctionOn", {
      objectId: remote.objectId,
      functionDeclaration: "function (value) { $hold(value) }",
      arguments: [{ objectId: remote.objectId }],
    });
    const value = scope[HELD];
    delete scope[HELD];
    delete scope.$hold;
    return { value };
  }
}

function unserializable(text: string): unknown {
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text); // a bigint, or NaN, Infinity, -0
}
