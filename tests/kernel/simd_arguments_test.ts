// The arguments of the compiled jobs: no two share a word, and each is both set by the caller and read by a job.
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as lists from "../../lib/kernel/simd/assembly/arguments.ts";
import {
  ARENA,
  ARGUMENTS,
  CHUNK_ELEMENTS,
  FLOAT_ARGUMENTS,
  MAX_ARGUMENTS,
  MAX_FLOAT_ARGUMENTS,
  ZEROS,
} from "../../lib/kernel/simd/assembly/layout.ts";
import type { SimdKernel } from "../../lib/kernel/simd.ts";
import { testWith } from "../support.ts";
import type { Case } from "./cases/case.ts";
import { cases, mismatch, type Operation } from "./conformance.ts";
import { simdKernel } from "./kernels.ts";

const isFloat = (list: string) => list.endsWith("Float");

/** What is wrong with the words of a list: two names share one, or one is outside the area. */
function badWords(list: string, members: Record<string, string | number>): string[] {
  const names = new Map<number, string>(), bad: string[] = [];
  for (const [name, word] of Object.entries(members)) {
    if (typeof word !== "number") continue; // an enum also maps its numbers to names
    if (names.has(word)) bad.push(`${list}.${name} shares word ${word} with ${list}.${names.get(word)}`);
    const limit = isFloat(list) ? MAX_FLOAT_ARGUMENTS : MAX_ARGUMENTS;
    if (word < 0 || word >= limit) bad.push(`${list}.${name} is word ${word} of ${limit}`);
    names.set(word, name);
  }
  return bad;
}

Deno.test("no two arguments of a job share a word, and all are inside their area", () => {
  enum Shared { // planted: b and c
    a,
    b,
    c = 1,
  }
  enum Outside { // planted: the word after the last
    a = MAX_ARGUMENTS,
  }
  assertEquals(badWords("Shared", Shared), ["Shared.c shares word 1 with Shared.b"]);
  assertEquals(badWords("Outside", Outside), [`Outside.a is word ${MAX_ARGUMENTS} of ${MAX_ARGUMENTS}`]);
  assertEquals(badWords("OutsideFloat", { a: 16 }), ["OutsideFloat.a is word 16 of 16"]);
  assertEquals(Object.entries(lists).flatMap(([list, members]) => badWords(list, members)), []);
  assert(ARGUMENTS + 4 * MAX_ARGUMENTS <= FLOAT_ARGUMENTS && FLOAT_ARGUMENTS + 4 * MAX_FLOAT_ARGUMENTS <= ZEROS);
});

/** The reads of arguments that do not use a name, or that read a float32 number as an integer or the other way around. */
function badReads(source: string): string[] {
  const reads = source.matchAll(/(?<!function )\b(int|address|float|scratch)\(([^()]*)\)/g);
  return [...reads].filter(([, read, names]) => {
    return !names.split(", ").every((name) => {
      const [list, member] = name.split(".");
      const members = Object(lists)[list];
      return members && member in members && isFloat(list) === (read === "float");
    });
  }).map(([read]) => read);
}

testWith({ read: true }, "jobs read their arguments by name", async () => {
  const good =
    "const m = int(Matmul.m), e = float(BatchNormFloat.epsilon), p = scratch(Conv.scratch, Conv.scratchSize);";
  assertEquals(badReads(good), []);
  const planted = ["int(7)", "int(i)", "int(Matmul.z)", "float(Matmul.m)", "address(SGDFloat.momentum)", "scratch(3)"];
  for (const read of planted) assertEquals(badReads(`${good}\nreturn ${read};`), [read]);
  const folder = new URL("../../lib/kernel/simd/assembly/", import.meta.url);
  let read = "";
  for await (const { name } of Deno.readDir(folder)) {
    if (name === "arguments.ts" || name === "job.ts") continue; // they define the names and the reading
    const source = await Deno.readTextFile(new URL(name, folder));
    // A function may get the name from its caller.
    assertEquals(badReads(source.replaceAll(/address\(name\)/g, "")), [], name);
    read += source;
  }
  for (const [list, members] of Object.entries(lists)) {
    for (const name of Object.keys(members).filter((key) => !/^\d/.test(key))) {
      assert(new RegExp(`\\b${list}\\.${name}\\b`).test(read), `no job reads ${list}.${name}`);
    }
  }
});

/** No argument can have all of these values, whether it is a flag, a size, an offset or an address: the last is out of bounds. */
const garbage = [0, 2, 2 ** 30];

/** Sets all arguments to `value`, so that a missing one is noticed. */
function spoil({ machine }: SimdKernel, value: number): void {
  const { buffer } = machine.memory;
  new Int32Array(buffer, ARGUMENTS, MAX_ARGUMENTS).fill(value);
  new Int32Array(buffer, FLOAT_ARGUMENTS, MAX_FLOAT_ARGUMENTS).fill(value);
}

/** A kernel that computes alone, but as the second of two threads: then the size of each thread's scratch matters. */
function secondThread(): SimdKernel {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      const { setThread } = this.exports as unknown as { setThread(index: number, count: number): void };
      queueMicrotask(() => setThread(1, 2)); // after the machine's constructor has made it the first
    }
  };
  try {
    return simdKernel({ threads: 2, start: () => ({ terminate() {} }) });
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** Small cases: with more than one chunk, a wrong number of elements would write all over the memory. */
function smallCases(operation: Operation): Case[] {
  const small = cases[operation].filter(({ arrays }) => arrays.every(({ length }) => length <= CHUNK_ELEMENTS));
  const numRuns = operation.includes("Pool") ? 300 : 60; // a wrong window changes the result of few poolings
  return fc.sample(small, { numRuns, seed: 8 });
}

/** Runs the cases with garbage in all arguments that are not set: what goes wrong first; undefined if nothing does. */
function firstFailure(kernel: SimdKernel, cases: Case[]): string | undefined {
  for (const one of cases) {
    for (const value of garbage) {
      spoil(kernel, value);
      try {
        const difference = mismatch(kernel, one, "kernel");
        if (difference) return difference;
      } catch (error) {
        return String(error);
      }
    }
  }
  return undefined;
}

for (const operation of Object.keys(cases) as Operation[]) {
  Deno.test(`${operation} sets every argument that its jobs read, and none that they do not`, async () => {
    const kernel = secondThread(), { machine } = kernel, some = smallCases(operation);
    await Promise.resolve();
    const page = new Uint8Array(machine.memory.buffer, 0, ARENA), clean = page.slice();
    const set = new Set<string>();
    let omitted: string | undefined;
    for (const method of ["int", "float"] as const) {
      machine[method] = (name: number, value: number) => {
        set.add(`${method} ${name}`);
        if (`${method} ${name}` !== omitted) Object.getPrototypeOf(machine)[method].call(machine, name, value);
      };
    }
    assertEquals(firstFailure(kernel, some), undefined);
    for (omitted of [...set]) {
      assert(firstFailure(kernel, some), `without ${omitted} the results are the same: does a job read it?`);
      page.set(clean); // the job may have written to a wrong address
    }
  });
}
