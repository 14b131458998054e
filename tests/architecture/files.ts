// Rules for every file: its length, its name, its opening comment, and a mod.ts that only re-exports.
import type { SourceFile } from "./source_tree.ts";

/** The most lines a file may have, by the beginning of its path; the first that fits counts. */
const MAX_LINES: [path: string, lines: number][] = [
  ["lib/cells/", 300],
  ["lib/course/", 300],
  ["lib/fronts/", 300],
  ["lib/commands/", 300],
  ["lessons/", 750], // a third of a lesson is text, and its code keeps to 74 columns
  ["", 400],
];

/** Files that a program writes and nobody reads, such as a binary inside a module. */
const GENERATED: string[] = [];

/** Every file that is too long to read in one sitting. */
export function longFiles(tree: SourceFile[]): string[] {
  return tree
    .filter((file) => !GENERATED.includes(file.path))
    .map((file) => ({ path: file.path, lines: file.text.replace(/\n$/, "").split("\n").length }))
    .map((file) => ({ ...file, limit: MAX_LINES.find(([start]) => file.path.startsWith(start))![1] }))
    .filter(({ lines, limit }) => lines > limit)
    .map(({ path, lines, limit }) => `${path} has ${lines} lines and may have ${limit}: split it, one idea per file`);
}

/** Every file whose opening comment does not state its job. Lessons state it in their header, tests by what they test. */
export function untoldJobs(tree: SourceFile[]): string[] {
  return tree
    .filter(({ path }) => path.endsWith(".ts") && !/^(lessons|tests)\//.test(path))
    .filter((file) => openingWords(file.text) < 4)
    .map((file) => `${file.path} does not begin with a comment that states its job`);
}

/** How many words the comment at the top has, without directives to tools. */
function openingWords(text: string): number {
  const body = text.replace(/^#!.*\n/, "").replace(/^(?:\s*\/\/\s*(?:deno-|@ts-).*\n)+/, "");
  const comment = /^\s*(?:\/\*[\s\S]*?\*\/|(?:\/\/.*(?:\n|$))+)/.exec(body)?.[0] ?? "";
  return comment.match(/[\p{L}\p{N}`][^\s]*/gu)?.length ?? 0;
}

/** Every mod.ts that does more than re-export what other files export. */
export function busyModFiles(tree: SourceFile[]): string[] {
  return tree
    .filter((file) => /(^|\/)mod\.ts$/.test(file.path))
    .map((file) => ({ path: file.path, rest: withoutReExports(file.text) }))
    .filter(({ rest }) => rest !== "")
    .map(({ path, rest }) => `${path} does more than re-export: ${rest.split("\n")[0]}`);
}

function withoutReExports(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+["'][^"']+["'];?/g, "")
    .trim();
}

/** Every file whose name is not in snake_case. */
export function oddNames(tree: SourceFile[]): string[] {
  return tree
    .filter(({ path }) => !path.split("/").every((part) => /^[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part)))
    .map(({ path }) => `${path} is not named in snake_case`);
}

/**
 * Everything that deno.json names is downloaded before anyone's first lesson. So large packages that few people need are
 * named where they are used: the peers that the benchmark measures, the kernel's compiler, and what runs exported networks.
 */
const FOR_FEW = ["tests/bench/peers/", "lib/kernel/simd/build.ts", "tests/files/onnxruntime.ts"];

/** Every import that names a package directly instead of taking it from deno.json. */
export function inlinePackages(tree: SourceFile[]): string[] {
  return tree.filter(({ path }) => !FOR_FEW.some((few) => path.startsWith(few))).flatMap((file) =>
    file.imports
      .filter(({ specifier }) => /^(npm|jsr|https?):/.test(specifier))
      .map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}: name the package in deno.json`)
  );
}
