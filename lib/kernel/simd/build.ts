/**
 * `deno task kernel`: compiles the AssemblyScript in `assembly/` and writes the binaries, as text, into `kernel_wasm.ts`.
 * So the library needs no permission to read them, and a bundler includes them. `--check` only compares.
 */
// deno-lint-ignore-file no-console no-import-prefix
// Not in deno.json: everything there is downloaded for everyone's first lesson, and the compiler takes 100 MB.
import { parseArgs } from "@std/cli/parse-args";
// @ts-types="./asc.d.ts"
import asc from "npm:assemblyscript@0.28.20/asc";
import { CONSTANTS } from "./assembly/layout.ts";

const assembly = new URL("./assembly/", import.meta.url);

const options = [
  ["--optimizeLevel", "3", "--noAssert", "--runtime", "stub", "--enable", "simd,threads"],
  ["--memoryBase", String(CONSTANTS)],
  ["--importMemory", "--sharedMemory", "--initialMemory", "16384", "--maximumMemory", "16384"],
  ["--disableWarning", "AS201", "--disableWarning", "AS112"], // 64-bit memory, vectors passed to JavaScript: neither is used
].flat();

/** Compiles one form of the kernel; the same source gives the same bytes. */
async function compile(features: string[]): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const arguments_ = ["index.ts", "--outFile", "kernel.wasm", ...options];
  const { error, stderr } = await asc.main([...arguments_, ...features.flatMap((name) => ["--enable", name])], {
    readFile: (name) => readSource(name),
    writeFile: (_name, contents) => void (binary = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the kernel does not compile: ${error?.message}\n${stderr.toString()}`);
  return binary;
}

function readSource(name: string): string | null {
  try {
    return Deno.readTextFileSync(new URL(name, assembly));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null; // asc asks for a file under several names
    throw error;
  }
}

/** The text of `kernel_wasm.ts`. */
async function wasmModule(): Promise<string> {
  const head =
    "/** The compiled kernel, written by `deno task kernel` from the source in `assembly/`: do not edit. */\n";
  const form = async (name: string, about: string, features: string[]) =>
    `/** ${about} */\nexport const ${name}: string =\n  "${(await compile(features)).toBase64()}";\n`;
  return [
    head,
    await form("fusedWasm", "With fused multiply-add (relaxed SIMD).", ["relaxed-simd"]),
    await form("plainWasm", "With plain SIMD.", []),
  ].join("\n");
}

if (import.meta.main) {
  const file = new URL("./kernel_wasm.ts", import.meta.url);
  const text = await wasmModule();
  const { check } = parseArgs(Deno.args, {
    boolean: ["check"],
    unknown: (word) => {
      throw new RangeError(`deno task kernel takes --check or nothing and got ${word}`);
    },
  });
  if (check) {
    const same = text === await Deno.readTextFile(file);
    console.log(
      same ? "the source builds to the committed bytes" : "the source builds to other bytes: deno task kernel",
    );
    Deno.exit(same ? 0 : 1);
  }
  await Deno.writeTextFile(file, text);
  console.log(`wrote ${text.length} bytes to ${file.pathname}`);
}
