/** Checks that Deno is new enough for the course. */

/** The oldest version of Deno that runs the course, and the version that it is tested with. */
const DENO = { oldest: [2, 9], tested: "2.9.6" };

/**
 * Checks a version of Deno.
 *
 * @throws {Error} When it is too old. The message is one line that says how to get a newer version.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * needDeno("2.9.6");
 * needDeno("3.0.0");
 * assertThrows(() => needDeno("2.5.1"), Error, "needs Deno 2.9");
 * ```
 */
export function needDeno(version: string): void {
  const [major, minor] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = DENO.oldest;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(
    `the course needs Deno ${
      DENO.oldest.join(".")
    } or newer, and this is Deno ${version}: run "deno upgrade ${DENO.tested}", then restart the kernel`,
  );
}
