// The part of the AssemblyScript compiler that build.ts calls. The compiler's types would add AssemblyScript's globals to
// every file that is checked in the same run.

/** Where the compiler reads and writes; paths are relative to its entry file. */
interface Files {
  readFile(name: string, directory: string): string | null;
  writeFile(name: string, contents: Uint8Array | string, directory: string): void;
  listFiles(directory: string, base: string): string[] | null;
}

/** The result of a compilation. */
interface Result {
  error: Error | null;
  stderr: { toString(): string };
}

declare const asc: {
  /** Runs the compiler with the arguments of its command line. */
  main(arguments_: string[], files: Files): Promise<Result>;
};
export default asc;
