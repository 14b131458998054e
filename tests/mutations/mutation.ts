// What a mutation is: one small change to one file, and the tests that should notice it.

/** Changes to one file that the same tests should notice. */
export interface Mutated {
  /** The file that is changed, from the project's root: "lib/layers/fc.ts". */
  readonly file: string;
  /** The tests that should fail, files or folders. */
  readonly tests: readonly string[];
  /** A program to run after the change and before the tests, such as the one that compiles the kernel, and what it writes. */
  readonly build?: { readonly task: string; readonly writes: string };
  readonly changes: readonly Change[];
}

/**
 * The text to find, which must stand in the file once; what to put there; and, where no test can notice the change, why:
 * such a mutation is expected to survive.
 */
export type Change = readonly [find: string, replace: string, equivalent?: string];

/** A text with the change made, or `"stale"` where the text to find is not there exactly once. */
export function mutate(text: string, [find, replace]: Change): { text: string } | "stale" {
  const at = text.indexOf(find);
  if (at < 0 || text.includes(find, at + 1)) return "stale";
  return { text: text.slice(0, at) + replace + text.slice(at + find.length) };
}

/**
 * What became of a mutation.
 *
 * `killed`: a test failed, or did not end · `survived`: all tests passed · `stale`: the text to find is gone ·
 * `broken`: no test ran, or they fail without the change, too, so nothing was tested.
 */
export type Verdict = "killed" | "survived" | "stale" | "broken";

/** The verdict of a run of `deno test`, from its exit code and what it printed. */
export function verdictOf(code: number, output: string): Verdict {
  // deno-lint-ignore no-control-regex
  const plain = output.replace(/\x1b\[[0-9;]*m/g, "");
  const summary = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/m.exec(plain);
  if (!summary || plain.includes("(uncaught error)")) return "broken";
  const [passed, failed] = [Number(summary[1]), Number(summary[2])];
  if (passed + failed === 0) return "broken";
  return code === 0 ? "survived" : "killed";
}
